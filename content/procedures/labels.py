"""The record in an editor's words: sections, fields, paths and values.

``fee[1].amount`` becomes "Phí, lệ phí 2: mức thu". Used by comparison, completeness and
the editing screens, so that all three name a field alike. Makes no HTML.
"""

from datetime import date
from typing import Any

from content.procedures.difference import steps_of
from content.procedures.records import Record
from content.procedures.wording import legal_date, number
from content.words import money

#: Sections of the editing screen in its order: address → (title, keys of the record).
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "chung": (
        "Thông tin chung",
        (
            *("name", "field", "field_group", "ministry", "levels", "local_code"),
            *("service_level", "decision_no", "as_of", "official_url", "source", "source_note"),
        ),
    ),
    "trinh-tu": ("Trình tự thực hiện", ("steps",)),
    "cach-thuc": ("Cách thức thực hiện, nơi nộp", ("channels",)),
    "truong-hop": ("Trường hợp", ()),
    "giay-to": ("Thành phần, số lượng hồ sơ", ("dossier", "dossier_total", "sets")),
    "thoi-han": (
        "Thời hạn giải quyết",
        ("time_limit", "local_limit", "time_limit_by_channel"),
    ),
    "doi-tuong": ("Đối tượng thực hiện", ("applicants",)),
    "co-quan": ("Cơ quan thực hiện", ("authority", "agencies")),
    "ket-qua": ("Kết quả thực hiện", ("result",)),
    "phi": ("Phí, lệ phí", ("fee",)),
    "bieu-mau": ("Mẫu đơn, tờ khai", ("forms",)),
    "dieu-kien": ("Yêu cầu, điều kiện", ("requirements",)),
    "can-cu": ("Căn cứ pháp lý", ("legal_bases",)),
    # Other provinces' fees and limits: for editors to compare with, never on a public page.
    "noi-khac": ("Mức của địa phương khác", ("local_variants",)),
}
_SECTION_OF = {key: slug for slug, (_title, keys) in SECTIONS.items() for key in keys}

_LISTS = {
    "fee": "Phí, lệ phí",
    "dossier": "Giấy tờ",
    "forms": "Biểu mẫu",
    "legal_bases": "Căn cứ pháp lý",
    "time_limit_by_channel": "Thời hạn theo cách nộp",
    "steps": "Bước",
    "applicants": "Đối tượng",
    "local_variants": "Mức riêng của địa phương khác",
    "channels": "Cách thức",
    "levels": "Cấp thực hiện",
    "missing": "Phần nguồn không có",
}
_FIELDS = {
    "code": "Mã thủ tục",
    "local_code": "Mã của địa phương",
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "field_group": "Nhóm lĩnh vực",
    "level": "Cấp thực hiện",
    "authority": "Cơ quan thực hiện",
    "agencies": "Cơ quan",
    "sets": "Số bộ hồ sơ",
    "ministry": "Bộ, ngành chủ quản",
    "time_limit": "Thời hạn theo quy định",
    "local_limit": "Thời hạn tại địa phương",
    "dossier_total": "Tổng số loại giấy tờ",
    "service_level": "Mức độ trực tuyến",
    "result": "Kết quả thực hiện",
    "requirements": "Yêu cầu, điều kiện",
    "decision_no": "Quyết định công bố",
    "as_of": "Dữ liệu tính đến",
    "source": "Nguồn",
    "source_note": "Ghi chú về nguồn",
    "official_url": "Trang chính thức",
    "completeness": "Mức đầy đủ của nguồn",
}
_INNER = {
    "value": "số",
    "unit": "đơn vị",
    "text": "lời văn",
    "kind": "loại",
    "amount": "mức thu",
    "currency": "đồng tiền",
    "condition": "áp dụng khi",
    "exempt": "miễn, giảm",
    "channels": "cách nộp",
    "channel": "cách nộp",
    "valid_from": "từ ngày",
    "valid_to": "đến hết ngày",
    "name": "tên",
    "originals": "số bản chính",
    "copies": "số bản sao",
    "form_name": "theo mẫu",
    "case": "trường hợp",
    "obligatory": "bắt buộc",
    "code": "ký hiệu",
    "file": "tên tệp",
    "for": "tên mẫu",
    "number": "số, ký hiệu",
    "date": "ngày ban hành",
    "receives": "nơi tiếp nhận",
    "decides": "có thẩm quyền",
    "cooperates": "phối hợp",
    "place": "địa phương",
    "time_limit": "thời hạn",
    "fee": "phí, lệ phí",
    "service_level": "mức độ trực tuyến",
    "as_of": "dữ liệu tính đến",
    "source": "nguồn",
}
_OF_LIMITS = frozenset({"channel", "value", "unit", "text"})
_DATES = frozenset({"valid_from", "valid_to", "date"})
NOTHING = "(không có)"


def title(section: str) -> str:
    """The title of a section."""
    return SECTIONS[section][0]


def section_of(path: str) -> str:
    """In which section a path is edited; what has no section stands in the first."""
    first = steps_of(path)[:1]
    return _SECTION_OF.get(str(first[0]) if first else "", "chung")


def where_in_words(path: str) -> str:
    """``dossier[0].copies`` → "Giấy tờ 1: số bản sao"."""
    words = ""
    inner: list[str] = []
    for step in steps_of(path):
        if isinstance(step, int):
            words = f"{words} {step + 1}" if not inner else words
            inner = [f"{inner[0]} {step + 1}", *inner[1:]] if inner else inner
        elif not words:
            words = _LISTS.get(step) or _FIELDS.get(step) or step
        else:
            inner.append(_INNER.get(step, step))
    return f"{words}: {', '.join(inner)}" if inner else words


def value_in_words(path: str, value: Any) -> str:
    """A value as people read it; whole items are told field by field."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, dict):
        return _item_in_words(value)
    if isinstance(value, list):
        return "\n".join(value_in_words(path, one) for one in value)
    last = steps_of(path)[-1:]
    return _plain_in_words(str(last[0]) if last else "", value)


def _plain_in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        return money(int(value)) if name == "amount" else number(value)
    return _day(value) if name in _DATES else str(value)


def _limit_in_words(item: Record) -> str:
    """``5 ngày làm việc (lời văn)``; a number without unit says so."""
    value, text, channel = item.get("value"), item.get("text"), item.get("channel")
    told = f"{number(value)} {item.get('unit') or '(chưa ghi đơn vị)'}" if value else ""
    if not told:
        told = " – ".join(part for part in (item.get("unit"), text) if part) or NOTHING
    elif text:
        told = f"{told} ({text})"
    return f"{channel}: {told}" if channel else told


def _item_in_words(item: Record) -> str:
    if item.keys() & {"value", "unit"} and item.keys() <= _OF_LIMITS:
        return _limit_in_words(item)
    told = [
        f"{_INNER.get(name, name)}: {_within_item(name, value)}"
        for name, value in item.items()
        if value not in (None, "", [], {})
    ]
    return "; ".join(told) or NOTHING


def _within_item(name: str, value: Any) -> str:
    """A short list stays on the line of its item."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value_in_words(name, value)


def _day(value: str) -> str:
    try:
        return legal_date(date.fromisoformat(value))
    except ValueError:
        return value
