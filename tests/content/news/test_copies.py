"""What readers see is complete, keeps its old addresses, and with four eyes needs two."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.media.kinds import MediumKind
from content.media.models import Medium
from content.media.usages import usages
from content.news import reads
from content.news.copies import CopyService
from content.news.models import Article, WorkingCopy
from content.news.review import ReviewService
from content.news.service import NewsService, subject_of
from content.news.texts import PageText
from content.writing import revisions
from tests.content.news.drafts import TEXT, draft
from tests.content.writing.people import account
from tests.support.clock import StoppedClock


def published(session: Session, clock: StoppedClock) -> Article:
    article = draft(session, clock)
    ReviewService(session, clock()).publish(article, actor_id=None)
    session.flush()
    return article


@pytest.mark.parametrize("emptied", [{"body": " "}, {"lead": ""}, {"title": " "}])
def test_what_readers_see_is_not_emptied(
    session: Session, clock: StoppedClock, emptied: dict[str, str]
) -> None:
    article, service = published(session, clock), NewsService(session, clock())
    changed = replace(TEXT, **emptied)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        service.edit(article, changed, revision=article.revision, actor_id=None)
    assert refused.value.code == "article_incomplete"
    assert list(refused.value.problems) == list(emptied)
    assert article.body == "Sáng nay."


def test_a_revision_that_lacks_something_is_not_restored_before_readers(
    session: Session, clock: StoppedClock
) -> None:
    service = NewsService(session, clock())
    article = service.create(replace(TEXT, lead=""), actor_id=None)
    service.edit(article, TEXT, revision=article.revision, actor_id=None)
    session.flush()
    ReviewService(session, clock()).publish(article, actor_id=None)
    session.flush()
    with pytest.raises(Invalid):
        service.restore(article, 1, actor_id=None)
    assert article.lead == "Thông xe."


def test_an_address_that_leads_somewhere_is_not_taken(
    any_session: Session, clock: StoppedClock
) -> None:
    service = NewsService(any_session, clock())
    first, second = published(any_session, clock), draft(any_session, clock)

    def move(article: Article, slug: str) -> None:
        service.edit(article, replace(TEXT, slug=slug), revision=article.revision, actor_id=None)
        any_session.flush()

    move(first, "cau-nam-tham")
    with pytest.raises(Invalid) as refused:
        move(second, "cau-moi")
    assert refused.value.code == "address_taken"
    assert reads.moved(any_session, "article", "cau-moi") == first.id
    # Its own former address it may have back.
    move(first, "cau-moi")
    assert reads.moved(any_session, "article", "cau-moi") is None
    assert reads.moved(any_session, "article", "cau-nam-tham") == first.id


def test_with_four_eyes_one_changes_and_another_publishes(
    any_session: Session, clock: StoppedClock
) -> None:
    one, two = (account(any_session, clock, name) for name in ("Biên", "Tập"))
    article = published(any_session, clock)
    news = NewsService(any_session, clock(), four_eyes=True)
    with pytest.raises(NotAllowed):
        news.edit(article, TEXT, revision=article.revision, actor_id=one)
    with pytest.raises(NotAllowed):
        news.restore(article, 1, actor_id=one)
    service = CopyService(any_session, clock())
    changed = replace(TEXT, lead="Thông xe sáng nay.")
    copy = service.keep(article, changed, revision=article.revision, copy=0, actor_id=one)
    any_session.flush()
    assert article.lead == "Thông xe."
    with pytest.raises(NotAllowed):
        service.publish(article, copy=copy.revision, actor_id=one)
    with pytest.raises(Conflict):
        service.publish(article, copy=copy.revision + 1, actor_id=two)
    with pytest.raises(Conflict):
        service.keep(article, TEXT, revision=article.revision, copy=0, actor_id=two)
    service.publish(article, copy=copy.revision, actor_id=two)
    any_session.flush()
    assert article.lead == "Thông xe sáng nay."
    assert any_session.get(WorkingCopy, subject_of(article)) is None
    assert revisions.history(any_session, subject_of(article))[0].written_by == one
    acts = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert acts[-3:] == ["article.copy_kept", "article.edited", "article.copy_published"]
    with pytest.raises(InvalidTransition):
        service.publish(article, copy=1, actor_id=two)


def test_a_copy_obeys_the_rules_of_what_is_published(session: Session, clock: StoppedClock) -> None:
    article, service = published(session, clock), CopyService(session, clock())
    with pytest.raises(Invalid):
        service.keep(
            article, replace(TEXT, body=""), revision=article.revision, copy=0, actor_id=None
        )
    with pytest.raises(InvalidTransition):
        service.keep(draft(session, clock), TEXT, revision=1, copy=0, actor_id=None)


def test_what_was_withdrawn_goes_on_from_its_copy(session: Session, clock: StoppedClock) -> None:
    article, service = published(session, clock), CopyService(session, clock())
    service.keep(
        article, replace(TEXT, lead="Khác."), revision=article.revision, copy=0, actor_id=None
    )
    session.flush()
    ReviewService(session, clock()).withdraw(article, actor_id=None)
    session.flush()
    news = NewsService(session, clock(), four_eyes=True)
    with pytest.raises(Invalid):
        news.restore(article, 1, actor_id=None)
    text = service.text(article)
    assert text is not None
    news.edit(article, text, revision=article.revision, actor_id=None)
    session.flush()
    assert (article.lead, service.find(article)) == ("Khác.", None)


def test_every_place_that_shows_a_medium_is_known(
    any_session: Session, clock: StoppedClock
) -> None:
    medium = Medium(
        key="0123456789ab", kind=MediumKind.IMAGE, title="Cầu", alt="Cầu", name="cau.jpg"
    )
    address, news = medium.address, NewsService(any_session, clock())
    shown = ((address, "Cầu"),)
    for title, told in (
        ("Trong bài", {"body": f"![Cầu]({address})"}),
        ("Ảnh đại diện", {"picture": address, "picture_alt": "Cầu"}),
        ("Bộ ảnh", {"gallery": shown}),
        ("Tệp đính kèm", {"attachments": shown}),
        ("Không dùng", {}),
    ):
        news.create(replace(TEXT, title=title, **told), actor_id=None)  # type: ignore[arg-type]
    news.create_page(PageText("Trang", body=f"[Cầu]({address})"), actor_id=None)
    copied = published(any_session, clock)
    CopyService(any_session, clock()).keep(
        copied, replace(TEXT, gallery=shown), revision=copied.revision, copy=0, actor_id=None
    )
    any_session.flush()
    assert sorted(one.title for one in usages(any_session, medium)) == [
        "Bộ ảnh",
        "Cầu mới (bản sửa chờ công bố)",
        *("Trang", "Trong bài", "Tệp đính kèm", "Ảnh đại diện"),
    ]
