"""Colours that can be read, menus without circles, visits without visitors."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.site import colours, frame, visits
from content.site.models import Banner, MenuItem, MenuPlace, Severity, VisitDay, VisitMark
from content.site.service import SiteService, is_address
from tests.support.clock import StoppedClock

BROWSER = "Mozilla/5.0 (Linux; Android 9) Firefox/120"
SECRET = "x" * 40


@pytest.fixture
def site(session: Session, clock: StoppedClock) -> SiteService:
    return SiteService(session, clock())


def line(site: SiteService, words: str, parent: MenuItem | None = None) -> MenuItem:
    values = {
        "place": MenuPlace.FOOTER,
        "words": words,
        "address": "/tin-tuc",
        "parent_id": parent.id if parent else None,
    }
    return site.save_menu_item(MenuItem(), values, revision=0, actor_id=None)


def under(site: SiteService, item: MenuItem, parent: MenuItem) -> None:
    values = {"place": MenuPlace.FOOTER, "parent_id": parent.id}
    site.save_menu_item(item, values, revision=item.revision, actor_id=None)


@given(st.integers(0, 0xFFFFFF))
@settings(max_examples=60)
def test_what_is_derived_from_a_readable_colour_is_readable(number: int) -> None:
    colour = f"#{number:06x}"
    if colours.contrast(colour, colours.WHITE) >= colours.LEAST:
        assert colours.contrast(colours.strong(colour), colours.WHITE) >= colours.LEAST
        assert colours.contrast(colours.strong(colour), colours.tint(colour)) >= colours.LEAST


def test_contrast_is_as_wcag_says() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_pale_colour_is_refused_with_its_contrast(site: SiteService) -> None:
    with pytest.raises(Invalid) as refused:
        site.save_identity({"colour": "#ffd700"}, revision=0, actor_id=None)
    assert refused.value.code == "colour_pale"
    assert refused.value.data["contrast"] < 2
    for nonsense in ("red", "#12345g", "#123", "#123456;}*{}"):
        with pytest.raises(Invalid):
            site.save_identity({"colour": nonsense}, revision=0, actor_id=None)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//example.org", "/\\example.org", "data:x", "a b", "https:"]
)
def test_an_address_that_leads_astray_is_refused(address: str) -> None:
    assert not is_address(address)
    assert is_address("/tin-tuc?trang=2")
    assert is_address("tel:113")


def test_a_menu_has_no_circle_and_two_levels(site: SiteService) -> None:
    one, two = line(site, "Một"), line(site, "Hai")
    with pytest.raises(Invalid) as refused:
        under(site, one, one)
    assert refused.value.code == "menu_circle"
    under(site, two, one)
    with pytest.raises(Invalid) as refused:
        under(site, one, two)
    assert refused.value.code == "menu_circle"
    with pytest.raises(Invalid) as refused:
        line(site, "Ba", two)
    assert refused.value.code == "menu_deep"
    with pytest.raises(Invalid) as refused:
        site.delete_menu_item(one, actor_id=None)
    assert refused.value.code == "menu_full"


def test_lines_move_among_their_neighbours(site: SiteService, session: Session) -> None:
    lines = [line(site, words) for words in ("Một", "Hai", "Ba")]
    site.move(lines[2], -1, actor_id=None)
    site.move(lines[0], -1, actor_id=None)
    session.flush()
    assert [one.words for one in frame.read(session).footer] == ["Một", "Ba", "Hai"]


def test_a_banner_is_on_from_its_beginning_to_its_end(
    site: SiteService, session: Session, clock: StoppedClock
) -> None:
    now = clock()
    times = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=2)}
    for severity, title in ((Severity.NEWS, "Tin"), (Severity.EMERGENCY, "Bão")):
        values = {"severity": severity, "title": title, "is_on": True, **times}
        site.save_banner(Banner(), values, revision=0, actor_id=None)
    known = frame.read(session)
    shown = [
        [one.title for one in known.banners(now + timedelta(minutes=minutes))]
        for minutes in (59, 60, 119, 120)
    ]
    assert shown == [[], ["Bão", "Tin"], ["Bão", "Tin"], []]
    wrong = {"starts_at": now, "ends_at": now}
    with pytest.raises(Invalid):
        site.save_banner(Banner(), wrong, revision=0, actor_id=None)


def test_the_second_of_two_editors_is_told(site: SiteService) -> None:
    values = {"severity": Severity.NEWS, "title": "Một", "is_on": True}
    banner = site.save_banner(Banner(), values, revision=0, actor_id=None)
    with pytest.raises(Conflict):
        site.save_banner(banner, values, revision=banner.revision + 1, actor_id=None)


def test_the_frame_is_read_again_only_when_something_changed(
    site: SiteService, session: Session
) -> None:
    line(site, "Một")
    known = frame.read(session)
    assert frame.read(session, known) is known
    line(site, "Hai")
    assert len(frame.read(session, known).footer) == 2


def test_people_are_counted_once_a_day_and_robots_never(
    session: Session, clock: StoppedClock
) -> None:
    one, two = visits.Visits(SECRET), visits.Visits(SECRET)
    for _ in range(5):
        one.note("10.0.0.1", BROWSER, clock(), "article:1")
    one.note("10.0.0.2", BROWSER, clock(), "article:1")
    two.note("10.0.0.1", BROWSER, clock())
    for robot in ("Googlebot/2.1", "curl/8.0", "", "python-requests/2"):
        one.note("10.0.0.9", robot, clock(), "article:1")
    one.write(session, clock())
    two.write(session, clock())
    assert two.numbers == visits.Numbers(now=2, today=2, week=2, all=2)
    assert visits.views(session, "article:1") == 2
    one.note("10.0.0.1", BROWSER, clock(), "article:1")
    one.write(session, clock())
    assert visits.views(session, "article:1") == 2, "a page loaded again is the same reading"


def test_marks_hold_no_address_and_are_gone_the_next_day(
    session: Session, clock: StoppedClock
) -> None:
    counter = visits.Visits(SECRET)
    counter.note("10.0.0.1", BROWSER, clock())
    counter.write(session, clock())
    [mark] = session.scalars(select(VisitMark.mark)).all()
    assert "10.0.0.1" not in mark
    assert mark != counter.mark("10.0.0.1", BROWSER, clock() + timedelta(days=1))
    counter.write(session, clock() + timedelta(days=1))
    assert session.scalars(select(VisitMark)).all() == []
    assert session.scalars(select(VisitDay.visitors)).all() == [1]
    assert counter.numbers.today == 0
    assert counter.numbers.all == 1


def test_noting_a_visit_asks_no_database(clock: StoppedClock) -> None:
    counter = visits.Visits(SECRET)
    for number in range(visits.MAX_WAITING + 50):
        counter.note(f"10.0.{number // 250}.{number % 250}", BROWSER, clock())
    assert len(counter._seen) == visits.MAX_WAITING
