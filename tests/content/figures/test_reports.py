"""Every report on real rows, on both databases: what it says, and that all of it can be
shown, printed and written."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.calendar.model import LimitUnit
from content.dossiers.hand_overs import HandOver, HandOverKind, Punctuality
from content.dossiers.models import Dossier
from content.dossiers.money import Charge, ChargeKind, ChargeState, Moment
from content.dossiers.result_models import DossierResult, ResultKind
from content.dossiers.states import Status
from content.errors import Conflict, Invalid, InvalidTransition
from content.figures import hundred, ii06, ii07, lists, nine, procedures, readers, receipts, reports
from content.figures.late_reasons import Cause, Explanation, explain
from content.figures.lists import Narrowed, Which
from content.figures.paper import ReportPaper
from content.figures.periods import Span, between, parse
from content.figures.question import Question
from content.figures.scope import EVERYBODY, Units
from content.figures.sheets import write_csv, write_xlsx
from content.figures.tables import UNKNOWN, Column, Drill, Kind, Row, Style, Table, shown
from content.letters.render import Letters
from content.letters.values import Office
from content.people.roles import Role
from content.procedures.kinds import Channel, Filing
from content.procedures.publishing import set_filing
from content.workbook.checking import Given
from content.workbook.kinds import BY_KEY
from content.workbook.models import WorkStatus
from content.workbook.service import WorkBook
from portal import report_view
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World
from tests.content.figures.rows import add, made
from tests.support.clock import StoppedClock

OCTOBER = parse("2026-10")
DAY = date(2026, 10, 5)


@pytest.fixture
def world(any_session: Session, clock: StoppedClock) -> World:
    world = worlds.build(any_session, clock())
    online = Channel.ONLINE
    add(
        any_session,
        world,
        [
            made(date(2026, 9, 1), date(2026, 9, 8), date(2026, 10, 2)),
            made(DAY, date(2026, 10, 12), date(2026, 10, 8), online),
            made(DAY, date(2026, 10, 12), date(2026, 10, 12), online),
            made(DAY, date(2026, 10, 12), None, holder_id=world.officer.id),
            made(date(2026, 10, 6), date(2026, 11, 5), None, supplement_count=2),
            made(date(2026, 10, 6), None, date(2026, 10, 20), status=Status.WITHDRAWN),
        ],
    )
    return world


def ask(world: World, span: Span = OCTOBER, units: Units = EVERYBODY) -> Question:
    return Question(world.session, span, date(2026, 11, 23), worlds.calendar(), units)


def cells(table: Table, style: Style = Style.TOTAL) -> list[tuple]:
    return [row.cells for row in table.rows if row.style is style]


def test_the_statutory_form_has_its_levels_and_balances(world: World) -> None:
    made_ = ii06.report(world.session, OCTOBER, EVERYBODY)
    table = ii06.table(made_)
    (total,) = cells(table)
    assert total[2:6] == (6, 2, 3, 1)
    assert total[6:10] == (4, 1, 2, 1)
    assert total[10:] == (2, 1, 1)
    assert [row.cells[1] for row in table.rows] == [
        "Thủ tục hành chính cấp xã",
        "Đăng ký, quản lý cư trú",
        "Tổng cộng",
    ]
    columns = made_.total.columns()
    assert ii06.problems(columns) == []
    assert ii06.problems({**columns, 11: 3}) == ["(11) = (12) + (13)", "(3) = (7) + (11)"]


def test_every_report_is_shown_written_and_printed(world: World) -> None:
    made_ = [one.make(ask(world)) for one in reports.ALL]
    assert [one.key for one in made_[1:]] == [one.slug for one in reports.ALL[1:]]
    for table in made_:
        assert all(len(row.cells) == len(table.columns) for row in table.rows), table.key
        assert sum(many for _title, many in table.heads) == len(table.columns)
        lines = list(csv.reader(io.StringIO(write_csv(table))))
        assert len(lines) == len(table.rows) + 1
    content = write_xlsx(made_, office="=1+1", printed="Lập hôm nay")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == len(made_)
    first = book.get_sheet_by_index(0).to_python()
    assert first[0][0] == "=1+1"
    (total,) = [row for row in first if row[1] == "Tổng cộng"]
    assert total[2:7] == [6, 2, 3, 1, 4]
    paper = ReportPaper(
        office=Office(name="Trung tâm", place="Sơn Hà"),
        tables=made_[:3],
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    assert Letters().make(paper).startswith(b"%PDF")


@pytest.mark.parametrize("many", [1, 2, 20, 21, 22, 23, 24, 25, 26])
def test_signatures_never_stand_alone_on_a_page(many: int) -> None:
    rows = [Row((f"Dòng {number}", number)) for number in range(many - 1)]
    rows.append(Row(("Tổng cộng", many), Style.TOTAL))
    columns = (Column("Tên cột", width=3), Column("Số", Kind.COUNT))
    table = Table("k", "Biểu", columns, tuple(rows))
    at = datetime(2026, 11, 23, tzinfo=UTC)
    office = Office(name="Trung tâm", place="Sơn Hà")
    made_ = Letters().make(ReportPaper(office=office, tables=[table], made_at=at))
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(made_)).pages]
    assert all("Tên cột" in one for one in pages)
    assert "Tổng cộng" in pages[-1]
    assert "NGƯỜI LẬP BIỂU" in pages[-1]
    assert sum(one.count("Tên cột") for one in pages) == len(pages), "one head on each page"


def test_unknown_is_said_and_never_scored(world: World) -> None:
    found = readers.counts(ask(world))
    assert (found["received"], found["on_time"]) == (6, 3)
    assert (found["all_dossiers"], found["online_dossiers"]) == (5, 2)
    assert "petitions" not in found
    table = hundred.table(ask(world))
    by_key = {row.cells[0]: row for row in table.rows}
    assert by_key["5.2"].cells[-1] is None
    # Nothing was published: no share, no points, and the note says so.
    assert by_key["1.1"].cells[2:] == (0, 0, "–", 6, 0.0)
    assert "(tỷ lệ “–”) được 0 điểm; riêng 5.2, 5.3" in table.notes[0]
    assert shown(by_key["5.2"].cells[-1], Kind.POINTS) == UNKNOWN
    assert by_key["2.1"].cells[-1] == 10.0
    assert by_key["2.1"].drills[6].which == Which.NOT_IN_TIME
    assert hundred.attainable(found) < 100
    scores = {one.number: one for one in nine.nine(ask(world))}
    # One early, two on time (one without an appointment), one late: (2 + 1 + 1 + 0) / 4.
    assert scores[1].score == 1.0
    assert scores[3].score == 2.0
    assert scores[8].score is None
    assert cells(nine.table(ask(world)))[-1][-1] == UNKNOWN


def test_only_complaints_found_true_cost_points_of_their_dossier(
    world: World, clock: StoppedClock
) -> None:
    head = worlds.an_account("tp@example.vn", "Phạm", clock(), (world.centre.id, Role.HEAD))
    world.session.add(head)
    ended = Dossier.finished_at.is_not(None)
    early = select(Dossier.code).where(Dossier.lawful_date == date(2026, 10, 12), ended)
    code = world.session.scalars(early.order_by(Dossier.finished_at)).first()

    def score() -> tuple[float | None, str]:
        found = next(one for one in nine.nine(ask(world)) if one.number == 7)
        return found.score, found.about

    def judge(judgement: str, dossier: str | None) -> None:
        days = {"received_on": "2026-10-09", "judged_on": "2026-10-20"}
        words = {"channel": "box", "said": "Nói to.", "found": "Đã rõ.", "judgement": judgement}
        given = Given("Phản ánh", {**days, **words, "dossier": dossier or ""}, None, DAY)
        book = WorkBook(world.session, world.files, clock())
        entry = book.begin(BY_KEY["conduct"], world.centre, 2026, given, head)
        book.remark(entry, head, revision=entry.revision, status=WorkStatus.DONE)
        world.session.flush()

    assert score() == (None, "Chưa có dữ liệu phản ánh về thái độ.")
    judge("unfounded", code)
    assert score()[0] == 1.0
    judge("justified", code)
    judge("justified", None)
    # The early one of (2 + 1 + 1 + 0) / 4 scores nothing any more.
    assert score() == (
        0.5,
        "2 phản ánh đúng, 1 hồ sơ đã giải quyết có phản ánh đúng. 1 phản ánh không gắn với hồ sơ "
        "nên không trừ điểm.",
    )
    (seventh,) = [one for one in nine.nine(ask(world)) if one.number == 7]
    assert seventh.which is Which.LATE_OR_COMPLAINED
    asked = Narrowed(seventh.which, OCTOBER.period, EVERYBODY)
    found = list(lists.stream(world.session, asked))
    # The one complained of, and the one that was late.
    assert len(found) == 2
    assert code in [one.code for one in found]


def test_no_points_lead_to_what_cost_them_and_no_dossiers_nowhere() -> None:
    columns = (Column("Chỉ số"), Column("Hồ sơ", Kind.COUNT), Column("Điểm", Kind.POINTS))
    drills = {place: Drill(Which.LATE) for place in (1, 2)}
    rows = (Row(("9", 0, 0.0), drills=drills), Row(("8", None, None), drills=drills))
    lines = report_view.view(Table("k", "Biểu", columns, rows), lambda drill: drill.which).rows
    assert [[cell.url for cell in line.cells] for line in lines] == [
        [None, None, Which.LATE],
        [None, None, None],
    ]


def test_the_dossiers_behind_a_number_are_as_many(world: World) -> None:
    def many(which: Which, **more: int) -> int:
        asked = Narrowed(which, OCTOBER.period, EVERYBODY, **more)
        listed = list(lists.stream(world.session, asked))
        assert len(listed) == lists.count(world.session, asked)
        assert len(lists.page(world.session, asked, 1)) == len(listed)
        return len(listed)

    assert many(Which.ALL) == 6
    assert many(Which.RECEIVED) == 5
    assert many(Which.LATE) == many(Which.LATE_WITHOUT_REASON) == 2
    assert many(Which.OFFLINE) == 3
    assert many(Which.NOT_DIGITISED) == 6
    assert many(Which.SUPPLEMENTED_TWICE) == 1
    assert many(Which.ALL, holder_id=world.officer.id) == 1
    assert many(Which.ALL, unit_id=world.centre.id) == 0
    assert many(Which.ALL, sector_id=world.procedure.sector_id) == 6


def test_reasons_are_counted_by_cause(world: World, clock: StoppedClock) -> None:
    asked = Narrowed(Which.LATE, OCTOBER.period, EVERYBODY)
    query = Dossier.lookup_code.in_([one.lookup_code for one in lists.stream(world.session, asked)])
    first, second = world.session.query(Dossier).where(query).order_by(Dossier.id)
    said = Explanation(Cause.AUTHORITY, "Cơ quan phối hợp trả lời chậm.", "Đã nhắc cơ quan.")
    row = explain(world.session, first, world.officer, said, clock(), 0)
    world.session.flush()
    with pytest.raises(Conflict):
        explain(world.session, first, world.officer, said, clock(), 0)
    with pytest.raises(Invalid):
        explain(world.session, second, world.officer, Explanation(Cause.RULES, "Vì."), clock())
    explain(world.session, first, world.officer, said, clock(), row.revision)
    (total,) = cells(reports.BY_SLUG["nguyen-nhan-qua-han"].make(ask(world)))
    assert total[2:] == (2, 0, 1, 0, 0, 1)
    in_time = world.session.query(Dossier).where(Dossier.channel == Channel.ONLINE).first()
    with pytest.raises(InvalidTransition):
        explain(world.session, in_time, world.officer, said, clock())


def test_receipts_of_a_day(world: World) -> None:
    found = receipts.receipts(ask(world))
    assert found.by_day == {DAY: 3, date(2026, 10, 6): 2}
    assert found.busiest == (DAY, 3)
    assert found.working_days == 22
    assert receipts.receipts(ask(world, between(DAY, DAY))).mean == 3


def test_stretches_are_read_from_the_log(world: World, clock: StoppedClock) -> None:
    code = world.submitted(clock())
    clock.move(hours=2)
    world.dossiers(clock()).accept(code, world.officer)
    world.session.flush()
    code.finished_at = clock()
    world.session.flush()
    table = reports.BY_SLUG["thoi-gian-buoc"].make(ask(world, parse("2026-11")))
    assert [row.cells[1:3] for row in table.rows] == [(1, 2.0)]


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ((10, "ngày làm việc"), (7, "ngày làm việc"), 0.3),
        ((10, "ngày"), (7, "ngày làm việc"), None),
    ],
)
def test_limits_that_cannot_be_compared_are_not(before, after, share) -> None:
    words = {"ngày làm việc": LimitUnit.WORKING_DAY, "ngày": LimitUnit.DAY}
    limits = [(value, words[unit]) for value, unit in (before, after)]
    assert procedures.reduction(*limits) == share
    assert procedures.reduction(limits[0], (None, None)) is None


def test_districts_have_columns_in_the_years_in_which_there_were_any(world: World) -> None:
    def heads(span: Span) -> list[str]:
        return [one.title for one in ii07.table(ask(world, span)).columns]

    assert "Cấp huyện" not in heads(OCTOBER)
    assert heads(parse("2024")).count("Cấp huyện") == 3
    (total,) = cells(ii07.table(ask(world)))
    # One procedure of communes, filed here, without an internal process.
    assert total[2:5] == total[5:8] == (1, 0, 1)
    assert total[8:] == (0, 0, 0)


def test_lines_of_the_catalogue_are_units_and_not_texts(world: World, clock: StoppedClock) -> None:
    session = world.session
    session.add_all(
        Agency(slug=slug, code=code, name=name, kind=AgencyKind.DEPARTMENT, sessions=[])
        for slug, code, name in (
            ("so-tu-phap", "H99.81", "Sở Tư pháp tỉnh Sơn Hà Mẫu"),
            ("so-y-te", "H99.82", "Sở Y tế"),
        )
    )
    texts = {
        "Sở Tư pháp tỉnh Sơn Hà Mẫu": (
            *("Sở Tư pháp", "Sở  Tư Pháp tỉnh", "Sở Tư pháp tỉnh Sơn Hà Mẫu"),
            *("Bộ Tư pháp, Sở Tư pháp các tỉnh, thành phố", "Sở Tư pháp, Ủy ban nhân dân cấp xã"),
        ),
        "Sở Y tế": ("Sở Y tế",),
        "Ủy ban nhân dân cấp tỉnh": ("Chủ tịch Ủy ban nhân dân cấp tỉnh", "UBND tỉnh"),
        "Ủy ban nhân dân cấp xã": ("Uỷ ban Nhân dân xã, phường, thị trấn", "Chủ tịch UBND cấp xã"),
        "Cơ quan khác, chưa gắn với cơ quan": (
            *("Công an cấp xã", "Sở Tư pháp Thành phố Hà Nội", "", None),
            *("Sở Y tế dự phòng", "Bảo hiểm xã hội"),
        ),
    }
    for number, text in enumerate(one for all_of in texts.values() for one in all_of):
        code = f"1.9000{number:02}"
        worlds.a_procedure(session, clock(), code=code, name=code).authority = text
    world.procedure.authority = "Ủy ban nhân dân cấp xã"
    session.flush()
    *rows, total = ii07.table(ask(world)).rows
    expected = {name: len(all_of) for name, all_of in texts.items()}
    expected["Ủy ban nhân dân cấp xã"] += 1
    assert {row.cells[1]: row.cells[2] for row in rows} == expected
    assert [row.cells[1] for row in rows] == [
        "Ủy ban nhân dân cấp tỉnh",
        "Sở Tư pháp tỉnh Sơn Hà Mẫu",
        "Sở Y tế",
        "Ủy ban nhân dân cấp xã",
        "Cơ quan khác, chưa gắn với cơ quan",
    ]
    columns = [row.cells[2:] for row in rows]
    assert list(total.cells[2:]) == [sum(one) for one in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("filing", "information_only", "at_desk"),
    [
        (Filing.LOCAL, False, 1),
        (Filing.COUNTER, False, 1),
        # Filed online at the national portal, it is received at the desk as well.
        (Filing.NATIONAL, False, 1),
        (Filing.NATIONAL, True, 0),
        (Filing.NONE, False, 0),
        (None, False, 0),
    ],
)
def test_what_is_filed_nationally_is_handled_at_the_desk(
    world: World, filing: Filing | None, information_only: bool, at_desk: int
) -> None:
    set_filing(world.procedure, filing, information_only=information_only)
    world.session.flush()
    (total,) = cells(ii07.table(ask(world)))
    assert (total[2], total[5]) == (1, at_desk)
    fifth = next(one for one in nine.nine(ask(world)) if one.number == 5)
    assert (fifth.score, fifth.counted) == (at_desk, 1)


def test_steps_and_ends_are_counted_where_they_are_kept(world: World, clock: StoppedClock) -> None:
    session, desk = world.session, world.commune
    first = session.scalars(select(Dossier).order_by(Dossier.id)).first()
    assert first is not None
    at = datetime(2026, 10, 7, 3, 0, tzinfo=UTC)
    for number, (outcome, minutes, undone) in enumerate(
        [
            (Punctuality.EARLY, 60, None),
            (Punctuality.LATE, 180, None),
            (None, 30, None),
            (Punctuality.LATE, 600, at),
        ],
        start=1,
    ):
        session.add(
            HandOver(
                dossier_id=first.id,
                number=number,
                kind=HandOverKind.FORWARD,
                event_number=number,
                from_agency_id=desk.id,
                from_name=desk.name,
                from_step="tham-dinh",
                from_step_name="Thẩm định",
                from_minutes=minutes,
                outcome=outcome,
                given_at=at,
                to_agency_id=desk.id,
                to_name=desk.name,
                to_performer="specialist",
                undone_at=undone,
            )
        )
    session.add(a_result(world, first, at, ResultKind.BOTH))
    session.add(
        Charge(
            dossier_id=first.id,
            kind=ChargeKind.CHARGE,
            name="Lệ phí",
            amount=20_000,
            moment=Moment.BEFORE,
            state=ChargeState.UNPAID,
            set_at=at,
        )
    )
    session.flush()
    row, total = reports.BY_SLUG["buoc-quy-trinh"].make(ask(world)).rows
    assert row.cells == ("Thẩm định", desk.name, 3, 1.5, 3.0, 1, 1, 1)
    assert total.cells[2:] == (3, "", "", 1, 1, 1)
    second_index = next(one for one in nine.nine(ask(world)) if one.number == 2)
    assert (second_index.score, second_index.which) == (1.0, Which.STEP_LATE)
    late_steps = Narrowed(Which.STEP_LATE, OCTOBER.period, EVERYBODY)
    # The one that was taken back does not count.
    assert [one.code for one in lists.stream(session, late_steps)] == [first.code]
    assert total.drills[6].which == Which.STEP_LATE
    found = readers.counts(ask(world))
    assert (found["results"], found["electronic_results"], found["in_citizen_store"]) == (1, 1, 0)
    assert (found["fin_obligation"], found["paid_online"]) == (1, 0)
    second = session.scalars(select(Dossier).where(Dossier.id > first.id)).first()
    assert second is not None
    session.add(a_result(world, second, at, ResultKind.PAPER))
    session.flush()
    every_lost_point_leads_to_its_dossiers(world)


def every_lost_point_leads_to_its_dossiers(world: World) -> None:
    led = [row for row in hundred.table(ask(world)).rows if 6 in row.drills]
    assert [row.cells[0] for row in led] == ["2.1", "3.3", "3.6", "4.1", "4.2", "4.4"]
    for row in led:
        reached, whole = row.cells[2:4]
        asked = Narrowed(row.drills[6].which, OCTOBER.period, EVERYBODY)
        assert lists.count(world.session, asked) == whole - reached > 0, row.cells


def a_result(world: World, dossier: Dossier, at: datetime, kind: ResultKind) -> DossierResult:
    return DossierResult(
        dossier_id=dossier.id,
        kind=kind,
        title="Giấy xác nhận",
        number="15",
        symbol="XN",
        issued_on=at.date(),
        signer_name="Hoàng Thị Lãnh",
        signer_title="Chủ tịch",
        copies=1,
        completed_at=at,
        completed_by_id=world.officer.id,
    )
