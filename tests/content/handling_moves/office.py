"""The small authority with all its officers, and dossiers brought to where a test begins."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.log import Deed, move
from content.dossiers.models import Dossier
from content.dossiers.states import Action, Actor, Facts, Need
from content.outbox import OutboxJob
from content.people.models import Account
from content.people.roles import Role
from content.procedures.handling import AfterSupplement, HandlingRule
from tests.content.dossiers_service.world import World, an_account, build, filing_rules

REASON = "Bản chụp giấy tờ chứng minh chỗ ở bị mờ, không đọc được số nhà."


@dataclass
class Office:
    """The world, and one person for each part."""

    world: World
    specialist: Account
    head: Account
    leader: Account

    @property
    def session(self) -> Session:
        """The session of the world."""
        return self.world.session

    @property
    def desk(self) -> Account:
        """The officer of the one-stop desk."""
        return self.world.officer

    def submitted(self, now: datetime, **answers: Any) -> Dossier:
        """A dossier that waits for its reception."""
        return self.world.submitted(now, **answers)

    def received(self, now: datetime) -> Dossier:
        """Accepted at the desk."""
        dossier = self.submitted(now)
        self.world.dossiers(now).accept(dossier, self.desk)
        return dossier

    def in_progress(self, now: datetime) -> Dossier:
        """Handed over to the specialist."""
        dossier = self.received(now)
        self.transfer(dossier, now)
        return dossier

    def transfer(self, dossier: Dossier, now: datetime) -> None:
        """T7."""
        deed = Deed(Action.TRANSFER, Actor.ONE_STOP, self.desk, dossier.agency_id)
        move(self.session, dossier, deed, Facts(given=frozenset({Need.ASSIGNEE})), now)
        dossier.holder = self.specialist
        self.session.flush()

    def rule(self, **values: Any) -> HandlingRule:
        """How the world's procedure is handled."""
        values.setdefault("after_supplement", AfterSupplement.RESTART)
        rule = HandlingRule(procedure_id=self.world.procedure.id, **values)
        self.session.add(rule)
        self.session.flush()
        return rule

    def mails(self, template: str | None = None) -> list[dict[str, Any]]:
        """What was promised to be sent."""
        query = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id)
        found = [job.payload for job in self.session.scalars(query)]
        return [one for one in found if template in (None, one["template"])]

    def service(self, kind: Any, now: datetime, *more: Any) -> Any:
        """A service as of an instant."""
        return kind(self.session, now, filing_rules(), *more)


def open_office(session: Session, now: datetime) -> Office:
    """Everybody works at the centre, which stands above the commune's desk."""
    world = build(session, now)
    people = {
        role: an_account(f"{role.value}@example.vn", name, now, (world.centre.id, role))
        for role, name in (
            (Role.SPECIALIST, "Lê Thị Chuyên"),
            (Role.HEAD, "Phạm Văn Phòng"),
            (Role.LEADER, "Hoàng Thị Lãnh"),
        )
    }
    session.add_all(people.values())
    session.flush()
    return Office(world, people[Role.SPECIALIST], people[Role.HEAD], people[Role.LEADER])
