"""Lists: right counts for every facet, few queries, quick."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from content.procedures.facets import Facet, FacetTable, agencies_of, places
from content.procedures.filing import allowed
from content.procedures.kinds import Filing, Level, Status
from content.procedures.listing import Catalogue, Filters, Scope, Sort, cards, featured
from content.procedures.models import Procedure, Sector
from content.procedures.presentation import card_fee, card_limit
from content.text import sort_key
from tests.content.procedures.conftest import adopted, record, take_in


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements a block executes."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def catalogue(stocked: Session) -> Catalogue:
    made = Catalogue()
    made.table(stocked)
    return made


def test_the_default_list_is_what_is_in_force(stocked, catalogue):
    found = catalogue.listing(stocked, Filters())
    assert found.total == 1452
    assert found.pages == 73
    assert {one.status for one in found.items} == {Status.IN_FORCE}
    assert catalogue.listing(stocked, Filters(scope=Scope.ALL)).total == 1664
    rest = catalogue.listing(stocked, Filters(scope=Scope.EXPIRED), page_size=100)
    assert rest.total == 212
    assert {one.filing for one in rest.items} == {Filing.NONE}


def test_a_page_costs_two_queries_whatever_is_filtered(stocked, catalogue):
    for filters, options in [
        (Filters(), {}),
        (Filters(chosen={Facet.GROUP: "ho-tich", Facet.LEVEL: "xa"}), {"page": 2}),
        (Filters(scope=Scope.ALL), {"sort": Sort.NEWEST, "page_size": 100}),
    ]:
        stocked.expunge_all()
        stocked.rollback()  # each request has a transaction of its own
        stocked.connection()
        with counted(stocked) as statements:
            catalogue.listing(stocked, filters, **options)
        assert len(statements) == 2, statements


def test_counts_of_every_facet_agree_with_the_database(stocked, catalogue):
    facets = catalogue.listing(stocked, Filters()).facets
    current = Procedure.status == Status.IN_FORCE
    by_sector = dict(
        stocked.execute(
            select(Sector.slug, func.count())
            .join(Procedure, Procedure.sector_id == Sector.id)
            .where(current)
            .group_by(Sector.slug)
        ).all()
    )
    assert {one.slug: one.count for one in facets[Facet.SECTOR]} == by_sector
    by_level = dict(
        stocked.execute(
            select(Procedure.level, func.count()).where(current).group_by(Procedure.level)
        ).all()
    )
    levels = {one.slug: one.count for one in facets[Facet.LEVEL]}
    assert levels == {level.slug: count for level, count in by_level.items()}
    service = {one.name: one.count for one in facets[Facet.SERVICE_LEVEL]}
    assert service == {"chưa có thông tin": 1424, "toàn trình": 19, "một phần": 9}
    for values in facets.values():
        assert [one.count for one in values] == sorted((o.count for o in values), reverse=True)


def test_a_choice_narrows_the_others_but_not_its_own_facet(stocked, catalogue):
    plain = catalogue.listing(stocked, Filters()).facets
    chosen = catalogue.listing(stocked, Filters(chosen={Facet.LEVEL: "xa"}))
    assert chosen.facets[Facet.LEVEL] == plain[Facet.LEVEL]
    assert chosen.total == next(one.count for one in plain[Facet.LEVEL] if one.slug == "xa")
    assert sum(one.count for one in chosen.facets[Facet.GROUP]) == chosen.total
    assert {one.level for one in chosen.items} == {Level.COMMUNE}


def test_a_value_nobody_has_finds_nothing(stocked, catalogue):
    found = catalogue.listing(stocked, Filters(chosen={Facet.SECTOR: "khong-co"}))
    assert (found.items, found.total, found.page, found.pages) == ([], 0, 1, 1)


def test_pages_cover_the_list_once_in_the_order_of_the_alphabet(stocked, catalogue):
    ids, names = [], []
    for page in range(1, 16):
        items = catalogue.listing(stocked, Filters(), page=page, page_size=100).items
        ids += [one.id for one in items]
        names += [one.name for one in items]
    assert len(ids) == len(set(ids)) == 1452
    assert all(sort_key(one[:160]) <= sort_key(two[:160]) for one, two in pairwise(names))


@pytest.mark.parametrize(("page", "shown"), [(-5, 1), (0, 1), (73, 73), (10**9, 73)])
def test_pages_out_of_range_are_brought_into_it(stocked, catalogue, page, shown):
    assert catalogue.listing(stocked, Filters(), page=page).page == shown


def test_hits_of_a_search_keep_their_order_and_can_be_narrowed(stocked, catalogue):
    ids = [one.id for one in catalogue.listing(stocked, Filters(), page=7).items][::-1]
    found = catalogue.listing(stocked, Filters(ids=[*ids, 10**9]), sort=Sort.GIVEN)
    assert [one.id for one in found.items] == ids
    level = found.items[0].level
    narrowed = Filters(ids=ids, chosen={Facet.LEVEL: level.slug})
    assert {o.level for o in catalogue.listing(stocked, narrowed, sort=Sort.GIVEN).items} == {level}


def test_newest_first(stocked, catalogue):
    found = catalogue.listing(stocked, Filters(scope=Scope.ALL), sort=Sort.NEWEST, page_size=100)
    dates = [one.status_since for one in found.items]
    assert dates == sorted(dates, reverse=True)


def test_a_status_asked_for_by_name_is_found_everywhere(stocked, catalogue):
    found = catalogue.listing(stocked, Filters(chosen={Facet.STATUS: "historical"}))
    assert found.total == 143


def test_a_change_is_seen_at_once(session: Session):
    catalogue = Catalogue()
    take_in(session, record())
    assert catalogue.listing(session, Filters()).total == 1
    take_in(session, record(code="1.000002", name="Thủ tục khác"))
    assert catalogue.listing(session, Filters()).total == 2


def test_a_change_that_is_rolled_back_leaves_no_trace(database):
    catalogue = Catalogue()
    with database.sessions() as session:
        assert catalogue.listing(session, Filters()).total == 0
    with database.writing_sessions() as session:
        take_in(session, record())
        assert catalogue.listing(session, Filters()).total == 1
        session.rollback()
    with database.writing_sessions() as session:
        take_in(session, record(code="1.000002"), record(code="1.000003"))
        session.commit()
    with database.sessions() as session:
        assert catalogue.listing(session, Filters()).total == 2


def test_figures_of_the_home_page(stocked, catalogue):
    figures = catalogue.figures(stocked)
    assert (figures.current, figures.all) == (1452, 1664)
    assert (figures.full, figures.partial) == (19, 9)
    assert sum(one.count for one in figures.by_level) == 1452
    assert figures.filed_here == stocked.scalar(
        select(func.count()).where(Procedure.filing == Filing.LOCAL)
    )


def test_cards_say_limit_and_fee_without_opening_a_document(stocked):
    home = featured(stocked)
    assert [one.code for one in home][:2] == ["1.001193", "2.000815"]
    assert card_limit(home[0].card) == "Trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo"
    assert card_fee(home[0].card) == "Không thu phí"
    assert card_fee(home[2].card) == "Từ 10.000 đồng đến 20.000 đồng"
    assert cards(stocked, []) == []


def test_the_address_names_the_level_where_the_code_is_anothers(stocked, catalogue):
    found = catalogue.listing(stocked, Filters(chosen={Facet.STATUS: "expired"}), page_size=100)
    by_code = {one.code: one.address for one in found.items if one.code}
    assert by_code["2.000815"] == "2.000815/cap-huyen"


def test_spellings_of_one_agency_count_as_one():
    one = agencies_of("Ủy ban nhân dân cấp xã")
    assert one == agencies_of("UBND cấp xã.") == [("ubnd-cap-xa", "UBND cấp xã")]
    several = agencies_of("Sở Xây dựng, Uỷ ban Nhân dân cấp xã, phường, thị trấn")
    assert [slug for slug, _ in several] == ["so-xay-dung", "ubnd-cap-xa-phuong-thi-tran"]
    assert agencies_of(None) == agencies_of(" , ") == []


@given(st.sets(st.integers(0, 300)))
def test_places_are_the_bits(wanted):
    assert list(places(sum(1 << place for place in wanted))) == sorted(wanted)


@given(st.sets(st.integers(0, 300)), st.integers(0, 320))
def test_places_may_begin_anywhere(wanted, start):
    bits = sum(1 << place for place in wanted)
    assert list(places(bits, start)) == sorted(wanted)[start:]


def test_procedures_without_sector_or_authority_are_listed(session: Session):
    adopted(session, record(field=None, field_group=None, authority=None, applicants=None))
    table = FacetTable.load(session)
    assert table.all == 1
    assert dict(table.bits[Facet.SECTOR]) == {}


def test_filing_follows_the_standing():
    assert allowed(Filing.LOCAL, Status.IN_FORCE) is Filing.LOCAL
    assert allowed(None, Status.IN_FORCE) is None
    assert allowed(Filing.LOCAL, Status.TO_VERIFY) is Filing.NATIONAL
    assert allowed(Filing.COUNTER, Status.NOT_YET) is Filing.COUNTER
    for status in (Status.HISTORICAL, Status.EXPIRED, Status.ABOLISHED):
        assert allowed(Filing.LOCAL, status) is Filing.NONE


def test_a_page_with_facets_takes_a_few_milliseconds(stocked, catalogue):
    """A loose bound for a busy machine; ``make bench`` measures the budget."""
    best = 1.0
    for _ in range(5):
        began = time.process_time()
        for _ in range(10):
            catalogue.listing(stocked, Filters())
        best = min(best, (time.process_time() - began) / 10)
    assert best < 0.02
