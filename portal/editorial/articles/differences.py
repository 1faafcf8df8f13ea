"""What differs between two texts of an article or page, field by field, as people read it."""

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from content.news import sections
from content.news.bodies import readable
from content.news.models import BodyFormat, Page
from content.writing import revisions
from portal.i18n import _

FIELD_NAMES = {
    "title": _("Tên"),
    "slug": _("Địa chỉ"),
    "section": _("Chuyên mục"),
    "parent_id": _("Nằm dưới trang"),
    "position": _("Thứ tự"),
    "kicker": _("Dòng trên tên bài"),
    "lead": _("Sa-pô"),
    "body": _("Nội dung"),
    "author_line": _("Tác giả"),
    "photographer": _("Người chụp ảnh"),
    "source": _("Nguồn"),
    "tags": _("Từ khóa"),
    "picture": _("Ảnh đại diện"),
    "picture_alt": _("Mô tả ảnh đại diện"),
    "picture_caption": _("Chú thích ảnh đại diện"),
    "gallery": _("Bộ ảnh"),
    "attachments": _("Tệp đính kèm"),
    "related": _("Tin liên quan"),
    "is_featured": _("Tin nổi bật"),
    "is_pinned": _("Ghim lên đầu danh sách"),
    "correction": _("Đính chính"),
}
FORMATTING = _("Cách trình bày (chữ đậm, đề mục nhỏ…)")
Snapshot = Mapping[str, Any]
Change = tuple[str, list[revisions.Part]]


def changes(request: Request, before: Snapshot, after: Snapshot) -> list[Change]:
    """The name of each field that says something else, with what was taken out and put in."""
    found = [
        (words, revisions.words(a, b))
        for name, words in FIELD_NAMES.items()
        if (a := said(request, before, name)) != (b := said(request, after, name))
    ]
    if _only_formatting(before, after, found):
        found.append((FORMATTING, [("same", said(request, after, "body"))]))
    return found


def _only_formatting(before: Snapshot, after: Snapshot, found: list[Change]) -> bool:
    is_other = before.get("body") != after.get("body")
    return bool(before) and is_other and all(words != FIELD_NAMES["body"] for words, _p in found)


def said(request: Request, snapshot: Snapshot, name: str) -> str:
    """One field of a snapshot as people read it."""
    value = snapshot.get(name)
    if name == "body":
        return readable(str(value or ""), BodyFormat(snapshot.get("body_format", "text")))
    if name in ("is_featured", "is_pinned"):
        return "" if value is None else _("Có") if value else _("Không")
    if name == "section" and value:
        found = sections.find(request.db, value)
        return found.name if found else str(value)
    if name == "parent_id" and value:
        return request.db.scalar(select(Page.title).where(Page.id == value)) or str(value)
    if isinstance(value, list | tuple):
        return "\n".join(" | ".join(one) if isinstance(one, list) else str(one) for one in value)
    return "" if value is None else str(value)
