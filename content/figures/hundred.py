"""The hundred points of QĐ 766/QĐ-TTg as a report: every part with what it was counted from,
its points, and the dossiers that cost points. Parts without data are said and not scored.
"""

from collections.abc import Mapping

from content.figures.question import Question
from content.figures.readers import counts
from content.figures.serving import GROUPS, PARTS, Part, rounded
from content.figures.tables import Cell, Column, Drill, Kind, Row, Style, Table
from content.figures.which import Which

#: Where the dossiers are that cost points of a part.
COST_BY: Mapping[str, Which] = {
    "1.4": Which.NOT_TOLD,
    "2.1": Which.NOT_IN_TIME,
    "3.3": Which.OFFLINE,
    "3.6": Which.NOT_PAID_ONLINE,
    "4.1": Which.ON_PAPER_ONLY,
    "4.2": Which.NOT_DIGITISED,
    "4.4": Which.NOT_IN_STORE,
}

#: QĐ 766/QĐ-TTg gives these in full where there was nothing; of the others it says nothing
#: but the share, and a share of nothing gains nothing.
_FULL_IF_NONE = ", ".join(part.key for part in PARTS if part.when_none == 1.0)


def is_known(part: Part, found: Mapping[str, int]) -> bool:
    """Whether everything a part is counted from was counted."""
    return all(name in found for name in (*part.over, part.under))


def attainable(found: Mapping[str, int]) -> int:
    """The points of the parts that can be scored."""
    return sum(part.maximum for part in PARTS if is_known(part, found))


def points(found: Mapping[str, int], group: str = "") -> float:
    """Of the parts that can be scored, all or those of a group."""
    return rounded(
        sum(
            part.points(found)
            for part in PARTS
            if is_known(part, found) and group in ("", part.group)
        )
    )


def table(asked: Question) -> Table:
    """A line for each group and part, then the total out of what could be scored."""
    found = counts(asked)
    rows: list[Row] = []
    for number, group in enumerate(GROUPS, start=1):
        parts = [part for part in PARTS if part.group == group]
        known = [part for part in parts if is_known(part, found)]
        maximum = sum(part.maximum for part in parts)
        got = points(found, group) if known else None
        rows.append(Row((str(number), group, "", "", "", maximum, got), Style.GROUP))
        rows += [_part(part, found) for part in parts]
    told = f"Tổng điểm (tính được {attainable(found)} trên 100 điểm)"
    rows.append(Row(("", told, "", "", "", 100, points(found)), Style.TOTAL))
    return Table(
        "diem-766",
        "Chỉ số phục vụ người dân, doanh nghiệp",
        (
            Column("Mã", width=0.6),
            Column("Chỉ số thành phần", width=3.5),
            Column("Đạt", Kind.COUNT),
            Column("Trên tổng", Kind.COUNT),
            Column("Tỷ lệ", Kind.SHARE),
            Column("Điểm tối đa", Kind.COUNT),
            Column("Điểm", Kind.POINTS),
        ),
        tuple(rows),
        asked.span,
        "QĐ 766/QĐ-TTg ngày 23/6/2022",
        "điểm",
        notes=(
            "Phần mà hệ thống chưa ghi nhận dữ liệu thì không chấm và không tính là 0 điểm. Phần "
            f"có ghi nhận mà trong kỳ không phát sinh (tỷ lệ “–”) được 0 điểm; riêng "
            f"{_FULL_IF_NONE} không phát sinh thì được điểm tối đa.",
            "1.1: quyết định được ký ít nhất 5 ngày trước ngày nội dung công bố có hiệu lực (bộ: "
            "20 ngày). 1.2: quyết định được nhập vào Cơ sở dữ liệu quốc gia trong 5 ngày làm việc "
            "kể từ ngày ký (bộ: 10 ngày; theo trình tự rút gọn: 2 ngày). 2.1: hồ sơ bị yêu cầu bổ "
            "sung quá một lần tính là quá hạn.",
        ),
        charted=4,
    )


def _part(part: Part, found: Mapping[str, int]) -> Row:
    if not is_known(part, found):
        return Row((part.key, part.title, None, None, None, part.maximum, None))
    reached, whole = sum(found[name] for name in part.over), found[part.under]
    got = part.points(found)
    share: Cell = part.share(found)
    cells = (part.key, part.title, reached, whole, "–" if share is None else share)
    which = COST_BY.get(part.key)
    drills = {6: Drill(which)} if which and got < part.maximum else {}
    return Row((*cells, part.maximum, got), drills=drills)
