"""The forms of the library. Shape only; what is refused is decided by content."""

import colander
from sqlalchemy.orm import Session

from content.media import folders
from content.media.kinds import Focus, MediumKind
from content.media.models import MAX_TITLE, MAX_WORDS, MediaFolder, Medium
from content.media.service import Words
from portal.forms import fields
from portal.i18n import _

INDENT = "– "


def folder_options(session: Session) -> list[tuple[str, str]]:
    """The folders as a tree in a list."""
    return [
        (str(one.folder.id), INDENT * one.depth + one.folder.name) for one in folders.tree(session)
    ]


def medium(session: Session, kind: MediumKind) -> colander.SchemaNode:
    """What an editor says about a file."""
    schema = fields.mapping(fields.text("title", _("Tên trong thư viện"), max_length=MAX_TITLE))
    if kind is MediumKind.IMAGE:
        schema.add(
            fields.paragraph(
                "alt",
                _("Mô tả cho người không nhìn thấy ảnh"),
                rows=3,
                required=False,
                max_length=MAX_WORDS,
                hint=_(
                    "Nói ảnh cho thấy gì, như kể qua điện thoại. Ảnh chưa có mô tả thì chưa "
                    "dùng được trên trang."
                ),
            )
        )
    for name, title, hint in (
        ("caption", _("Chú thích"), _("Hiện dưới ảnh hoặc tệp.")),
        ("credit", _("Người chụp, người quay"), None),
        ("source", _("Nguồn và giấy phép sử dụng"), _("Ví dụ: Ảnh của đơn vị, được dùng tự do.")),
    ):
        limit = MAX_TITLE if name == "credit" else MAX_WORDS
        schema.add(fields.text(name, title, required=False, max_length=limit, hint=hint))
    if kind is MediumKind.IMAGE:
        options = [(one.value, one.label) for one in Focus]
        hint = _("Phần này luôn còn thấy khi ảnh bị cắt bớt cho vừa khung.")
        schema.add(fields.choice("focus", _("Điểm chính của ảnh"), options, hint=hint))
    schema.add(
        fields.choice("folder", _("Thư mục"), folder_options(session), as_list=True, required=False)
    )
    schema.add(fields.hidden("revision"))
    return schema


def as_words(data: dict[str, str | None]) -> Words:
    """The form's data as what the service takes."""
    return Words(
        title=data["title"] or "",
        alt=data.get("alt") or "",
        caption=data["caption"] or "",
        credit=data["credit"] or "",
        source=data["source"] or "",
        focus=Focus(data.get("focus") or Focus.CENTRE),
        folder_id=int(data["folder"]) if data["folder"] else None,
    )


def as_data(one: Medium) -> dict[str, str]:
    """A medium as the form shows it."""
    return {
        "title": one.title,
        "alt": one.alt,
        "caption": one.caption,
        "credit": one.credit,
        "source": one.source,
        "focus": one.focus.value,
        "folder": str(one.folder_id or ""),
        "revision": str(one.revision),
    }


def folder(session: Session, moved: MediaFolder | None = None) -> colander.SchemaNode:
    """A folder's name and place."""
    options = [one for one in folder_options(session) if not moved or one[0] != str(moved.id)]
    return fields.mapping(
        fields.text("name", _("Tên thư mục"), max_length=MAX_TITLE),
        fields.choice(
            "parent",
            _("Nằm trong thư mục"),
            options,
            as_list=True,
            required=False,
            hint=_("Không chọn thì thư mục nằm ở ngoài cùng."),
        ),
    )
