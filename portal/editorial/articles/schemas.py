"""The forms of articles and pages. Shape only; what must be there to publish is decided by
content."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import colander

from content.news.bodies import html_to_text, is_plain
from content.news.cleaning import image_allowed
from content.news.models import (
    MAX_ADDRESS,
    MAX_BODY,
    MAX_LEAD,
    MAX_NOTE,
    MAX_SLUG,
    MAX_TITLE,
    MAX_WORDS,
    Article,
    BodyFormat,
    Page,
)
from content.news.texts import ArticleText, PageText, Pairs
from portal.forms import fields
from portal.i18n import _

BODY_HINT = _(
    "Cách một dòng trống để sang đoạn mới. Dòng bắt đầu bằng “## ” là đề mục, “- ” là gạch đầu "
    "dòng, “1. ” là mục đánh số, “> ” là lời trích. Liên kết viết [chữ hiện ra](https://…). Bảng: "
    "mỗi dòng | một | hàng |, dưới hàng tiêu đề ghi |---|---|. Ảnh hoặc video của thư viện đứng "
    'riêng một dòng: ![lời mô tả](/tep/… "chú thích"); nút dưới ô này viết giúp.'
)
HTML_HINT = _(
    "Nội dung này có chữ đậm, bảng gộp ô… nên hiện cả thẻ: <p> là đoạn, <h2> là đề mục, "
    "<strong> là chữ đậm. Ông/bà sửa chữ giữa các thẻ và giữ nguyên thẻ; thẻ sai thì cổng bỏ "
    "thẻ, giữ chữ."
)
PAIRS_HINT = _("Mỗi dòng một tệp của thư viện: địa chỉ | lời mô tả. Ví dụ: /tep/…/anh.jpg | Cầu.")
MAX_PAIRS = 30


def article(sections: Sequence[tuple[str, str]], *, is_new: bool) -> colander.SchemaNode:
    """What an editor writes; ``sections`` as (slug, name)."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(fields.choice("section", _("Chuyên mục"), sections, as_list=True))
    schema.add(_line("kicker", _("Dòng trên tên bài")))
    _text(schema, _("Tên bài"))
    _pictures(schema)
    schema.add(_line("author_line", _("Tác giả"), hint=_("Ví dụ: Bài: Nguyễn Thị Mẫu")))
    schema.add(_line("photographer", _("Người chụp ảnh")))
    schema.add(_line("source", _("Nguồn")))
    schema.add(_line("tags", _("Từ khóa"), hint=_("Cách nhau bằng dấu phẩy.")))
    schema.add(
        fields.paragraph(
            "related",
            _("Tin liên quan"),
            rows=3,
            required=False,
            hint=_("Mỗi dòng một địa chỉ bài. Bỏ trống thì cổng tự chọn theo từ khóa."),
        )
    )
    schema.add(fields.checkbox("is_featured", _("Tin nổi bật")))
    schema.add(fields.checkbox("is_pinned", _("Ghim lên đầu danh sách")))
    if not is_new:
        _address(schema)
        schema.add(
            fields.paragraph(
                "correction",
                _("Đính chính"),
                rows=3,
                required=False,
                max_length=MAX_LEAD,
                hint=_("Bài đã công bố mà sai thì nói rõ đã sửa gì; lời này hiện dưới bài."),
            )
        )
    _hidden(schema)
    return schema


def page(places: Sequence[tuple[str, str]], *, is_new: bool) -> colander.SchemaNode:
    """A standing page; ``places`` are the pages it may stand below."""
    schema = colander.SchemaNode(colander.Mapping())
    _text(schema, _("Tên trang"))
    schema.add(
        fields.choice("parent_id", _("Nằm dưới trang"), places, as_list=True, required=False)
    )
    schema.add(fields.integer("position", _("Thứ tự"), minimum=0, maximum=9999, required=False))
    if not is_new:
        _address(schema)
    _hidden(schema)
    return schema


def _line(name: str, title: str, length: int = MAX_TITLE, **asked: Any) -> colander.SchemaNode:
    return fields.text(name, title, required=False, max_length=length, **asked)


def _text(schema: colander.SchemaNode, title: str) -> None:
    schema.add(fields.text("title", title, max_length=MAX_TITLE))
    schema.add(fields.paragraph("lead", _("Sa-pô"), rows=3, required=False, max_length=MAX_LEAD))
    schema.add(
        fields.paragraph(
            "body", _("Nội dung"), rows=18, required=False, max_length=MAX_BODY, hint=BODY_HINT
        )
    )


def _pictures(schema: colander.SchemaNode) -> None:
    schema.add(
        _line(
            "picture",
            _("Ảnh đại diện"),
            MAX_ADDRESS,
            hint=_("Địa chỉ ảnh trong thư viện, dạng /tep/…"),
            validators=[_own_medium],
        )
    )
    words = _("Người không nhìn thấy ảnh được nghe lời này.")
    schema.add(_line("picture_alt", _("Mô tả ảnh đại diện"), MAX_WORDS, hint=words))
    schema.add(_line("picture_caption", _("Chú thích ảnh đại diện"), MAX_WORDS))
    for name, title in (("gallery", _("Bộ ảnh")), ("attachments", _("Tệp đính kèm"))):
        schema.add(
            fields.paragraph(
                name, title, rows=3, required=False, hint=PAIRS_HINT, validators=[_own_media]
            )
        )


