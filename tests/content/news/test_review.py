"""The way of an article: review, dates, four eyes, moving, going back."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed, NotFound
from content.news import reads
from content.news.models import Article, ArticleStatus, BodyFormat, Page, ReviewState
from content.news.review import ReviewService, take_back_what_is_over
from content.news.service import NewsService, subject_of
from content.news.texts import ArticleText, PageText
from content.outbox import OutboxJob
from content.writing import revisions, trash
from tests.content.news.drafts import TEXT, draft
from tests.content.writing.people import account
from tests.support.clock import StoppedClock


def titles(session: Session, clock: StoppedClock) -> list[str]:
    return [one.title for one in session.scalars(reads.public(clock()))]


def test_a_draft_is_sent_sent_back_and_published(any_session: Session, clock: StoppedClock) -> None:
    writer = account(any_session, clock, "Biên")
    article, review = draft(any_session, clock), ReviewService(any_session, clock())
    review.send(article, "Nhờ xem số liệu", actor_id=writer)
    assert (article.review, article.review_note) == (ReviewState.WAITING, "Nhờ xem số liệu")
    with pytest.raises(InvalidTransition):
        review.send(article, "", actor_id=writer)
    with pytest.raises(Invalid):
        review.send_back(article, " ", actor_id=writer)
    review.send_back(article, "Ghi thêm ngày", actor_id=writer)
    assert [one.text for one in review.comments(article)] == ["Ghi thêm ngày"]
    review.send(article, "", actor_id=writer)
    review.publish(article, actor_id=writer)
    assert (article.status, article.review) == (ArticleStatus.PUBLISHED, ReviewState.NONE)
    assert titles(any_session, clock) == ["Cầu mới"]


def test_both_ends_of_a_schedule_are_kept(any_session: Session, clock: StoppedClock) -> None:
    article, review = draft(any_session, clock), ReviewService(any_session, clock())
    begins, ends = clock() + timedelta(hours=1), clock() + timedelta(hours=2)
    with pytest.raises(Invalid):
        review.publish(article, actor_id=None, at=ends, until=begins)
    review.publish(article, actor_id=None, at=begins, until=ends)
    assert titles(any_session, clock) == []
    clock.move(hours=1)
    assert titles(any_session, clock) == ["Cầu mới"]
    assert take_back_what_is_over(any_session, clock()) == 0
    clock.move(hours=1)
    assert titles(any_session, clock) == []
    any_session.commit()
    any_session.execute(delete(OutboxJob))
    assert take_back_what_is_over(any_session, clock()) == 1
    any_session.flush()
    assert article.status is ArticleStatus.WITHDRAWN
    # The index is told.
    assert [one.key for one in any_session.scalars(select(OutboxJob))] == [f"article:{article.id}"]


def test_who_wrote_last_does_not_publish_where_four_eyes_are_asked_for(
    session: Session, clock: StoppedClock
) -> None:
    one, two = (account(session, clock, name) for name in ("Biên", "Tập"))
    article = NewsService(session, clock()).create(TEXT, actor_id=one)
    review = ReviewService(session, clock(), four_eyes=True)
    with pytest.raises(NotAllowed):
        review.publish(article, actor_id=one)
    review.publish(article, actor_id=two)


def test_a_picture_without_words_is_not_published(session: Session, clock: StoppedClock) -> None:
    body = '<p>a</p><img src="/tep/0123456789ab/a.png">'
    text = ArticleText("Ảnh", "the-che", lead="x", body=body, body_format=BodyFormat.HTML)
    article = draft(session, clock, text)
    with pytest.raises(Invalid) as refused:
        ReviewService(session, clock()).publish(article, actor_id=None)
    assert refused.value.problems == {"picture_words": "required"}


def test_an_address_that_changed_leads_on(any_session: Session, clock: StoppedClock) -> None:
    service = NewsService(any_session, clock())
    article, other = draft(any_session, clock), draft(any_session, clock)
    assert (article.slug, other.slug) == ("cau-moi", "cau-moi-2")

    def move(one: Article, slug: str) -> None:
        text = ArticleText("Cầu mới", "hien-dai-hoa", slug=slug)
        service.edit(one, text, revision=one.revision, actor_id=None)

    move(article, "Cầu Nậm Thẳm")
    assert article.slug == "cau-nam-tham"
    assert reads.moved(any_session, "article", "cau-moi") == article.id
    with pytest.raises(Invalid):
        move(other, "cau-nam-tham")
    # A new article does not take an address that leads elsewhere.
    assert draft(any_session, clock).slug == "cau-moi-3"
    move(article, "cau-moi")
    assert reads.moved(any_session, "article", "cau-moi") is None
    assert reads.moved(any_session, "article", "cau-nam-tham") == article.id


def test_what_was_said_before_can_be_said_again(any_session: Session, clock: StoppedClock) -> None:
    service = NewsService(any_session, clock())
    article = draft(any_session, clock)
    changed = ArticleText("Cầu cũ", "the-che", tags=("Cầu", "Đường"))
    service.edit(article, changed, revision=article.revision, actor_id=None)
    any_session.flush()
    assert [row.slug for row in article.tag_rows] == ["cau", "duong"]
    service.restore(article, 1, actor_id=None)
    assert (article.title, article.tags, article.lead) == ("Cầu mới", ["Giao thông"], "Thông xe.")
    any_session.flush()
    any_session.expire_all()
    assert [row.slug for row in article.tag_rows] == ["giao-thong"]
    notes = [one.note for one in revisions.history(any_session, subject_of(article))]
    assert notes == ["#1", "", ""]
    with pytest.raises(NotFound):
        service.restore(article, 9, actor_id=None)


def test_the_second_of_two_who_save_is_stopped(session: Session, clock: StoppedClock) -> None:
    article = draft(session, clock)
    with pytest.raises(Conflict):
        NewsService(session, clock()).edit(article, TEXT, revision=99, actor_id=None)


def test_a_page_does_not_stand_below_itself(any_session: Session, clock: StoppedClock) -> None:
    service = NewsService(any_session, clock())
    top = service.create_page(PageText("Giới thiệu", body="x"), actor_id=None)
    below = service.create_page(PageText("Lịch sử", parent_id=top.id), actor_id=None)
    for parent in (top.id, below.id):
        text = PageText("Giới thiệu", parent_id=parent)
        with pytest.raises(Invalid):
            service.edit(top, text, revision=top.revision, actor_id=None)
    ReviewService(any_session, clock()).publish(top, actor_id=None)
    assert [one.slug for one in reads.pages(any_session, clock())] == ["gioi-thieu"]


@pytest.mark.parametrize("model", [Article, Page])
def test_what_lies_in_the_bin_is_nobodys_to_read(
    session: Session, clock: StoppedClock, model: type[Article] | type[Page]
) -> None:
    service, review = NewsService(session, clock()), ReviewService(session, clock())
    one: Article | Page = draft(session, clock)
    if model is Page:
        one = service.create_page(PageText("Trang", body="x"), actor_id=None)
    review.publish(one, actor_id=None)
    trash.put(session, one, None, clock())
    session.flush()
    assert titles(session, clock) == []
    assert list(reads.pages(session, clock())) == []
    trash.restore(session, one, None, clock())
    session.flush()
    shown = titles(session, clock) if model is Article else reads.pages(session, clock())
    assert len(shown) == 1
    trash.put(session, one, None, clock())
    session.flush()
    clock.move(days=30)
    assert trash.purge(session, clock()) == 1


def test_related_articles_come_by_hand_or_by_tag(session: Session, clock: StoppedClock) -> None:
    found = [draft(session, clock) for _ in range(3)]
    for one in found:
        ReviewService(session, clock()).publish(one, actor_id=None)
    session.flush()
    first, second, third = found
    assert {one.id for one in reads.related(session, clock(), first)} == {second.id, third.id}
    first.related = [third.slug, "khong-co"]
    assert [one.id for one in reads.related(session, clock(), first)] == [third.id]
    assert reads.tagged(session, clock(), "giao-thong").total == 3
    assert reads.tag_name(session, "giao-thong") == "Giao thông"
