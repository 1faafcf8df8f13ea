"""Who sees what: the owner everything, the desk its own, anybody with a code the progress."""

from collections.abc import Callable
from dataclasses import asdict

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from content.dossiers import inbox, lookup, reads
from content.dossiers.desks import desks_of
from content.dossiers.heaps import Heaps, Tab
from content.dossiers.inbox import Asked, Sort
from content.dossiers.inbox_filters import Wanted
from content.dossiers.sight import Sight, sight_of
from content.dossiers.states import Phase
from content.dossiers.visibility import Viewer
from content.errors import NotFound
from content.people.roles import Role
from tests.content.dossiers_service.world import World, an_account, build, calendar


@pytest.fixture
def received(world: World, clock):
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    return dossier


def test_a_code_alone_shows_progress_and_nothing_else(world: World, received) -> None:
    for typed in (received.code, received.lookup_code, received.lookup_code.lower() + " "):
        found = lookup.look_up(world.session, typed)
        assert (found.viewer, found.dossier) == (Viewer.ANONYMOUS, None)
        assert found.progress.phase is Phase.RECEIVED
        assert found.progress.share == 40
        told = str(asdict(found))
        for hidden in (received.applicant_name, received.procedure_name, world.citizen.email):
            assert hidden not in told


def test_one_code_does_not_tell_the_other(world: World, received) -> None:
    by_code = lookup.look_up(world.session, received.code)
    assert by_code.code == received.code
    assert received.lookup_code not in str(asdict(by_code))
    by_lookup_code = lookup.look_up(world.session, received.lookup_code)
    assert by_lookup_code.code == received.lookup_code
    assert received.code not in str(asdict(by_lookup_code))


def test_a_code_without_its_dots_and_hyphens_is_found(world: World, received) -> None:
    bare = received.code.replace(".", "").replace("-", "").lower()
    assert lookup.look_up(world.session, bare).code == received.code


