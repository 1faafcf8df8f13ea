"""Why dossiers are late, by sector; and how long each stretch of the way takes."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.states import Status
from content.figures.ii06 import OTHER_SECTOR
from content.figures.late_reasons import CAUSE_NAMES, Cause, LateReason
from content.figures.question import Question
from content.figures.settled import concerns, was_late
from content.figures.sql import bounds, hours_between
from content.figures.tables import Cell, Column, Drill, Kind, Row, Style, Table, drills
from content.figures.which import Which
from content.procedures.models import Procedure, Sector

NO_REASON = "Chưa ghi nguyên nhân"
#: Which dossiers a number counts, by its place in a row.
PLACES = {2: Which.LATE, 3 + len(CAUSE_NAMES): Which.LATE_WITHOUT_REASON}
STRETCHES = {
    Status.SUBMITTED: "Chờ tiếp nhận (đã nộp trực tuyến)",
    Status.RECEIVED: "Tại bộ phận một cửa, trước khi chuyển xử lý",
    Status.IN_PROGRESS: "Xử lý tại cơ quan giải quyết",
    Status.SUPPLEMENT_ASKED: "Chờ người nộp bổ sung",
    Status.PAYMENT_ASKED: "Chờ thực hiện nghĩa vụ tài chính",
    Status.RESOLVED: "Có kết quả, chờ trả",
}


def causes(asked: Question) -> Table:
    """Late dossiers of the period by sector and cause; those without a reason are said."""
    query = (
        select(Sector.name, Sector.slug, LateReason.cause, func.count(Dossier.id))
        .select_from(Dossier)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .join(LateReason, LateReason.dossier_id == Dossier.id, isouter=True)
        .where(concerns(asked.period, asked.units), was_late(asked.period))
        .group_by(Sector.name, Sector.slug, LateReason.cause)
    )
    found: dict[str, Counter[Cause | None]] = {}
    slugs: dict[str, str | None] = {}
    for sector, slug, cause, many in asked.session.execute(query):
        found.setdefault(sector or OTHER_SECTOR, Counter())[cause] += many
        slugs[sector or OTHER_SECTOR] = slug
    lines = [(name, found[name]) for name in sorted(found)]
    rows = [
        _causes(str(at), name, one, _behind(slugs[name])) for at, (name, one) in enumerate(lines, 1)
    ]
    whole: Counter[Cause | None] = Counter()
    for _name, one in lines:
        whole.update(one)
    rows.append(_causes("", "Tổng cộng", whole, drills(PLACES, {}), Style.TOTAL))
    group = "Nguyên nhân"
    return Table(
        "nguyen-nhan-qua-han",
        "Nguyên nhân quá hạn trong giải quyết thủ tục hành chính",
        (
            Column("TT", width=0.5),
            Column("Lĩnh vực", width=3),
            Column("Số hồ sơ quá hạn", Kind.COUNT),
            *(Column(name, Kind.COUNT, group, width=1.3) for name in CAUSE_NAMES.values()),
            Column(NO_REASON, Kind.COUNT, group, width=1.3),
        ),
        tuple(rows),
        asked.span,
        notes=(
            "Nguyên nhân do cán bộ giải quyết ghi tại hồ sơ quá hạn; biện pháp khắc phục xem trong "
            "danh sách hồ sơ quá hạn.",
        ),
        charted=2,
    )


def _behind(slug: str | None) -> dict[int, Drill]:
    """The dossiers of a sector; no list is narrowed to what has none."""
    return drills(PLACES, {"linh-vuc": slug}) if slug else {}


def _causes(
    number: str,
    name: str,
    one: Counter[Cause | None],
    leads: dict[int, Drill],
    style: Style = Style.PLAIN,
) -> Row:
    told: list[Cell] = [one[cause] for cause in CAUSE_NAMES]
    cells: tuple[Cell, ...] = (number, name, one.total(), *told, one[None])
    return Row(cells, style, leads)


def by_step(asked: Question) -> Table:
    """Mean hours by the clock in each state, of dossiers finished in the period.

    A stretch begins with a line of the log that leads into the state and ends with the next
    line that leads elsewhere; read from the log, so that it holds for all dossiers.
    """
    rows = [_step(*one) for one in _stretches(asked)]
    return Table(
        "thoi-gian-buoc",
        "Thời gian bình quân theo công đoạn",
        (
            Column("Công đoạn", width=3.5),
            Column("Số lượt", Kind.COUNT),
            Column("Bình quân (giờ)", Kind.POINTS),
            Column("Bình quân (ngày)", Kind.POINTS),
            Column("Dài nhất (ngày)", Kind.POINTS),
        ),
        tuple(rows),
        asked.span,
        unit="giờ, ngày theo đồng hồ, kể cả ngày nghỉ",
        notes=(
            "Tính trên hồ sơ kết thúc trong kỳ, theo nhật ký hồ sơ: từ khi vào trạng thái đến khi "
            "sang trạng thái khác.",
        ),
        charted=3,
    )


def _stretches(asked: Question) -> list[tuple[Status, int, float, float]]:
    first, after = bounds(asked.period)
    line = aliased(DossierEvent)
    # Of several lines in one state only the one that led into it begins a stretch.
    moves = (
        select(
            line.to_status.label("state"),
            line.at.label("begun"),
            func.lead(line.at)
            .over(partition_by=line.dossier_id, order_by=line.number)
            .label("ended"),
        )
        .join(Dossier, Dossier.id == line.dossier_id)
        .where(
            Dossier.finished_at >= first,
            Dossier.finished_at < after,
            Dossier.received_at.is_not(None),
            asked.units.dossiers,
            line.from_status.is_distinct_from(line.to_status),
        )
        .subquery("moves")
    )
    spent = hours_between(moves.c.begun, moves.c.ended)
    query = (
        select(moves.c.state, func.count(), func.avg(spent), func.max(spent))
        .where(moves.c.ended.is_not(None), moves.c.state.in_(STRETCHES))
        .group_by(moves.c.state)
    )
    found = {one[0]: one for one in asked.session.execute(query)}
    return [_plain(found[state]) for state in STRETCHES if state in found]


def _plain(row: Any) -> tuple[Status, int, float, float]:
    return row[0], row[1], float(row[2]), float(row[3])


def _step(state: Status, many: int, mean: float, longest: float) -> Row:
    cells = (round(mean, 1), round(mean / 24, 2), round(longest / 24, 2))
    return Row((STRETCHES[state], many, *cells))
