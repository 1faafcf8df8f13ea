"""Lists of many articles: the right order, and nothing sorted or read that need not be."""

from datetime import timedelta

from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Session

from content.news import reads
from content.news.models import Article, ArticleStatus
from tests.content.news.drafts import TEXT, draft
from tests.support.clock import StoppedClock


def published(session: Session, clock: StoppedClock, hours: int, *, pinned: bool = False) -> str:
    one = draft(session, clock, TEXT)
    one.status, one.is_pinned = ArticleStatus.PUBLISHED, pinned
    one.published_at = clock() - timedelta(hours=hours)
    session.flush()
    return one.slug


def slugs(found: reads.ArticlePage) -> list[str]:
    return [one.slug for one in found.items]


def test_what_is_pinned_leads_lists_and_not_feeds(
    any_session: Session, clock: StoppedClock
) -> None:
    hours = (1, 2, 3, 4, 5)
    by_hour = [published(any_session, clock, one, pinned=one in (3, 5)) for one in hours]
    one, two, three, four, five = by_hour
    pages = [reads.articles(any_session, clock(), page=n, size=2) for n in (1, 2, 3, 99)]
    assert [slugs(found) for found in pages] == [[three, five], [one, two], [four], [four]]
    assert {(found.total, found.pages) for found in pages} == {(5, 3)}
    latest = reads.latest(any_session, clock(), limit=4)
    assert [found.slug for found in latest] == [one, two, three, four]


def test_lists_follow_an_index_and_read_no_bodies(session: Session, clock: StoppedClock) -> None:
    published(session, clock, 1)
    session.expire_all()
    asked: list[tuple[str, object]] = []
    event.listen(
        session.get_bind(),
        "before_cursor_execute",
        lambda _c, _cursor, statement, values, _x, _many: asked.append((statement, values)),
    )
    found = reads.articles(session, clock())
    reads.all_articles(session)
    reads.latest(session, clock(), limit=5)
    lists = [one for one in asked if one[0].startswith("SELECT") and "article" in one[0]]
    assert len(lists) >= 7
    for statement, values in lists:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        plan = [row[3] for row in rows]
        assert not [line for line in plan if "TEMP B-TREE" in line], (statement, plan)
        assert not [line for line in plan if line.startswith("SCAN article")], (statement, plan)
    [article] = found.items
    assert isinstance(article, Article)
    assert "body" in inspect(article).unloaded
    assert session.scalar(text("SELECT 1")) == 1
