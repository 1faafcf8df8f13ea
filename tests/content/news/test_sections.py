"""The tree of sections: the six contents of reform first, then whatever editors arrange."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.news import reads, sections
from content.news.review import ReviewService
from content.news.sections import USUAL, Section, SectionService
from content.news.service import NewsService
from tests.content.news.drafts import TEXT
from tests.support.clock import StoppedClock


def save(session: Session, clock: StoppedClock, name: str, parent: Section | None) -> Section:
    service = SectionService(session, clock())
    parent_id = parent.id if parent else None
    return service.save(Section(), name=name, parent_id=parent_id, revision=0, actor_id=None)


def test_the_six_contents_are_there_and_have_children(
    any_session: Session, clock: StoppedClock
) -> None:
    assert [(one.slug, one.name) for one in sections.all_sections(any_session)] == list(USUAL)
    top = sections.find(any_session, "hien-dai-hoa")
    assert top is not None
    below = save(any_session, clock, "Chuyển đổi số", top)
    lowest = save(any_session, clock, "Dữ liệu mở", below)
    assert sections.slugs_within(any_session, top) == [top.slug, "chuyen-doi-so", "du-lieu-mo"]
    assert sections.slugs_within(any_session, lowest) == ["du-lieu-mo"]
    assert sections.above(any_session, lowest) == [top, below]
    news, review = NewsService(any_session, clock()), ReviewService(any_session, clock())
    for number, slug in enumerate(("hien-dai-hoa", "du-lieu-mo", "the-che")):
        article = news.create(replace(TEXT, title=f"Tin {number}", section=slug), actor_id=None)
        review.publish(article, actor_id=None)
    any_session.flush()
    found = reads.articles(any_session, clock(), section=top)
    assert sorted(one.section.slug for one in found.items) == ["du-lieu-mo", "hien-dai-hoa"]
    assert [one.section_slug for one in reads.latest(any_session, clock(), section=below, limit=9)]


def test_a_name_changes_and_an_address_does_not(session: Session, clock: StoppedClock) -> None:
    one = save(session, clock, "Chuyển đổi số", None)
    service = SectionService(session, clock())
    service.save(one, name="Số hóa", parent_id=None, revision=one.revision, actor_id=None)
    session.flush()
    assert (one.slug, one.name) == ("chuyen-doi-so", "Số hóa")
    with pytest.raises(Conflict):
        service.save(one, name="Khác", parent_id=None, revision=99, actor_id=None)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Thể chế", "section_taken"), ("The", "section_reserved"), ("…", "address_empty")],
)
def test_an_address_that_is_taken_is_refused(
    session: Session, clock: StoppedClock, name: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save(session, clock, name, None)
    assert refused.value.code == code


def test_circles_depth_and_what_is_full_are_refused(session: Session, clock: StoppedClock) -> None:
    service = SectionService(session, clock())
    one = save(session, clock, "Một", None)
    two = save(session, clock, "Hai", one)
    three = save(session, clock, "Ba", two)
    for section, parent, code in (
        (one, three, "section_circle"),
        (one, one, "section_circle"),
        (Section(), three, "section_deep"),
    ):
        with pytest.raises(Invalid) as refused:
            service.save(
                section,
                name="Bốn",
                parent_id=parent.id,
                revision=section.revision or 0,
                actor_id=None,
            )
        assert refused.value.code == code
    with pytest.raises(Invalid):
        service.save(Section(), name="Năm", parent_id=9999, revision=0, actor_id=None)
    for section, articles in ((two, 0), (three, 1)):
        with pytest.raises(Invalid):
            service.delete(section, articles, actor_id=None)
    service.delete(three, 0, actor_id=None)
    session.flush()
    assert sections.find(session, "ba") is None


def test_an_article_of_no_section_is_refused(session: Session, clock: StoppedClock) -> None:
    with pytest.raises(Invalid) as refused:
        NewsService(session, clock()).create(replace(TEXT, section="khong-co"), actor_id=None)
    assert refused.value.code == "section_unknown"
