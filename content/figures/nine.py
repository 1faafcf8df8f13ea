"""The nine indices of TT 01/2018/TT-VPCP arts 12-15 as a report, over the dossiers finished
in the period; what there is no data for is left out of the total and said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Subquery, and_, case, func, select

from content.agencies.models import Agency, AgencyKind
from content.dossiers.models import Dossier
from content.figures import indices
from content.figures.conduct import conduct
from content.figures.procedures import AT_DESK
from content.figures.question import Question
from content.figures.readers import channels, late_online, services
from content.figures.settled import settled
from content.figures.steps import punctuality
from content.figures.tables import UNKNOWN, Column, Drill, Kind, Row, Style, Table
from content.figures.which import Which, finished_within
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.handling import HandlingRule
from content.procedures.kinds import CURRENT, EntryKind, Level, Status
from content.procedures.models import Procedure
from content.procedures.notified import LEVELS_OF, Acknowledgement
from content.words import integer

NAMES = (
    "Thời gian giải quyết so với quy định",
    "Thời gian của từng cơ quan so với quy định",
    "Số lần phải liên hệ để hoàn thiện hồ sơ",
    "Số cơ quan, đơn vị phải liên hệ",
    "Thực hiện cơ chế một cửa",
    "Công khai thủ tục hành chính",
    "Thái độ của cán bộ",
    "Trả lời phản ánh, kiến nghị",
    "Cung cấp dịch vụ công trực tuyến",
)


@dataclass(frozen=True)
class Index:
    """``score`` from 0 to 2, ``None`` without data; ``counted`` says of how much, ``about``
    what was counted, ``which`` the dossiers that cost points."""

    number: int
    score: float | None
    counted: int | None
    about: str
    which: Which | None = None

    @property
    def name(self) -> str:
        """As the circular names it, shortened."""
        return NAMES[self.number - 1]


def nine(asked: Question) -> list[Index]:
    """All nine, in their order."""
    return [
        _time(asked),
        _units(asked),
        _contacts(asked),
        Index(4, None, None, "Chưa ghi nhận người nộp phải đến cơ quan khác."),
        _desk(asked),
        _publication(asked),
        _attitude(asked),
        Index(8, None, None, "Chưa có dữ liệu phản ánh, kiến nghị."),
        _online(asked),
    ]


def _rounded(points: int, many: int) -> float | None:
    """The mean of scores whose sum is known, as ``indices.average`` rounds it."""
    whole, rest = divmod(points, many) if many else (0, 0)
    return None if not many else indices.average([whole + 1] * rest + [whole] * (many - rest))


def _time(asked: Question) -> Index:
    """1: shorter than the limit 2, equal 1, longer 0, by the promised day."""
    found = settled(asked.session, asked.period, asked.units)
    about = (
        f"Trước hạn {integer(found.early)}, đúng hạn {integer(found.on_time)}, quá hạn "
        f"{integer(found.late)} hồ sơ đã giải quyết."
    )
    score = _rounded(2 * found.early + found.on_time, found.settled)
    return Index(1, score, found.settled, about, Which.LATE if found.late else None)


def _units(asked: Question) -> Index:
    """2: the same of each unit, by the limits of the steps that were handed on."""
    kept = punctuality(asked)
    if not kept.limited:
        return Index(2, None, 0, "Chưa có lượt bàn giao nào có hạn của bước.")
    about = (
        f"Trước hạn {integer(kept.early)}, đúng hạn {integer(kept.on_time)}, quá hạn "
        f"{integer(kept.late)} lượt bàn giao của các đơn vị."
    )
    score = _rounded(2 * kept.early + kept.on_time, kept.limited)
    return Index(2, score, kept.limited, about, Which.STEP_LATE if kept.late else None)


def _contacts(asked: Question) -> Index:
    """3: nobody came again 2, once 1, more often 0; whose fault it was is not recorded."""
    query = (
        select(Dossier.supplement_count, func.count(Dossier.id))
        .where(
            finished_within(asked.period), Dossier.received_at.is_not(None), asked.units.dossiers
        )
        .group_by(Dossier.supplement_count)
    )
    found = dict(asked.session.execute(query).all())
    many = sum(found.values())
    points = sum(indices.contacts(times) * count for times, count in found.items())
    again = many - found.get(0, 0)
    about = f"{integer(again)} trên {integer(many)} hồ sơ phải bổ sung."
    return Index(3, _rounded(points, many), many, about, Which.SUPPLEMENTED if again else None)


def _desk(asked: Question) -> Index:
    """5: shares of procedures received at the desk, and wholly settled there."""
    query = (
        select(
            func.count(Procedure.id),
            func.sum(case((AT_DESK, 1), else_=0)),
            func.sum(case((HandlingRule.at_once.is_(True), 1), else_=0)),
        )
        .select_from(Procedure)
        .join(HandlingRule, HandlingRule.procedure_id == Procedure.id, isouter=True)
        .where(Procedure.status.in_(CURRENT))
    )
    many, received, whole = asked.session.execute(query).one()
    if not many:
        return Index(5, None, 0, "Chưa có thủ tục đang áp dụng.")
    score = indices.handled_at_desk(_level(asked), whole / many, received / many)
    about = (
        f"{integer(received)} thủ tục tiếp nhận, {integer(whole)} thủ tục giải quyết ngay tại bộ "
        "phận một cửa."
    )
    return Index(5, float(score), many, about)


def _level(asked: Question) -> str:
    """The level whose share index 5 asks for: of communes where only they are counted."""
    query = select(Agency.kind).where(asked.units.agencies).distinct()
    kinds = set(asked.session.scalars(query))
    communes = {AgencyKind.COMMUNE, AgencyKind.COMMUNE_CENTRE}
    return "xã" if kinds and kinds <= communes else "tỉnh"


def _publication(asked: Question) -> Index:
    """6: posted at the desk and electronically, a mean over desks and the procedures they
    receive; as ``content.procedures.postings`` says it of one desk."""
    points = pairs = complete = desks = 0
    for kind, levels in LEVELS_OF.items():
        here = and_(Agency.kind == kind, asked.units.agencies)
        many = asked.session.scalar(select(func.count(Agency.id)).where(here)) or 0
        public = _in_force(levels)
        whole = asked.session.scalar(select(func.count()).select_from(public)) or 0
        posted = (
            select(public.c.id, Acknowledgement.agency_id, public.c.entered)
            .join(Acknowledgement, Acknowledgement.decision_id == public.c.decision_id)
            .join(Agency, Agency.id == Acknowledgement.agency_id)
            .where(here)
            .subquery()
        )
        counted = select(func.count(), func.count(posted.c.entered))
        boards, entered = asked.session.execute(counted).one()
        desks, pairs = desks + many, pairs + many * whole
        # What is in force stands on this portal, by the decision that put it there.
        points, complete = points + boards + many * whole, complete + entered
    about = (
        f"{integer(complete)} trên {integer(pairs)} lượt thủ tục công khai đủ ba nơi, tại "
        f"{integer(desks)} nơi tiếp nhận."
    )
    return Index(6, _rounded(points, pairs), pairs, about)


def _in_force(levels: Iterable[Level]) -> Subquery:
    """Each procedure in force once, with the last decision that published its version."""
    kinds = (EntryKind.NEW, EntryKind.AMENDED)
    entry, decision = PublicationEntry, PublicationDecision
    return (
        select(
            Procedure.id,
            func.max(decision.id).label("decision_id"),
            func.max(decision.entered_on).label("entered"),
        )
        .join(entry, entry.version_id == Procedure.current_version_id)
        .join(decision, decision.id == entry.decision_id)
        .where(
            Procedure.status == Status.IN_FORCE,
            Procedure.level.in_(levels),
            entry.kind.in_(kinds),
        )
        .group_by(Procedure.id)
        .subquery("in_force")
    )


def _attitude(asked: Question) -> Index:
    """7: early and no complaint found true 2, on time 1, else 0."""
    told = conduct(asked)
    if not told.is_kept:
        return Index(7, None, None, "Chưa có dữ liệu phản ánh về thái độ.")
    found = settled(asked.session, asked.period, asked.units)
    points = 2 * found.early + found.on_time - told.lost
    about = f"{told.held} phản ánh đúng, {told.dossiers} hồ sơ đã giải quyết có phản ánh đúng."
    if told.elsewhere:
        about += f" {told.elsewhere} phản ánh không gắn với hồ sơ nên không trừ điểm."
    which = Which.LATE_OR_COMPLAINED if found.late or told.dossiers else None
    return Index(7, _rounded(points, found.settled), found.settled, about, which)


def _online(asked: Question) -> Index:
    """9: a fifth of procedures online, three tenths of dossiers, none late."""
    found = {**services(asked), **channels(asked)}
    many, sent = found["authority"], found["all_dossiers"]
    if not many or not sent:
        return Index(9, None, sent, "Chưa có hồ sơ tiếp nhận trong kỳ.")
    late = late_online(asked)
    score = indices.online(
        found["online_services"] / many, found["online_dossiers"] / sent, late=late
    )
    about = (
        f"{integer(found['online_services'])} trên {integer(many)} thủ tục trực tuyến; "
        f"{integer(found['online_dossiers'])} trên {integer(sent)} hồ sơ nộp trực tuyến; "
        f"{integer(late)} hồ sơ trực tuyến quá hạn."
    )
    return Index(9, float(score), sent, about, Which.LATE if late else None)


def table(asked: Question) -> Table:
    """A line for each index, the total, and the class where all nine are known."""
    found = nine(asked)
    rows = [
        Row(
            (str(one.number), one.name, one.counted, one.about, one.score),
            drills={4: Drill(one.which)} if one.which else {},
        )
        for one in found
    ]
    known = [one for one in found if one.score is not None]
    total = indices.total_of([one.score for one in found])
    told = f"Tổng điểm của {len(known)} chỉ số có dữ liệu (tối đa {2 * len(known)})"
    rows.append(Row(("", told, "", "", total), Style.TOTAL))
    whole = len(known) == len(found)
    grade = f"{indices.agency_class(total)}".capitalize() if whole else UNKNOWN
    rows.append(Row(("", "Xếp loại", "", "", grade), Style.TOTAL))
    return Table(
        "chin-chi-so",
        "Đánh giá việc giải quyết thủ tục hành chính theo chín chỉ số",
        (
            Column("TT", width=0.5),
            Column("Chỉ số", width=2.5),
            Column("Tính trên", Kind.COUNT),
            Column("Căn cứ", width=4),
            Column("Điểm", Kind.POINTS),
        ),
        tuple(rows),
        asked.span,
        "Thông tư 01/2018/TT-VPCP, Điều 12 đến Điều 15",
        "điểm",
        notes=(
            "Mỗi chỉ số 2, 1 hoặc 0 điểm; điểm của hồ sơ là bình quân, làm tròn một chữ số. Chỉ số "
            "chưa có dữ liệu không tính; chỉ xếp loại khi đủ chín chỉ số.",
        ),
        charted=4,
    )
