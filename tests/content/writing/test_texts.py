"""What editors find by words follows every row, whoever wrote it."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.news.models import Article, ArticleStatus, Page
from content.news.sections import Section
from content.writing import texts, trash
from content.writing.texts import EditorialText, found_by_editors, search
from tests.support.clock import StoppedClock

assert found_by_editors  # the classes below joined with it


def article(session: Session, clock: StoppedClock, slug: str, **values: str) -> Article:
    made = Article(
        section=session.scalars(select(Section)).first(),
        slug=slug,
        title=values.pop("title", slug),
        status=ArticleStatus.DRAFT,
        created_at=clock(),
        updated_at=clock(),
        **values,
    )
    session.add(made)
    session.flush()
    return made


def found(session: Session, words: str, **narrowed: str) -> list[str]:
    return [one.title for one in search(session, words, **narrowed).items]


def test_words_follow_the_row_into_the_bin_and_back(
    any_session: Session, clock: StoppedClock
) -> None:
    body = "<p>Lịch tiêm <strong>phòng dại</strong> &amp; cúm</p>"
    one = article(any_session, clock, "tiem", title="Tiêm phòng", body=body)
    any_session.add(Page(slug="dai", title="Trang dại", updated_at=clock() - timedelta(days=1)))
    any_session.flush()
    assert found(any_session, "PHONG dai") == ["Tiêm phòng"]
    assert found(any_session, "dại") == ["Tiêm phòng", "Trang dại"]
    assert found(any_session, "dại", kind="page") == ["Trang dại"]
    assert found(any_session, "strong") == found(any_session, "%") == found(any_session, " ") == []
    one.body = "<p>Lịch nghỉ</p>"
    any_session.flush()
    assert found(any_session, "dại") == ["Trang dại"]
    trash.put(any_session, one, None, clock())
    any_session.flush()
    assert found(any_session, "nghỉ") == []
    trash.restore(any_session, one, None, clock())
    any_session.flush()
    assert found(any_session, "nghi") == ["Tiêm phòng"]
    any_session.delete(one)
    any_session.flush()
    assert found(any_session, "nghi") == []


def test_rows_without_words_get_them_once(any_session: Session, clock: StoppedClock) -> None:
    for number in range(3):
        article(any_session, clock, f"bai-{number}", title=f"Bài về xyzzy {number}")
    thrown = article(any_session, clock, "bai-4", title="Bài về xyzzy 4")
    trash.put(any_session, thrown, None, clock())
    any_session.flush()
    any_session.execute(delete(EditorialText))
    assert texts.complete(any_session) == 3
    assert texts.complete(any_session) == 0
    assert len(found(any_session, "xyzzy")) == 3


def test_pages_of_results(session: Session, clock: StoppedClock) -> None:
    for number in range(texts.PAGE_SIZE + 2):
        article(session, clock, f"bai-{number}", title=f"xyzzy {number}")
    last = search(session, "xyzzy", page=99)
    assert (last.page, last.pages, last.total, len(last.items)) == (2, 2, 22, 2)
