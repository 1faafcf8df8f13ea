"""The form of an article. Shape only; what must be there to publish is decided by content."""

import colander

from content.news.bodies import html_to_text
from content.news.models import MAX_BODY, MAX_LEAD, MAX_TITLE, Article, BodyFormat
from content.news.sections import Section
from content.news.service import ArticleText
from portal.forms import fields
from portal.i18n import _

SECTIONS = [(one.value, one.label) for one in Section]
BODY_HINT = _(
    "Cách một dòng trống để sang đoạn mới. Dòng bắt đầu bằng “## ” là đề mục, “- ” là gạch đầu "
    "dòng, “1. ” là mục đánh số. Liên kết viết [chữ hiện ra](https://…)."
)


def article() -> colander.SchemaNode:
    """What an editor writes."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(fields.choice("section", _("Chuyên mục"), SECTIONS, as_list=True))
    schema.add(fields.text("kicker", _("Dòng trên tên bài"), required=False, max_length=MAX_TITLE))
    schema.add(fields.text("title", _("Tên bài"), max_length=MAX_TITLE))
    schema.add(fields.paragraph("lead", _("Sa-pô"), rows=3, required=False, max_length=MAX_LEAD))
    schema.add(
        fields.paragraph(
            "body", _("Nội dung"), rows=18, required=False, max_length=MAX_BODY, hint=BODY_HINT
        )
    )
    schema.add(
        fields.text(
            "author_line",
            _("Dòng tác giả"),
            required=False,
            max_length=MAX_TITLE,
            hint=_("Ví dụ: Bài, ảnh: Nguyễn Thị Mẫu"),
        )
    )
    schema.add(fields.text("source", _("Nguồn"), required=False, max_length=MAX_TITLE))
    schema.add(
        fields.text("tags", _("Từ khóa"), required=False, hint=_("Cách nhau bằng dấu phẩy."))
    )
    schema.add(fields.hidden("revision"))
    return schema


def as_text(data: dict[str, str | None]) -> ArticleText:
    """The form's data as what the service takes."""
    tags = tuple(tag.strip() for tag in (data["tags"] or "").split(",") if tag.strip())
    return ArticleText(
        title=data["title"] or "",
        section=Section(data["section"] or ""),
        kicker=data["kicker"] or "",
        lead=data["lead"] or "",
        body=data["body"] or "",
        author_line=data["author_line"] or "",
        source=data["source"] or "",
        tags=tags,
    )


def editable(article: Article) -> str:
    """The body as structured text; imported HTML becomes its words, a paragraph a block."""
    if article.body_format is BodyFormat.TEXT:
        return article.body
    return html_to_text(article.body)


def as_data(article: Article) -> dict[str, str]:
    """An article as the form shows it."""
    return {
        "section": article.section.value,
        "kicker": article.kicker,
        "title": article.title,
        "lead": article.lead,
        "body": editable(article),
        "author_line": article.author_line,
        "source": article.source,
        "tags": ", ".join(article.tags),
        "revision": str(article.revision),
    }
