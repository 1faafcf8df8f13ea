"""The form of an issue. Shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

import colander

from content.news.models import Article
from content.newsletter.models import MAX_INTRO, MAX_SUBJECT, Issue
from content.words import local, short_date
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "articles_many": _("Một số bản tin có nhiều nhất 30 bài; ông/bà bỏ bớt."),
    "articles_unknown": _("Có bài vừa được gỡ; ông/bà chọn lại."),
    "no_articles": _("Chưa gửi: số này chưa có bài nào đang công bố."),
    "no_subscribers": _("Chưa gửi: chưa có ai xác nhận nhận bản tin."),
    "four_eyes": _(
        "Chưa gửi: số này do chính ông/bà lưu lần cuối; cổng đang đặt chế độ hai người nên người "
        "khác trong ban biên tập gửi."
    ),
    "issue_changed": _("Chưa gửi: người khác vừa sửa số này; ông/bà xem lại bản dưới đây."),
}


def name_of(article: Article) -> str:
    """The field by which an article is chosen."""
    return f"bai_{article.id}"


def issue(articles: Sequence[Article]) -> colander.SchemaNode:
    """Subject, words, and the articles to choose from."""
    return fields.mapping(
        fields.text("subject", _("Tên số bản tin"), max_length=MAX_SUBJECT),
        fields.paragraph(
            "intro",
            _("Lời mở đầu"),
            rows=4,
            required=False,
            max_length=MAX_INTRO,
            hint=_(
                "Đứng trước các bài. Dưới đây là các bài công bố từ số trước đến nay; chọn bài "
                "nào gửi, nhiều nhất 30 bài."
            ),
        ),
        *(fields.checkbox(name_of(one), _label(one)) for one in articles),
        fields.hidden("revision"),
    )


def _label(article: Article) -> str:
    assert article.published_at is not None  # readers see it
    return f"{article.title} ({short_date(local(article.published_at).date())})"


def values(data: Mapping[str, Any], articles: Sequence[Article]) -> dict[str, Any]:
    """What was written and chosen."""
    chosen = [one.id for one in articles if data[name_of(one)]]
    return {"subject": data["subject"], "intro": data["intro"] or "", "articles": chosen}


def data_of(one: Issue, articles: Sequence[Article]) -> dict[str, Any]:
    """An issue as its form shows it."""
    chosen = {name_of(each): each.id in (one.articles or []) for each in articles}
    return {
        "subject": one.subject,
        "intro": one.intro,
        "revision": str(one.revision or 0),
        **chosen,
    }
