"""What has to be there before readers see an article or page, and while they see it."""

from content.news.bodies import pictures_without_words
from content.news.cleaning import sanitise
from content.news.models import Article, BodyFormat, Page
from content.news.texts import ArticleText, Text


def missing_of(told: Article | Page | Text) -> list[str]:
    """Names of fields that are empty and may not be, in their order."""
    wanted = ["title", "body"]
    if isinstance(told, Article | ArticleText):
        wanted.insert(1, "lead")
    missing = [name for name in wanted if not getattr(told, name).strip()]
    body = sanitise(told.body) if told.body_format is BodyFormat.HTML else told.body
    if not body and "body" not in missing:
        missing.append("body")
    if pictures_without_words(body, told.body_format):
        missing.append("picture_words")
    if isinstance(told, Article | ArticleText) and told.picture and not told.picture_alt.strip():
        missing.append("picture_alt")
    return missing
