"""How a paper is issued: numbered, stored once, never anew, never changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers.event_data import (
    Item,
    SupplementAsked,
)
from content.dossiers.reads import view_of
from content.dossiers.states import Action, Actor
from content.errors import Invalid, InvalidTransition, NotFound
from content.letters.issued import IssuedPaper, prints_of
from content.letters.issuing import Order, count_print, keep, render, reserve
from content.letters.listing import paper_lines
from content.letters.render import Letters
from content.letters.sources import event_source, orders_for
from content.outbox import OutboxJob
from tests.content.dossiers_service.papers import (
    SITE,
    act,
    in_progress,
    issued,
    received,
    text,
)
from tests.content.dossiers_service.world import World
from tests.content.letters.reading import flat


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


def test_bytes_are_stored_once_and_are_never_made_anew(world, clock, letters) -> None:
    dossier = received(world, clock())
    event = view_of(world.session, dossier).dossier.events[-1]
    (paper,) = issued(world, letters, event, clock())
    first, code = paper.digest, paper.check_code
    assert paper.file is not None
    assert paper.file.sha256 == first
    assert paper.small_digest not in (None, first)
    assert paper.sign_box is not None
    # Even if what stands in the dossier were another thing today.
    dossier.applicant_phone = "0999999999"
    (again,) = issued(world, letters, event, clock() + timedelta(days=400))
    assert (again.id, again.digest, again.check_code) == (paper.id, first, code)
    assert again.issued_at == clock()
    assert flat(code[:4]) in text(world, paper)


def test_an_issued_paper_never_changes_and_is_never_deleted(world, clock, letters) -> None:
    dossier = received(world, clock())
    event = view_of(world.session, dossier).dossier.events[-1]
    (paper,) = issued(world, letters, event, clock())
    world.session.flush()
    for name, value in {"number": 7, "digest": "0" * 64, "title": "Khác"}.items():
        with pytest.raises(InvalidTransition), world.session.begin_nested():
            changed(world, paper, name, value)
        world.session.refresh(paper)
    with pytest.raises(InvalidTransition), world.session.begin_nested():
        deleted(world, paper)


def changed(world: World, paper: IssuedPaper, name: str, value: Any) -> None:
    setattr(paper, name, value)
    world.session.flush()


def deleted(world: World, paper: IssuedPaper) -> None:
    world.session.delete(paper)
    world.session.flush()


def slip_order(world: World, clock, source: str, **changes: Any) -> Order:
    dossier = world.submitted(clock())
    event = act(
        world,
        dossier,
        Actor.ONE_STOP,
        Action.REQUEST_SUPPLEMENT_INTAKE,
        clock(),
        SupplementAsked(items=(Item(paper="Tờ khai"),)),
    )
    (order,) = orders_for(world.session, SITE, event_source(event))
    return replace(order, source=source, letter=replace(order.letter, **changes))


def test_numbers_run_by_symbol_agency_and_year(world, clock) -> None:
    next_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Việt Nam
    numbers = []
    for source, changes in (
        ("a", {}),
        ("b", {}),
        ("c", {"symbol": "KHAC"}),
        ("d", {"made_at": next_year}),
    ):
        order = slip_order(world, clock, source, **changes)
        paper = world.session.get(IssuedPaper, reserve(world.session, order, SITE).paper_id)
        numbers.append((paper.number, paper.symbol, paper.year))
    assert numbers == [(1, "HDHS", 2026), (2, "HDHS", 2026), (1, "KHAC", 2026), (1, "HDHS", 2027)]
    order = replace(slip_order(world, clock, "e"), agency_id=world.centre.id)
    paper = world.session.get(IssuedPaper, reserve(world.session, order, SITE).paper_id)
    assert paper.number == 1


def test_a_paper_whose_making_was_cut_short_is_made_later_with_its_number(
    world, clock, letters
) -> None:
    order = slip_order(world, clock, "a")
    first = reserve(world.session, order, SITE)
    second = reserve(world.session, order, SITE)
    assert first.paper_id == second.paper_id
    assert second.letter is not None
    assert second.letter.number == 1
    rendered = render(letters, second.letter)
    keep(world.session, world.files, second.paper_id, rendered, clock())
    keep(world.session, world.files, second.paper_id, rendered, clock() + timedelta(days=1))
    paper = world.session.get(IssuedPaper, second.paper_id)
    assert paper.issued_at == clock()
    assert reserve(world.session, order, SITE).letter is None


def test_lists_say_what_is_issued_what_waits_and_what_is_in_trouble(world, clock, letters) -> None:
    dossier = in_progress(world, clock())
    said = SupplementAsked(items=(Item(paper="Tờ khai"),))
    asked = act(world, dossier, Actor.SPECIALIST, Action.REQUEST_SUPPLEMENT_PROCESS, clock(), said)
    lines = paper_lines(world.session, dossier)
    assert [(one.slug, one.is_issued, one.trouble) for one in lines] == [
        ("giay-tiep-nhan", False, False),
        ("phieu-bo-sung", False, False),
    ]
    job = world.session.scalars(select(OutboxJob).where(OutboxJob.key == event_source(asked))).one()
    job.last_error = "hỏng"
    issued(world, letters, dossier.events[1], clock())
    lines = paper_lines(world.session, dossier)
    assert [(one.is_issued, one.trouble) for one in lines] == [(True, False), (False, True)]


def test_printings_are_counted_with_who_and_when(world, clock, letters) -> None:
    dossier = received(world, clock())
    (paper,) = issued(world, letters, view_of(world.session, dossier).dossier.events[-1], clock())
    assert prints_of(world.session, [paper.id]) == {}
    count_print(world.session, paper, world.officer, "a4", clock())
    world.session.flush()
    count_print(world.session, paper, world.officer, "a5", clock() + timedelta(hours=1))
    world.session.flush()
    found = prints_of(world.session, [paper.id])[paper.id]
    assert (found.count, found.last_by) == (2, "Trần Văn Một")
    assert found.last_at == clock() + timedelta(hours=1)


def test_what_is_not_there_is_not_made(world, clock) -> None:
    for source in ("dossier:1:99", "nothing:1", "dossier:999999:1"):
        with pytest.raises(NotFound):
            orders_for(world.session, SITE, source)
    dossier = in_progress(world, clock())
    event = act(world, dossier, Actor.SPECIALIST, Action.REQUEST_SUPPLEMENT_PROCESS, clock())
    with pytest.raises(Invalid):
        orders_for(world.session, SITE, event_source(event))
