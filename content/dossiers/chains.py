"""Chains of agencies over one dossier: begun by the desk, handed on, brought back.

NĐ 61/2018/NĐ-CP arts 19.6 (same level: to all at once, with one that leads), 19.7 (different
levels: one after another, the result comes back to the desk that received it). Each agency
sees and ends its own part only; the applicant's date moves by an apology alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from content import audit
from content.agencies.models import Agency
from content.calendar.clocks import ChainStep, chain_due
from content.dossiers.chain_models import (
    MAX_OPINION,
    ChainHandOver,
    ChainOrder,
    ChainPart,
    ChainTask,
    ChainTemplate,
    PartResult,
)
from content.dossiers.chain_reads import (
    capacities_at,
    last_hand_over,
    part_due,
    parts_of,
    template_of,
)
from content.dossiers.chain_way import come_to_lead, leave_desk, sign_for_lead
from content.dossiers.deadlines import calendar_of
from content.dossiers.desks import nearest
from content.dossiers.handling import HandlingService, capacities
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.officer_news import News, tell_people
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.people.models import Account
from content.people.roles import Role
from content.text import clean
from content.words import local

_WORKS = (Actor.SPECIALIST, Actor.HEAD)


class ChainService(HandlingService):
    """Chains as of one instant."""

    def begin(
        self,
        dossier: Dossier,
        officer: Account,
        competent: Mapping[int, int] | None = None,
        *,
        revision: int | None = None,
    ) -> list[ChainPart]:
        """The desk hands the dossier to the chain of its procedure (T7). ``competent`` names,
        by position, the agency of each task that has none in the chain.

        Raises ``InvalidTransition`` (``no_chain``, ``chain_begun``), ``Invalid`` for
        ``agency_N``, ``NotAllowed``, ``Conflict``.
        """
        actor = self.take_up(dossier, officer, Action.TRANSFER, revision)
        template = template_of(self.session, dossier.procedure_id)
        if template is None:
            raise InvalidTransition("no_chain")
        if parts_of(self.session, dossier):
            raise InvalidTransition("chain_begun")
        facts = replace(self.facts_of(dossier), given=frozenset({Need.ASSIGNEE}))
        allowed(dossier.status, Action.TRANSFER, actor, facts)
        parts = self._parts(dossier, template, competent or {})
        first = parts if template.order is ChainOrder.TOGETHER else parts[:1]
        lead = next((one for one in first if one.leads), None)
        leave_desk(self.session, self.rules.calendar, dossier, lead, officer, self.now)
        for part in first:
            self._give(dossier, dossier.agency, part, officer)
        names = ", ".join(one.agency_name for one in first)
        deed = self._deed(Action.TRANSFER, actor, officer, dossier.agency, names, first[0].task)
        move(self.session, dossier, deed, facts, self.now)
        return parts

    def receive(self, part: ChainPart, officer: Account) -> ChainHandOver:
        """Sign for what was handed to the agency of a part.

        Raises ``NotAllowed("not_your_part")``, ``InvalidTransition("taken_already")``.
        """
        lock(self.session, part.dossier)
        if not capacities_at(self.session, officer, part.agency_id, self.now):
            raise NotAllowed("not_your_part")
        row = last_hand_over(self.session, part.dossier_id, part.number)
        if row is None or row.taken_at is not None:
            raise InvalidTransition("taken_already")
        self._sign(row, officer)
        sign_for_lead(self.session, part, officer, self.now)
        part.received_at = self.now
        self._note(part.dossier, officer, "chain_receive", part.number)
        return row

    def finish(
        self,
        part: ChainPart,
        officer: Account,
        result: PartResult,
        opinion: str,
        *,
        revision: int | None = None,
    ) -> None:
        """An agency ends its part: its opinion goes on, to the next agency, to the one that
        leads, or with the result back to the desk (T18).

        Raises ``Invalid`` (``opinion``), ``NotAllowed``, ``InvalidTransition``
        (``part_ended``, ``not_given``, ``others_first`` and those of the table), ``Conflict``.
        """
        dossier = part.dossier
        lock(self.session, dossier)
        self.session.refresh(part)
        actor = self._actor(part, officer)
        if part.finished_at is not None:
            raise InvalidTransition("part_ended")
        if revision is not None and revision != part.revision:
            raise Conflict("part_changed")
        if part.given_at is None:
            raise InvalidTransition("not_given")
        parts = parts_of(self.session, dossier)
        others = [one for one in parts if one is not part and one.finished_at is None]
        if part.order is ChainOrder.TOGETHER and part.leads and others:
            raise InvalidTransition("others_first", agencies=[one.agency_name for one in others])
        facts = Facts(given=frozenset({Need.TEXT}))
        allowed(dossier.status, Action.FORWARD, actor, facts)
        text = clean(opinion, multiline=True)
        if not text:
            raise Invalid({"opinion": "required"})
        if len(text) > MAX_OPINION:
            raise Invalid({"opinion": "too_long"})
        self._close(part, parts, officer, result, text)
        target = self._hand_on(dossier, part, parts, officer)
        deed = self._deed(Action.FORWARD, actor, officer, part.agency, target, part.task)
        move(self.session, dossier, deed, facts, self.now)

    def take_home(self, dossier: Dossier, officer: Account) -> ChainHandOver:
        """The desk signs for what the last agency brought back."""
        lock(self.session, dossier)
        if Actor.ONE_STOP not in capacities(self.session, officer, dossier, self.now):
            raise NotAllowed("not_your_desk")
        row = last_hand_over(self.session, dossier.id, None)
        if row is None or row.taken_at is not None:
            raise InvalidTransition("taken_already")
        self._sign(row, officer)
        self._note(dossier, officer, "chain_home", 0)
        return row

    def _parts(
        self, dossier: Dossier, template: ChainTemplate, competent: Mapping[int, int]
    ) -> list[ChainPart]:
        """The dossier's own parts, planned from its receipt."""
        agencies = [self._agency(task, competent) for task in template.tasks]
        start = dossier.clock_from or self.now
        # Planned as the receipt was counted, whatever days off and hours were decided since.
        known = self.rules.calendar.as_known_at(start)
        calendar = calendar_of(known, dossier.agency, start)
        steps = [
            ChainStep(agency.name, task.working_days)
            for agency, task in zip(agencies, template.tasks, strict=True)
        ]
        if template.order is ChainOrder.ONE_BY_ONE:
            planned = [one.due_date for one in chain_due(calendar, start, steps).steps]
        else:
            planned = [chain_due(calendar, start, [one]).due_date for one in steps]
        parts = [
            ChainPart(
                dossier=dossier,
                number=number,
                order=template.order,
                agency=agency,
                agency_name=agency.name,
                task=task.task,
                working_days=task.working_days,
                leads=task.leads,
                planned_due=due,
            )
            for number, (agency, task, due) in enumerate(
                zip(agencies, template.tasks, planned, strict=True), 1
            )
        ]
        self.session.add_all(parts)
        return parts

    def _agency(self, task: ChainTask, competent: Mapping[int, int]) -> Agency:
        if task.agency is not None:
            return task.agency
        chosen = competent.get(task.position)
        agency = self.session.get(Agency, chosen) if chosen else None
        today = local(self.now).date()
        if agency is None or (agency.valid_to is not None and agency.valid_to < today):
            raise Invalid({f"agency_{task.position}": "required"})
        return agency

    def _give(self, dossier: Dossier, giver: Agency, part: ChainPart, by: Account) -> None:
        """Hand the dossier to a part: its own days begin."""
        part.given_at = self.now
        remark = f"{part.task}: {part.working_days} ngày làm việc"
        self._row(dossier, giver, part.agency, by, remark, part.number)
        people = nearest(self.session, part.agency.id, Role.SPECIALIST, Role.HEAD)
        where = "/can-bo/lien-thong"
        tell_people(self.session, dossier, people, News.PART, self.now, by=by, path=where)
        if part.leads:
            dossier.competent_agency = part.agency

    def _hand_on(
        self, dossier: Dossier, part: ChainPart, parts: list[ChainPart], by: Account
    ) -> str:
        """To whom the dossier goes now; returns the name."""
        if part.order is ChainOrder.ONE_BY_ONE:
            following = next((one for one in parts if one.number == part.number + 1), None)
        else:
            following = None if part.leads else next(one for one in parts if one.leads)
        if following is None:
            self._row(dossier, part.agency, dossier.agency, by, "Trả về bộ phận một cửa", None)
            return dossier.agency.name
        if part.order is ChainOrder.ONE_BY_ONE:
            self._give(dossier, part.agency, following, by)
            if following.leads:
                come_to_lead(self.session, self.rules.calendar, dossier, following, by, self.now)
        else:
            remark = f"Ý kiến: {part.task}"
            self._row(dossier, part.agency, following.agency, by, remark, following.number)
        return following.agency_name

    def _close(
        self,
        part: ChainPart,
        parts: list[ChainPart],
        officer: Account,
        result: PartResult,
        opinion: str,
    ) -> None:
        # Nobody ends what they never had, be it the dossier or another agency's opinion.
        while (row := last_hand_over(self.session, part.dossier_id, part.number)) is not None:
            if row.taken_at is not None:
                break
            self._sign(row, officer)
        sign_for_lead(self.session, part, officer, self.now)
        part.received_at = part.received_at or self.now
        part.finished_at, part.finished_by_id = self.now, officer.id
        part.finished_by, part.result, part.opinion = officer.name, result, opinion
        part.due_date = part_due(self.session, self.rules.calendar, part, parts, self.now)

    def _row(
        self,
        dossier: Dossier,
        giver: Agency,
        taker: Agency,
        by: Account,
        remark: str,
        part: int | None,
    ) -> ChainHandOver:
        last = self.session.scalar(
            select(func.max(ChainHandOver.number)).where(ChainHandOver.dossier_id == dossier.id)
        )
        row = ChainHandOver(
            dossier=dossier,
            number=(last or 0) + 1,
            from_agency_id=giver.id,
            from_name=giver.name,
            given_at=self.now,
            given_by_id=by.id,
            given_by=by.name,
            to_agency_id=taker.id,
            to_name=taker.name,
            to_part=part,
            remark=remark,
        )
        self.session.add(row)
        return row

    def _sign(self, row: ChainHandOver, by: Account) -> None:
        row.taken_at, row.taken_by_id, row.taken_by = self.now, by.id, by.name

    def _actor(self, part: ChainPart, officer: Account) -> Actor:
        mine = capacities_at(self.session, officer, part.agency_id, self.now)
        if not mine:
            raise NotAllowed("not_your_part")
        fitting = [one for one in _WORKS if one in mine]
        if not fitting:
            raise NotAllowed("actor")
        return fitting[0]

    def _deed(
        self, action: Action, actor: Actor, officer: Account, giver: Agency, to: str, task: str
    ) -> Deed:
        """The log tells agencies and tasks; opinions stay with the parts."""
        data: dict[str, Any] = {
            "kind": "chain",
            "from_unit": giver.name,
            "to_unit": to,
            "step_name": task,
        }
        return Deed(action, actor, officer, giver.id, "", data)

    def _note(self, dossier: Dossier, officer: Account, what: str, part: int) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action=f"dossier.{what}",
            subject=f"dossier:{dossier.id}",
            part=part,
        )


def may_begin(service: ChainService, dossier: Dossier) -> bool:
    """Whether the procedure has a chain in use and the dossier waits for its transfer."""
    return (
        dossier.status is Status.RECEIVED
        and template_of(service.session, dossier.procedure_id) is not None
        and not parts_of(service.session, dossier)
    )


def ended_at(parts: list[ChainPart]) -> datetime | None:
    """When the last agency ended its part; ``None`` while one is open."""
    ends = [one.finished_at for one in parts]
    return max(one for one in ends if one) if ends and all(ends) else None
