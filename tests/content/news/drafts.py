"""An article not yet published."""

from sqlalchemy.orm import Session

from content.news.models import Article
from content.news.service import NewsService
from content.news.texts import ArticleText
from tests.support.clock import StoppedClock

TEXT = ArticleText(
    "Cầu mới", "hien-dai-hoa", lead="Thông xe.", body="Sáng nay.", tags=("Giao thông",)
)


def draft(session: Session, clock: StoppedClock, text: ArticleText = TEXT) -> Article:
    return NewsService(session, clock()).create(text, actor_id=None)