def plans(world: World, ask: Callable[[], object]) -> list[str]:
    """How SQLite goes about what is asked of dossiers."""
    asked: list[tuple[str, object]] = []
    engine = world.session.get_bind()

    def note(_c: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    told = [one for one in asked if "FROM dossier" in one[0]]
    assert told
    connection = world.session.connection()
    return [
        row[3]
        for statement, values in told
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]


def test_neither_a_code_nor_what_nobody_has_is_looked_for_among_all_dossiers(
    session: Session, clock
) -> None:
    # On SQLite, which knows little of how many rows there are.
    world = build(session, clock())
    received = world.submitted(clock())
    world.dossiers(clock()).accept(received, world.officer)
    bare = received.code.replace(".", "").replace("-", "")
    for typed in (received.code, bare, received.lookup_code):
        found = plans(world, lambda typed=typed: lookup.look_up(world.session, typed))
        assert not [one for one in found if one.startswith("SCAN dossier")], (typed, found)
    sight = Sight(frozenset(), frozenset({Role.ONE_STOP}), everything=True)
    heaps = Heaps(sight, calendar(), clock())
    found = plans(world, lambda: inbox.inbox(world.session, heaps, Asked(Tab.UNCLAIMED)))
    # Nearly all dossiers have ended and have no holder any more.
    assert not [one for one in found if "dossier USING" in one and "holder" in one], found


def test_the_secret_opens_the_dossier_and_a_wrong_one_is_as_good_as_none(
    world: World, received, clock
) -> None:
    secret = world.dossiers(clock()).secret_of(received)
    assert lookup.look_up(world.session, received.code, secret=secret).dossier is received
    without = lookup.look_up(world.session, received.code)
    for wrong in ("", "AAAA-BBBB-CCCC-DDDD", "x" * 10_000, "\x00\ud800", secret[:-1]):
        assert lookup.look_up(world.session, received.code, secret=wrong) == without


def test_the_owner_signed_in_needs_no_secret(world: World, received, clock) -> None:
    found = lookup.look_up(world.session, received.code, account_id=world.citizen.id)
    assert found.dossier is received
    stranger = lookup.look_up(world.session, received.code, account_id=world.officer.id)
    assert stranger.dossier is None


@pytest.mark.parametrize(
    "typed",
    ["", "%", "' OR 1=1 --", "\x00", "\ud800", "a" * 10_000, "H99.12-261123-0009", "2222222222"],
)
def test_what_is_no_code_finds_nothing(world: World, received, typed: str) -> None:
    assert lookup.look_up(world.session, typed) is None


def test_the_owner_sees_the_whole_dossier(world: World, received) -> None:
    view = reads.view_of(world.session, received)
    assert [line.status for line in view.timeline] == ["Mới đăng ký", "Được tiếp nhận"]
    assert "Mã hồ sơ: H99.12-261123-0001." in view.timeline[1].sentence
    assert "Thứ Ba, 01/12/2026" in view.timeline[1].sentence
    assert view.timeline[1].who == "Trần Văn Một (Cán bộ một cửa)"
    assert view.due == "Thứ Ba, 01/12/2026"
    assert view.limit == "5 ngày làm việc"
    assert view.fees == ("Lệ phí: 10.000 đồng/lần",)
    assert view.ledger[1]["text"] == "Không tính: ngày nghỉ (Ngày Văn hóa Việt Nam)."
    answers = {e.label: e.text for section in view.sections for e in section.entries}
    assert answers["Họ tên"] == "Nguyễn Thị Hoa"
    paper = view.papers[0]
    assert (paper.name, len(paper.files)) == ("Giấy tờ chứng minh chỗ ở hợp pháp", 1)
    assert reads.attachment_of(received, paper.files[0].token) is paper.files[0]
    with pytest.raises(NotFound):
        reads.attachment_of(received, "x" * 32)


def test_an_owners_list_holds_their_own_only(world: World, received, clock) -> None:
    page = reads.my_dossiers(world.session, world.citizen.id, page=99)
    assert [row.lookup_code for row in page.rows] == [received.lookup_code]
    assert (page.number, page.pages, page.total) == (1, 1, 1)
    assert reads.my_dossiers(world.session, world.officer.id).rows == ()
    assert reads.my_dossier(world.session, world.citizen.id, received.lookup_code) is received
    with pytest.raises(NotFound):
        reads.my_dossier(world.session, world.officer.id, received.lookup_code)


def heaps(world: World, clock, **changes) -> Heaps:
    sight = Sight(**changes) if changes else sight_of(world.session, world.officer, clock())
    return Heaps(sight, calendar(), clock())


def lists(world: World, clock, **asked) -> inbox.Inbox:
    """The list as the world's officer asks for it."""
    page, size = asked.pop("page", 1), asked.pop("size", 20)
    return inbox.inbox(
        world.session, heaps(world, clock), Asked(**asked), tabs=Tab, page=page, size=size
    )


def test_the_desk_sees_the_heaps_of_its_agencies(world: World, clock) -> None:
    waiting = [world.submitted(clock(), ho_ten=name) for name in ("Đỗ An", "Bùi Bình")]
    accepted, refused = world.submitted(clock()), world.submitted(clock())
    world.dossiers(clock()).accept(accepted, world.officer)
    world.dossiers(clock()).refuse(refused, world.officer, "Không thuộc thẩm quyền.")
    desks = desks_of(world.session, world.officer, clock())
    assert desks == {world.centre.id, world.commune.id}
    first = lists(world, clock)
    assert {row.lookup_code for row in first.rows} == {one.lookup_code for one in waiting}
    # Nobody passed the accepted one on, so it is nobody's.
    there = {Tab.WAITING: 2, Tab.ACCEPTED: 1, Tab.REFUSED: 1, Tab.UNCLAIMED: 1, Tab.ALL: 4}
    assert first.counts == dict.fromkeys(Tab, 0) | there
    assert {row.officer for row in first.rows} == {""}
    found = {tab: lists(world, clock, tab=tab) for tab in Tab}
    assert [row.code for row in found[Tab.ACCEPTED].rows] == [accepted.code]
    assert [row.lookup_code for row in found[Tab.REFUSED].rows] == [refused.lookup_code]
    assert [row.officer for row in found[Tab.REFUSED].rows] == [world.officer.name]
    assert len(found[Tab.ALL].rows) == 4
    assert inbox.on_desk(world.session, desks, refused.lookup_code) is refused
    clock.move(days=20)
    assert lists(world, clock, tab=Tab.OVERDUE).rows[0].lookup_code == accepted.lookup_code


def test_another_desk_sees_nothing_of_it(world: World, clock) -> None:
    dossier = world.submitted(clock())
    for mine in (frozenset(), frozenset({world.centre.id})):
        seen = heaps(world, clock, agency_ids=mine)
        found = inbox.inbox(world.session, seen, Asked(Tab.ALL), tabs=Tab)
        assert (found.counts, found.rows) == (dict.fromkeys(Tab, 0), ())
    with pytest.raises(NotFound):
        inbox.on_desk(world.session, {world.centre.id}, dossier.lookup_code)
    editor = an_account("bt@example.vn", "B", clock(), (world.centre.id, Role.EDITOR))
    world.session.add(editor)
    world.session.flush()
    for stranger in (editor, world.citizen):
        assert desks_of(world.session, stranger, clock()) == set()
        assert sight_of(world.session, stranger, clock()).agency_ids == frozenset()


def test_the_desk_finds_by_code_and_by_name_without_marks(world: World, clock) -> None:
    an = world.submitted(clock(), ho_ten="Đỗ Thị Ẩn")
    world.submitted(clock(), ho_ten="Bùi Bình")

    def found(query: str, tab: Tab = Tab.WAITING) -> list[str]:
        page = lists(world, clock, wanted=Wanted(query=query), tab=tab)
        return [row.lookup_code for row in page.rows]

    bare = an.lookup_code.replace("-", "").lower()
    for query in ("do thi an", "Đỗ Thị", an.lookup_code, an.lookup_code[:6].lower(), bare):
        assert found(query) == found(query, Tab.ALL) == [an.lookup_code]
    assert found("thi an") == [an.lookup_code]
    for tab in (Tab.WAITING, Tab.ALL):
        for query in ("\x00", "\ud800", "\u202e"):
            found(query, tab)
        for query in ("%", "_", "'", "a" * 10_000, "999999-1"):
            assert found(query, tab) == []
    world.dossiers(clock()).accept(an, world.officer)
    assert an.code == "H99.12-261123-0001"
    for query in ("261123-0001", "H99122611230001", "h99.12-261123-0001", "H99.12-2611"):
        assert found(query, Tab.ACCEPTED) == [an.lookup_code]


def test_the_desk_list_is_sorted_paged_and_says_what_is_late(world: World, clock) -> None:
    names = ["Vũ Y", "Đỗ A", "Bùi B"]
    codes = []
    for name in names:
        codes.append(world.submitted(clock(), ho_ten=name).lookup_code)
        clock.move(hours=1)

    def order(sort: Sort, after: str = "") -> list[str]:
        return [row.applicant_name for row in lists(world, clock, sort=sort, after=after).rows]

    assert order(Sort.URGENT) == order(Sort.OLDEST) == names
    assert order(Sort.NEWEST) == names[::-1]
    assert order(Sort.APPLICANT) == ["Bùi B", "Đỗ A", "Vũ Y"]
    page = lists(world, clock, page=2, size=2)
    assert [row.lookup_code for row in page.rows] == codes[2:]
    assert (page.number, page.pages, page.total) == (2, 2, 3)
    assert not any(row.is_late for row in page.rows)
    # From any line on, and to the lines beside it, in every order.
    by_name = dict(zip(names, codes, strict=True))
    for sort in Sort:
        whole = order(sort)
        for place, name in enumerate(whole):
            assert order(sort, by_name[name]) == whole[place + 1 :]
            dossier = inbox.on_desk(world.session, {world.commune.id}, by_name[name])
            beside = inbox.neighbours(world.session, heaps(world, clock), Asked(sort=sort), dossier)
            around = [None, *(by_name[one] for one in whole), None]
            assert (beside.before, beside.after) == (around[place], around[place + 2])
    clock.move(days=3)
    assert all(row.is_late for row in lists(world, clock).rows)


def test_lists_open_no_document_and_ask_a_constant_number_of_questions(world: World, clock) -> None:
    for _ in range(3):
        world.submitted(clock())
    world.session.flush()
    world.session.expire_all()
    seen = heaps(world, clock)
    asked: list[str] = []
    connection = world.session.connection()

    def listen(_c, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(connection, "before_cursor_execute", listen)
    page = inbox.inbox(world.session, seen, Asked(), tabs=Tab)
    event.remove(connection, "before_cursor_execute", listen)
    assert len(page.rows) == 3
    assert len(asked) == 4
    assert not any("dossier.answers" in statement for statement in asked)
