"""The forms of what stands around pages. Shape only; what is refused is decided by content."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import colander

from content.site.models import (
    MAX_ADDRESS,
    MAX_TEXT,
    MAX_WORDS,
    Banner,
    BlockKind,
    HomeBlock,
    Identity,
    MenuItem,
    MenuPlace,
    Severity,
)
from content.words import local
from portal.forms import fields
from portal.i18n import _

SEVERITIES = [
    (Severity.EMERGENCY, _("Khẩn cấp")),
    (Severity.WARNING, _("Cần chú ý")),
    (Severity.NEWS, _("Thông tin")),
]
PLACES = [(MenuPlace.MAIN, _("Trên đầu trang")), (MenuPlace.FOOTER, _("Cuối trang"))]
BLOCKS = [
    (BlockKind.COMMON, _("Việc nhiều người làm")),
    (BlockKind.LOOKUP, _("Tra cứu hồ sơ")),
    (BlockKind.FIGURES, _("Con số thủ tục")),
    (BlockKind.LIFE_EVENTS, _("Sự kiện trong đời sống")),
    (BlockKind.DUTY, _("Hôm nay trực, lịch tiếp công dân")),
    (BlockKind.FEATURED, _("Tin nổi bật")),
    (BlockKind.NEWS, _("Tin của một chuyên mục")),
    (BlockKind.TEXT, _("Đoạn chữ tự viết")),
]
SHAPE = "%d/%m/%Y %H:%M"
WHEN = _("Ghi ngày/tháng/năm giờ:phút, ví dụ 05/03/2027 07:30.")
ADDRESS_HINT = _("Đường dẫn trên cổng như /tin-tuc, hoặc địa chỉ đầy đủ https://…")


def _is_moment(node: colander.SchemaNode, value: str) -> None:
    if moment(value) is None:
        raise colander.Invalid(node, _("Giờ này chưa đúng; ví dụ đúng: 05/03/2027 07:30."))


def moment(text: str | None) -> datetime | None:
    """An instant from Vietnamese clock time; ``None`` for nothing and for nonsense."""
    try:
        given = datetime.strptime((text or "").strip(), SHAPE)  # noqa: DTZ007 - made local below
    except ValueError:
        return None
    zone = local(datetime(2026, 1, 1, tzinfo=UTC)).tzinfo
    try:
        return given.replace(tzinfo=zone).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def shown(value: datetime | None) -> str:
    """The same as the form shows it."""
    return local(value).strftime(SHAPE) if value else ""


def _when(name: str, title: str, hint: str) -> colander.SchemaNode:
    return fields.text(
        name, title, required=False, short=True, max_length=20, hint=hint, validators=(_is_moment,)
    )


def banner() -> colander.SchemaNode:
    """A banner."""
    return fields.mapping(
        fields.choice("severity", _("Mức độ"), SEVERITIES),
        fields.text("title", _("Tiêu đề"), max_length=MAX_WORDS),
        fields.paragraph("text", _("Nội dung"), rows=3, required=False, max_length=MAX_TEXT),
        fields.text(
            "phone",
            _("Số điện thoại để gọi ngay"),
            required=False,
            short=True,
            max_length=40,
            hint=_("Người xem bấm vào là gọi được, ví dụ 1900 0000."),
            validators=(_is_phone,),
        ),
        fields.text(
            "address", _("Dẫn đến"), required=False, max_length=MAX_ADDRESS, hint=ADDRESS_HINT
        ),
        fields.text("address_words", _("Chữ của liên kết"), required=False, max_length=MAX_WORDS),
        _when("starts_at", _("Hiện từ lúc"), _("Để trống thì hiện ngay. ") + WHEN),
        _when("ends_at", _("Đến lúc"), _("Để trống thì hiện đến khi tắt. ") + WHEN),
        fields.checkbox("is_on", _("Bật thông báo này")),
        fields.hidden("revision"),
    )


def _is_phone(node: colander.SchemaNode, value: str) -> None:
    digits = value.replace(" ", "").replace(".", "").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 15):
        raise colander.Invalid(node, _("Số điện thoại chỉ gồm chữ số, ví dụ 113 hoặc 1900 0000."))


def banner_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    words = ("title", "text", "phone", "address", "address_words")
    return {
        **{name: data[name] or "" for name in words},
        "severity": Severity(data["severity"]),
        "is_on": bool(data["is_on"]),
        "starts_at": moment(data["starts_at"]),
        "ends_at": moment(data["ends_at"]),
    }


def banner_data(one: Banner) -> dict[str, Any]:
    """A banner as the form shows it."""
    names = ("severity", "title", "text", "phone", "address", "address_words", "is_on")
    return {
        **{name: getattr(one, name) for name in names},
        "starts_at": shown(one.starts_at),
        "ends_at": shown(one.ends_at),
        "revision": str(one.revision),
    }


def menu_item(parents: list[MenuItem]) -> colander.SchemaNode:
    """A line of a menu; only lines at the foot may stand under others."""
    options = [(str(one.id), one.words) for one in parents]
    return fields.mapping(
        fields.choice("place", _("Trình đơn"), PLACES),
        fields.text("words", _("Chữ hiện ra"), max_length=MAX_WORDS),
        fields.text(
            "address",
            _("Dẫn đến"),
            required=False,
            max_length=MAX_ADDRESS,
            hint=_("Để trống nếu dòng này chỉ là tên nhóm. ") + ADDRESS_HINT,
        ),
        fields.choice(
            "parent",
            _("Nằm dưới dòng"),
            options,
            as_list=True,
            required=False,
            hint=_("Chỉ ở cuối trang; không chọn thì dòng này đứng riêng."),
        ),
        fields.hidden("revision"),
    )


def menu_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        "place": MenuPlace(data["place"]),
        "words": data["words"],
        "address": data["address"] or "",
        "parent_id": int(data["parent"]) if data["parent"] else None,
    }


def menu_data(one: MenuItem) -> dict[str, Any]:
    """A line as the form shows it."""
    return {
        "place": one.place,
        "words": one.words,
        "address": one.address,
        "parent": str(one.parent_id or ""),
        "revision": str(one.revision),
    }


def block(sections: Sequence[tuple[str, str]]) -> colander.SchemaNode:
    """A block of the home page; ``sections`` of the news as (slug, name)."""
    return fields.mapping(
        fields.choice("kind", _("Khối này hiện"), BLOCKS, as_list=True),
        fields.text(
            "title",
            _("Tiêu đề"),
            required=False,
            max_length=MAX_WORDS,
            hint=_("Để trống thì dùng tiêu đề sẵn có của khối."),
        ),
        fields.paragraph(
            "text",
            _("Đoạn chữ"),
            rows=5,
            required=False,
            max_length=MAX_TEXT,
            hint=_("Chỉ dùng cho đoạn chữ tự viết; viết như thân bài, dòng trống là sang đoạn."),
        ),
        fields.choice("section", _("Chuyên mục tin"), sections, as_list=True, required=False),
        fields.integer("count", _("Số mục hiện ra"), minimum=1, maximum=12, required=False),
        fields.checkbox("is_on", _("Hiện khối này trên trang đầu")),
        fields.hidden("revision"),
    )


def block_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    given = {"section": data["section"], "count": int(data["count"]) if data["count"] else None}
    return {
        "kind": BlockKind(data["kind"]),
        "title": data["title"] or "",
        "text": data["text"] or "",
        "is_on": bool(data["is_on"]),
        "options": {name: value for name, value in given.items() if value},
    }


def block_data(one: HomeBlock) -> dict[str, Any]:
    """A block as the form shows it."""
    return {
        "kind": one.kind,
        "title": one.title,
        "text": one.text,
        "section": one.options.get("section", ""),
        "count": str(one.options.get("count", "")),
        "is_on": one.is_on,
        "revision": str(one.revision),
    }


IDENTITY = (
    ("name", _("Tên cổng"), MAX_WORDS),
    ("short_name", _("Tên ngắn, hiện trên điện thoại"), MAX_WORDS),
    ("authority", _("Cơ quan chủ quản"), MAX_WORDS),
    ("address", _("Địa chỉ"), MAX_WORDS),
    ("hotline", _("Tổng đài"), 40),
    ("email", _("Thư điện tử"), 254),
    ("hours", _("Giờ làm việc"), MAX_WORDS),
)


def identity(settings: Any) -> colander.SchemaNode:
    """Who publishes; the hint of each field is what stands there while it is empty."""
    schema = fields.mapping()
    for name, title, limit in IDENTITY:
        hint = f"Để trống thì hiện: {getattr(settings, name)}"
        schema.add(fields.text(name, title, required=False, max_length=limit, hint=hint))
    schema.add(
        fields.text(
            "colour",
            _("Màu của cơ quan"),
            required=False,
            short=True,
            max_length=7,
            hint=_("Mã màu như #1f5a3d. Màu quá nhạt, chữ trắng trên đó khó đọc, sẽ không nhận."),
        )
    )
    schema.add(
        fields.integer(
            "emblem",
            _("Số của ảnh huy hiệu trong thư viện"),
            minimum=1,
            required=False,
            hint=_("Bấm “Chọn ảnh trong thư viện” ở trên để điền số này."),
        )
    )
    schema.add(fields.checkbox("show_visits", _("Hiện số lượt truy cập ở cuối trang")))
    schema.add(fields.hidden("revision"))
    return schema


def identity_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name, _title, _limit in IDENTITY},
        "colour": (data["colour"] or "").lower(),
        "emblem_id": int(data["emblem"]) if data["emblem"] else None,
        "show_visits": bool(data["show_visits"]),
    }


def identity_data(one: Identity | None) -> dict[str, Any]:
    """The identity as the form shows it."""
    if one is None:
        return {"revision": "0"}
    return {
        **{name: getattr(one, name) for name, _title, _limit in IDENTITY},
        "colour": one.colour,
        "emblem": str(one.emblem_id or ""),
        "show_visits": one.show_visits,
        "revision": str(one.revision),
    }
