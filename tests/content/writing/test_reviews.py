"""Days of review: planned, come due, reminded of once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.news.models import ArticleStatus, Page
from content.outbox import OutboxJob
from content.people.models import Account, AccountKind
from content.words import local
from content.writing import reviews, trash
from tests.support.clock import StoppedClock


@pytest.fixture
def page(any_session: Session, clock: StoppedClock) -> Page:
    made = Page(
        slug="gioi-thieu",
        title="Giới thiệu",
        status=ArticleStatus.PUBLISHED,
        updated_at=clock(),
    )
    person = Account(
        email="a@example.vn",
        email_key="a@example.vn",
        name="A",
        kind=AccountKind.CITIZEN,
        password_hash="x",
        created_at=clock(),
    )
    any_session.add_all([made, person])
    any_session.flush()
    return made


def person_id(session: Session) -> int:
    return session.scalars(select(Account.id)).one()


def test_what_readers_see_comes_due_and_is_reminded_of_once(
    any_session: Session, clock: StoppedClock, page: Page
) -> None:
    now, subject = clock(), f"page:{page.id}"
    today = local(now).date()
    me = person_id(any_session)
    for day, code in ((today, "not_after_today"), (today + timedelta(days=9999), "too_far")):
        with pytest.raises(Invalid) as refused:
            reviews.plan(any_session, subject, day, is_checked=False, revision=0, by=me, now=now)
        assert refused.value.code == code
    day = today + timedelta(days=3)
    plan = reviews.plan(any_session, subject, day, is_checked=False, revision=0, by=me, now=now)
    with pytest.raises(Conflict):
        reviews.plan(any_session, subject, None, is_checked=False, revision=0, by=me, now=now)
    assert reviews.due(any_session, today) == []
    later = now + timedelta(days=3)
    assert [one.obj for one in reviews.due(any_session, day)] == [page]
    assert reviews.remind(any_session, now=later) == 1
    assert reviews.remind(any_session, now=later) == 0
    any_session.flush()
    (mail,) = any_session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
    assert mail.payload["values"]["title"] == "Giới thiệu"

    page.status = ArticleStatus.WITHDRAWN
    assert reviews.due(any_session, day) == []
    page.status = ArticleStatus.PUBLISHED
    trash.put(any_session, page, None, now)
    any_session.flush()
    assert reviews.due(any_session, day) == []
    trash.restore(any_session, page, None, now)
    reviews.plan(
        any_session, subject, None, is_checked=True, revision=plan.revision, by=me, now=later
    )
    assert plan.checked_at == later
    assert reviews.due(any_session, day) == []
