"""Joint handling in the sample month: chains over agencies, each part ended by its own officers."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.chain_keeping import ChainKeeper, limit_in_days
from content.dossiers.chain_models import (
    ChainHandOver,
    ChainOrder,
    ChainPart,
    ChainTemplate,
    PartResult,
)
from content.dossiers.chain_reads import chain_hand_overs, parts_of
from content.dossiers.chains import ChainService
from content.dossiers.states import Status
from content.people.models import Account, Membership
from content.people.roles import Role
from content.procedures.models import Procedure
from content.seed.month.courses import PARTS, Course
from content.seed.month.stage import Stage

#: Chains of a month; working days that leave each agency one.
CHAINS, SHORTEST = 4, 3
_BASIS = "Khoản 6, khoản 7 Điều 19 Nghị định số 61/2018/NĐ-CP (chuỗi mẫu để giới thiệu phần mềm)"
_TASKS = ("Thẩm tra tại địa bàn", "Cho ý kiến chuyên ngành", "Tổng hợp, xác định kết quả")
_ANSWERS = (PartResult.DONE, PartResult.AGREED, PartResult.AGREED, PartResult.OBJECTED)


def add_chains(session: Session, now: datetime, procedure_ids: Iterable[int]) -> int:
    """Put chains in use where procedures have none: of one level and of several in turn. Sample
    data, marked so; returns how many. None without agencies that have officers of their own."""
    agencies = list(session.scalars(_with_own_officers()))[:PARTS]
    if len(agencies) < PARTS:
        return 0
    known = set(session.scalars(select(ChainTemplate.procedure_id)))
    found = [session.get_one(Procedure, one) for one in procedure_ids if one not in known]
    fitting = [one for one in found if (limit_in_days(one) or 0) >= SHORTEST]
    chosen = fitting[:: max(1, len(fitting) // CHAINS)][: CHAINS - len(known)]
    for place, one in enumerate(chosen):
        order = ChainOrder.TOGETHER if place % 2 else ChainOrder.ONE_BY_ONE
        _add(session, now, one, order, agencies)
    return len(chosen)


def _with_own_officers() -> Select[Agency]:
    """Agencies below another one where a sample specialist works."""
    return (
        select(Agency)
        .join(Membership, Membership.agency_id == Agency.id)
        .join(Account, Account.id == Membership.account_id)
        .where(Agency.parent_id.is_not(None), Membership.role == Role.SPECIALIST)
        .where(Account.is_sample, Account.is_active)
        .distinct()
        .order_by(Agency.id)
    )


def _add(
    session: Session,
    now: datetime,
    procedure: Procedure,
    order: ChainOrder,
    agencies: list[Agency],
) -> None:
    keeper = ChainKeeper(session, now, None)
    chain = keeper.save(procedure, order, _BASIS, revision=0)
    session.flush()  # every change asks for the revision that the last one left
    shares = _shares(limit_in_days(procedure) or SHORTEST, order)
    for agency, task, days in zip(agencies, _TASKS, shares, strict=True):
        leads = order is ChainOrder.TOGETHER and agency is agencies[-1]
        values = {"agency_id": agency.id, "task": task, "working_days": days, "leads": leads}
        keeper.save_task(chain, None, values, revision=chain.revision)
        session.flush()  # the same
    keeper.put_in_use(chain, revision=chain.revision)
    session.flush()  # chains in use are asked for by statements


def _shares(limit: int, order: ChainOrder) -> tuple[int, int, int]:
    """The limit over the agencies; the last one leads."""
    if order is ChainOrder.TOGETHER:
        return max(1, limit // 2), limit - 1, limit
    each = max(1, limit // PARTS)
    return each, each, limit - 2 * each


def begin_chain(stage: Stage, course: Course) -> None:
    """T7 into the chain of the procedure."""
    dossier = stage.dossier(course)
    if dossier.status is Status.RECEIVED:
        stage.service(ChainService).begin(dossier, stage.desk(course))


def take_part(stage: Stage, course: Course) -> None:
    """An agency signs for what waits for it; one that has not may still end its part."""
    parts = {one.number: one for one in open_parts(stage, course)}
    for row in _waiting(stage, course):
        if row.to_part in parts:
            part = parts[row.to_part]
            stage.service(ChainService).receive(part, _officer(stage, course, part))
            return


def end_part(stage: Stage, course: Course) -> None:
    """An agency ends its part, whoever is first; the one that leads after all others."""
    parts = open_parts(stage, course)
    if not parts or stage.dossier(course).status is not Status.IN_PROGRESS:
        return
    part = course.chance.choice([one for one in parts if not one.leads] or parts)
    opinion = f"{part.task}: không có ý kiến khác (hồ sơ mẫu)."
    answer = course.chance.choice(_ANSWERS)
    officer = _officer(stage, course, part)
    stage.service(ChainService).finish(part, officer, answer, opinion, revision=part.revision)


def take_home(stage: Stage, course: Course) -> None:
    """The desk signs for what the last agency brought back."""
    if any(row.to_part is None for row in _waiting(stage, course)):
        stage.service(ChainService).take_home(stage.dossier(course), stage.desk(course))


def open_parts(stage: Stage, course: Course) -> list[ChainPart]:
    """Parts whose agency has the dossier."""
    parts = parts_of(stage.session, stage.dossier(course))
    return [one for one in parts if one.given_at is not None and one.finished_at is None]


def _waiting(stage: Stage, course: Course) -> Iterator[ChainHandOver]:
    rows = chain_hand_overs(stage.session, stage.dossier(course))
    return (one for one in rows if one.taken_at is None)


def _officer(stage: Stage, course: Course, part: ChainPart) -> Account:
    """Somebody of the agency itself."""
    return stage.account(course.chance.choice(stage.cast.partners[part.agency_id]))
