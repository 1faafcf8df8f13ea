"""The annex of a decision: one table, headed as offices head it, read into partial records.

Columns are known by what stands over them ("Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn
giải quyết"…), wherever the head stands. Level and sector are taken from the lines between
rows ("B. THỦ TỤC HÀNH CHÍNH CẤP XÃ", "I. Lĩnh vực hộ tịch"). A record says only what its
row says; ``content.procedures.merging.completing`` puts it on top of what is known.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from content.procedures.reading import Row
from content.procedures.records import Record
from content.procedures.spreadsheets.cells import normal
from content.procedures.spreadsheets.opening import Grid
from content.text import clean, fold

#: Within so many rows of a sheet its head must stand.
HEAD_WITHIN = 40
_CODE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_NUMBERED = re.compile(r"^(?:[ivxlc]+|[a-h]|\d+)[.)]?\s+", re.IGNORECASE)
_LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ngày làm việc|ngày|giờ|tuần|tháng|năm)")
_SEVERAL = re.compile(r";|\bnếu\b|trường hợp|trong ngày")
_MONEY = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)\s*(?:đồng|đ\b|vnđ)", re.IGNORECASE)
_LEGAL = re.compile(r"\d+/\d{4}/[A-ZĐ][A-ZĐ0-9-]*\d*|\d+/[A-ZĐ][A-ZĐ-]*\b")
_NOTHING = frozenset({"", "khong", "khong co", "khong thu", "khong quy dinh", "mien phi", "-"})
_LEVELS = (("cap tinh", "tỉnh"), ("cap xa", "xã"), ("cap huyen", "huyện"))

#: What a folded head begins with, for each field; the longest that fits counts.
ALIASES: Mapping[str, str] = {
    "ma so tthc": "code", "ma tthc": "code", "ma thu tuc": "code", "ma so": "code",
    "ma so thu tuc": "code", "ma so thu tuc hanh chinh": "code", "ma": "code",
    "ten thu tuc": "name", "ten tthc": "name", "ten thu tuc hanh chinh": "name",
    "thu tuc hanh chinh": "name", "linh vuc": "field", "cap thuc hien": "level",
    "cap giai quyet": "level", "thoi han": "time_limit", "thoi han giai quyet": "time_limit",
    "phi, le phi": "fee", "phi le phi": "fee", "le phi": "fee", "phi": "fee", "muc thu": "fee",
    "can cu phap ly": "legal_bases", "can cu": "legal_bases", "van ban quy dinh": "legal_bases",
    "co quan thuc hien": "authority", "co quan giai quyet": "authority",
    "cach thuc thuc hien": "channels", "cach thuc": "channels", "ket qua": "result",
}  # fmt: skip


def is_annex(grids: dict[str, Grid]) -> bool:
    """Whether some sheet has a head with a name and a code of procedures."""
    return any(_head(grid) is not None for grid in grids.values())


def read_annex(grids: dict[str, Grid]) -> Iterator[tuple[str, Row]]:
    """The rows of every sheet that has a head, with the sheet's name."""
    for title, grid in grids.items():
        head = _head(grid)
        if head is not None:
            for row in _rows(grid, *head):
                yield title, row


Head = dict[str, int]


def _head(grid: Grid) -> tuple[int, Head] | None:
    for index, cells in enumerate(grid[:HEAD_WITHIN]):
        found: Head = {}
        for place, cell in enumerate(cells):
            field = _field(str(cell or ""))
            if field is not None:
                found.setdefault(field, place)
        if {"code", "name"} <= found.keys():
            return index, found
    return None


def _field(title: str) -> str | None:
    words = re.sub(r"\s+", " ", fold(title)).strip(" .:*()")
    fitting = [alias for alias in ALIASES if words == alias or words.startswith(f"{alias} ")]
    return ALIASES[max(fitting, key=len)] if fitting else None


def _rows(grid: Grid, start: int, head: Head) -> Iterator[Row]:
    around: Record = {}
    for number, given in enumerate(grid[start + 1 :], start=start + 2):
        cells = [normal(cell) for cell in given]
        said = [str(cell).strip() for cell in cells if str(cell or "").strip()]
        if not said:
            continue
        record = _record(cells, head)
        if not record.get("code") and (not record.get("name") or len(said) < 3):
            around = _around(around, " ".join(said))
        elif record.get("name"):
            yield Row(number, {**around, **record}, is_partial=True)


def _around(before: Record, words: str) -> Record:
    """What a line between rows says of those below: their level, their sector."""
    told = fold(words)
    level = next((level for name, level in _LEVELS if name in told), None)
    found = dict(before)
    if level is not None:
        found = {"level": level}
    place = told.find("linh vuc")
    if place >= 0:
        sector = clean(_NUMBERED.sub("", words))
        sector = re.sub(r"(?i)^.*?lĩnh vực:?\s*", "", sector)
        found["field"] = sector[:1].upper() + sector[1:] if sector else None
    return {key: value for key, value in found.items() if value}


def _record(cells: list[Any], head: Head) -> Record:
    record: Record = {}
    for field, place in head.items():
        text = clean(str(cells[place] or ""), multiline=True) if place < len(cells) else ""
        value = _READERS.get(field, _text)(text)
        if value is not None:
            record[field] = value
    return record


def _text(text: str) -> str | None:
    return " ".join(text.split()) or None


def _code(text: str) -> str | None:
    found = _CODE.search(text)
    return found[0] if found else None


def _level(text: str) -> str | None:
    told = fold(text)
    return next((level for name, level in _LEVELS if name.split()[1] in told), None)


def _limit(text: str) -> Record | None:
    if not text:
        return None
    found = _LIMIT.findall(text.lower())
    # Two limits in one cell are a matter for an editor: the words are kept, no number.
    if len(found) != 1 or _SEVERAL.search(text.lower()):
        return {"value": None, "unit": None, "text": text}
    value = float(found[0][0].replace(",", "."))
    whole = int(value) if value == int(value) else value
    return {"value": whole, "unit": found[0][1], "text": text}


def _fee(text: str) -> list[Record] | None:
    told = fold(text).strip(" .")
    if not text:
        return None
    if told in _NOTHING:
        return [{"kind": "lệ phí", "amount": 0, "unit": None, "condition": "không thu"}]
    kind = "lệ phí" if "le phi" in told or "phi" not in told else "phí"
    amounts = _MONEY.findall(text)
    amount = int(amounts[0].replace(".", "")) if len(amounts) == 1 else None
    return [{"kind": kind, "amount": amount, "unit": None, "condition": text}]


def _legal(text: str) -> list[Record] | None:
    numbers = list(dict.fromkeys(_LEGAL.findall(text)))
    return [{"number": one, "date": None} for one in numbers] or None


def _channels(text: str) -> list[str] | None:
    told = fold(text)
    words = (("truc tiep", "trực tiếp"), ("truc tuyen", "trực tuyến"), ("buu chinh", "bưu chính"))
    return [channel for name, channel in words if name in told] or None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "code": _code,
    "level": _level,
    "time_limit": _limit,
    "fee": _fee,
    "legal_bases": _legal,
    "channels": _channels,
}
