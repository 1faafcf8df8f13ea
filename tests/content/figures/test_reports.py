"""What reports say of real rows, on both databases."""

from datetime import date

import pytest

from content.agencies.models import Agency, AgencyKind
from content.calendar.model import LimitUnit
from content.figures import ii06, ii07, receipts, reports, shortened
from content.figures.periods import Span, between, parse
from content.figures.scope import EVERYBODY
from content.figures.tables import Column, Kind, Row, Table, shown
from portal import report_view
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World
from tests.content.figures.asking import DAY, OCTOBER, ask, cells
from tests.support.clock import StoppedClock


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
    assert shortened.reduction(*limits) == share
    assert shortened.reduction(limits[0], (None, None)) is None


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


def test_a_running_month_is_compared_with_as_many_days(world: World) -> None:
    running = parse("2026-10").until(date(2026, 10, 5))
    table = reports.BY_SLUG["so-sanh"].make(ask(world, running))
    assert [one.title for one in table.columns[1:4]] == [
        "Tháng 10/2026",
        "Tháng 9/2026 (đến 05/09/2026)",
        "Tháng 10/2025 (đến 05/10/2025)",
    ]
    received = table.rows[0].cells
    assert received[1:4] == (4, 1, 0)
    assert [shown(one, Kind.CHANGE) for one in received[4:]] == ["+300,0%", "–"]
    assert shown(-0.08, Kind.CHANGE) == "-8,0%"
    assert table.drawn is not None
    assert table.drawn[1][0] == ("Tiếp nhận: Tháng 10/2026", 4)
    whole = reports.BY_SLUG["so-sanh"].make(ask(world))
    assert [one.title for one in whole.columns[2:4]] == ["Tháng 9/2026", "Tháng 10/2025"]


def test_long_names_are_told_apart_in_a_chart(world: World, clock: StoppedClock) -> None:
    names = [f"Trung tâm Phục vụ hành chính công phường {one} Mẫu" for one in ("Hà", "Bến")]
    columns = (Column("Bước", width=3), Column("Đơn vị"), Column("Số", Kind.COUNT))
    rows = tuple(Row(("Thẩm định", name, 3)) for name in names)
    chart = report_view.view(Table("k", "Biểu", columns, rows, charted=2)).chart
    assert chart is not None
    labels = [" ".join(words for words, _y in bar.label) for bar in chart.bars]
    assert len(set(labels)) == 2
    columns = (Column("Đơn vị", width=3), Column("Số", Kind.COUNT))
    chart = report_view.view(
        Table("k", "Biểu", columns, tuple(Row((name, 3)) for name in names), charted=1)
    ).chart
    assert chart is not None
    assert [" ".join(words for words, _y in bar.label) for bar in chart.bars] == names
    tops = [y for bar in chart.bars for _words, y in bar.label]
    assert tops == sorted(set(tops))
    assert chart.bars[0].bar_y > tops[1]


def test_a_year_of_the_register_is_no_number(world: World, clock: StoppedClock) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    world.session.flush()
    table = reports.BY_SLUG["so-theo-doi"].make(ask(world, parse("2026-11")))
    assert shown(table.rows[0].cells[1], table.columns[1].kind) == "2026"