def _address(schema: colander.SchemaNode) -> None:
    hint = _("Đổi thì địa chỉ cũ tự chuyển sang địa chỉ mới.")
    schema.add(_line("slug", _("Địa chỉ"), MAX_SLUG, hint=hint))


def _hidden(schema: colander.SchemaNode) -> None:
    for name in ("revision", "base", "copy", "body_format"):
        schema.add(fields.hidden(name))


def _own_medium(node: colander.SchemaNode, value: str) -> None:
    if not image_allowed(value):
        raise colander.Invalid(node, "Ông/bà vui lòng lấy địa chỉ trong thư viện, dạng /tep/…")


def _own_media(node: colander.SchemaNode, value: str) -> None:
    found = pairs(value)
    if len(found) > MAX_PAIRS:
        raise colander.Invalid(node, f"Nhiều nhất {MAX_PAIRS} tệp.")
    for number, (address, words) in enumerate(found, start=1):
        if not image_allowed(address):
            raise colander.Invalid(node, f"Dòng {number}: địa chỉ không thuộc thư viện (/tep/…).")
        if not words:
            raise colander.Invalid(node, f"Dòng {number}: chưa có lời mô tả sau dấu “|”.")


def note(name: str, title: str, *, required: bool) -> colander.SchemaNode:
    """Words to the board."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(fields.paragraph(name, title, rows=3, required=required, max_length=MAX_NOTE))
    return schema


def pairs(text: str | None) -> Pairs:
    """Lines ``address | words``."""
    lines = [line for line in (text or "").split("\n") if line.strip()]
    parts = [line.partition("|") for line in lines]
    return tuple((address.strip(), words.strip()) for address, _bar, words in parts)


def _slugs(text: str | None) -> tuple[str, ...]:
    lines = (line.strip().rstrip("/") for line in (text or "").split("\n"))
    return tuple(line.rpartition("/")[2] for line in lines if line)


def _format(data: dict[str, Any]) -> BodyFormat:
    return BodyFormat.HTML if data["body_format"] == "html" else BodyFormat.TEXT


_PLAIN = ("kicker", "lead", "body", "author_line", "photographer", "source")
_PICTURE = ("picture", "picture_alt", "picture_caption")


def as_text(data: dict[str, Any]) -> ArticleText:
    """The form's data as what the service takes."""
    tags = tuple(tag.strip() for tag in (data["tags"] or "").split(",") if tag.strip())
    return ArticleText(
        title=data["title"] or "",
        section=data["section"] or "",
        body_format=_format(data),
        tags=tags,
        gallery=pairs(data["gallery"]),
        attachments=pairs(data["attachments"]),
        related=_slugs(data["related"]),
        is_featured=bool(data["is_featured"]),
        is_pinned=bool(data["is_pinned"]),
        correction=data.get("correction") or "",
        slug=data.get("slug") or "",
        **{name: data[name] or "" for name in (*_PLAIN, *_PICTURE)},
    )


def as_page_text(data: dict[str, Any]) -> PageText:
    """The same of a page."""
    return PageText(
        title=data["title"] or "",
        lead=data["lead"] or "",
        body=data["body"] or "",
        body_format=_format(data),
        parent_id=int(data["parent_id"]) if data["parent_id"] else None,
        position=int(data["position"] or 0),
        slug=data.get("slug") or "",
    )


def shown(text: ArticleText | PageText) -> dict[str, Any]:
    """What was written, as its form shows it."""
    body, form = text.body, text.body_format
    if form is BodyFormat.HTML and is_plain(body):
        # Says nothing that plain text could not: people without scripts read it with ease.
        body, form = html_to_text(body), BodyFormat.TEXT
    data: dict[str, Any] = {
        "title": text.title,
        "lead": text.lead,
        "body": body,
        "body_format": form.value,
        "slug": text.slug,
    }
    if isinstance(text, PageText):
        parent = str(text.parent_id) if text.parent_id else ""
        return data | {"parent_id": parent, "position": str(text.position)}
    data |= {name: getattr(text, name) for name in (*_PLAIN, *_PICTURE) if name != "body"}
    return data | {
        "section": text.section,
        "tags": ", ".join(text.tags),
        "gallery": _lines(text.gallery),
        "attachments": _lines(text.attachments),
        "related": "\n".join(text.related),
        "is_featured": text.is_featured,
        "is_pinned": text.is_pinned,
        "correction": text.correction,
    }


def explain(form: Any) -> None:
    """What stands in the field of the body as it is filled now, for people without scripts."""
    if form.deform["body_format"].cstruct == BodyFormat.HTML.value:
        node = form.deform["body"].schema
        node.furniture = replace(node.furniture, hint=HTML_HINT)


def _lines(found: Pairs) -> str:
    return "\n".join(f"{address} | {words}" for address, words in found)


def text_of(written: Article | Page) -> ArticleText | PageText:
    """What is stored, as an act of writing."""
    if isinstance(written, Page):
        own = ("title", "lead", "body", "body_format", "parent_id", "position", "slug")
        return PageText(**{name: getattr(written, name) for name in own})
    names = (*_PLAIN, *_PICTURE, "title", "body_format", "is_featured", "is_pinned")
    values: dict[str, Any] = {"section": written.section_slug}
    values |= {name: getattr(written, name) for name in (*names, "correction", "slug")}
    for name in ("gallery", "attachments"):
        values[name] = tuple((one[0], one[1]) for one in getattr(written, name))
    return ArticleText(**values, tags=tuple(written.tags), related=tuple(written.related))
