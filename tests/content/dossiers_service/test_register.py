"""The register: years, filters, volumes, cancelled lines, the closing, paper and spreadsheet."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine
from content.dossiers.register import RegisterService
from content.dossiers.register_reads import Which, browse, line_numbered, lines_from, years_of
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.letters.from_dossiers import LetterSite, receipt_slip
from content.letters.register_book import COLUMNS, RegisterBook, write_register
from content.letters.render import Letters
from content.letters.values import Office
from content.people.models import Account
from content.people.roles import Role
from tests.content.dossiers_service.world import World, an_account
from tests.content.letters.reading import flat, text_of

REASON = "Nhập nhầm thủ tục, đã rút hồ sơ."


def received(world: World, clock: Any, name: str = "Nguyễn Thị Hoa") -> Dossier:
    dossier = world.submitted(clock(), ho_ten=name)
    world.dossiers(clock()).accept(dossier, world.officer)
    world.session.refresh(dossier)
    return dossier


def line_of(world: World, dossier: Dossier) -> RegisterLine:
    query = select(RegisterLine).where(RegisterLine.dossier_id == dossier.id)
    return world.session.scalars(query).one()


def service(world: World, clock: Any) -> RegisterService:
    return RegisterService(world.session, clock())


@pytest.fixture
def head(world: World, clock: Any) -> Account:
    account = an_account("tp@example.vn", "Phạm Trưởng", clock(), (world.centre.id, Role.HEAD))
    world.session.add(account)
    world.session.flush()
    return account


def test_a_year_is_browsed_by_name_code_and_state(world: World, clock: Any) -> None:
    one, two = received(world, clock), received(world, clock, "Trần Văn Ba = 1")
    assert years_of(world.session, [world.commune.id]) == [2026]
    page = browse(world.session, world.commune.id, 2026)
    assert [(row.number, row.volume, row.code) for row in page.rows] == [
        (1, 1, one.code),
        (2, 1, two.code),
    ]
    assert page.rows[0].in_charge == world.commune.name
    assert (page.rows[0].returned_at, page.rows[0].promised) == (None, one.promised_date)
    for query, numbers in (("tran van", [2]), (one.code[-4:], [1]), ("%", []), ("không", [])):
        found = browse(world.session, world.commune.id, 2026, query=query)
        assert [row.number for row in found.rows] == numbers
    assert browse(world.session, world.commune.id, 2026, which=Which.OPEN).total == 2
    assert browse(world.session, world.commune.id, 2026, which=Which.CANCELLED).total == 0
    assert browse(world.session, world.commune.id, 2025, page=9).rows == ()


def test_numbers_run_on_in_a_new_volume(world: World, clock: Any) -> None:
    with pytest.raises(InvalidTransition, match="volume_empty"):
        service(world, clock).open_volume(world.commune, world.officer)
    received(world, clock)
    service(world, clock).open_volume(world.commune, world.officer)
    with pytest.raises(InvalidTransition, match="volume_empty"):
        service(world, clock).open_volume(world.commune, world.officer)
    dossier = received(world, clock)
    rows = browse(world.session, world.commune.id, 2026).rows
    assert [(row.number, row.volume) for row in rows] == [(1, 1), (2, 2)]
    site = LetterSite("UBND", "X", "1", sample=False, follow_url=lambda code: f"/t?{code}")
    slip = receipt_slip(dossier, site)
    assert (slip.book, slip.entry) == (2, 2)
    with pytest.raises(NotAllowed):
        service(world, clock).open_volume(world.commune, world.citizen)


def test_a_cancelled_line_stays_with_its_reason(world: World, clock: Any) -> None:
    dossier = received(world, clock)
    line = line_of(world, dossier)
    with pytest.raises(InvalidTransition, match="dossier_open"):
        service(world, clock).cancel(line, world.officer, REASON)
    dossier.finished_at = clock()
    for reason, code in (("", "not_a_sentence"), ("nhầm", "not_a_sentence"), ("a " * 4000, "too")):
        with pytest.raises(Invalid) as refused:
            service(world, clock).cancel(line, world.officer, reason)
        assert refused.value.problems["reason"].startswith(code)
    with pytest.raises(NotAllowed):
        service(world, clock).cancel(line, world.citizen, REASON)
    service(world, clock).cancel(line, world.officer, REASON)
    with pytest.raises(InvalidTransition, match="cancelled_already"):
        service(world, clock).cancel(line, world.officer, REASON)
    assert line_of(world, received(world, clock)).number == 2
    found = browse(world.session, world.commune.id, 2026, which=Which.CANCELLED)
    assert [(row.number, row.cancelled_because) for row in found.rows] == [(1, REASON)]


def test_a_year_that_is_over_is_closed_by_the_head_for_good(
    world: World, clock: Any, head: Account
) -> None:
    dossier = received(world, clock)
    dossier.finished_at = clock()
    with pytest.raises(InvalidTransition, match="year_not_over"):
        service(world, clock).close(world.commune, 2026, head)
    clock.move(days=45)
    with pytest.raises(NotAllowed):
        service(world, clock).close(world.commune, 2026, world.officer)
    with pytest.raises(InvalidTransition, match="register_empty"):
        service(world, clock).close(world.centre, 2026, head)
    closing = service(world, clock).close(world.commune, 2026, head)
    assert (closing.last_number, closing.cancelled, closing.closed_by_name) == (1, 0, "Phạm Trưởng")
    world.session.flush()
    with pytest.raises(InvalidTransition, match="register_closed"):
        service(world, clock).close(world.commune, 2026, head)
    with pytest.raises(InvalidTransition, match="register_closed"):
        service(world, clock).cancel(line_of(world, dossier), world.officer, REASON)
    assert line_of(world, received(world, clock)).year == 2027


def test_it_is_printed_in_the_statutory_columns(world: World, clock: Any, head: Account) -> None:
    dossier = received(world, clock, "Trần Văn Ba")
    dossier.finished_at = clock()
    service(world, clock).cancel(line_of(world, dossier), world.officer, REASON)
    received(world, clock, "=HYPERLINK(1)")
    rows = lines_from(world.session, world.commune.id, 2026, first=1, many=100)
    clock.move(days=45)
    closing = service(world, clock).close(world.commune, 2026, head)
    office = Office(name="UBND tỉnh", desk=world.commune.name, place="An Bình")
    book = RegisterBook(
        office=office, year=2026, rows=rows, made_at=clock(), closing=closing, sample=True
    )
    said = text_of(Letters().make(book))
    for words in (dossier.code, "Trần Văn Ba", f"Đã hủy: {REASON}", "Mẫu số 07", "Sổ khóa"):
        assert flat(words) in said
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(write_register(rows, office=world.commune.name, year=2026))
    )
    grid = sheet.get_sheet_by_index(0).to_python()
    assert tuple(grid[1]) == COLUMNS
    assert [row[4] for row in grid[2:]] == ["Trần Văn Ba", "=HYPERLINK(1)"]
    assert grid[2][11] == f"Đã hủy: {REASON}"


def test_one_line_is_found_by_its_number(world: World, clock: Any) -> None:
    received(world, clock)
    assert line_numbered(world.session, world.commune.id, 2026, 1) is not None
    assert line_numbered(world.session, world.commune.id, 2026, 2) is None
