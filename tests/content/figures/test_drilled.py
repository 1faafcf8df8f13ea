"""From a number to the dossiers behind it: as many, and the right ones."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.hand_overs import HandOver, HandOverKind, Punctuality
from content.dossiers.models import Dossier
from content.dossiers.money import Charge, ChargeKind, ChargeState, Moment
from content.dossiers.result_models import DossierResult, ResultKind
from content.errors import Conflict, Invalid, InvalidTransition
from content.figures import hundred, lists, nine, readers, reports
from content.figures.late_reasons import Cause, Explanation, explain
from content.figures.lists import Narrowed
from content.figures.scope import EVERYBODY
from content.figures.tables import Column, Drill, Kind, Row, Table
from content.figures.which import Which
from content.people.models import Account
from content.people.roles import Role
from content.procedures.kinds import Channel, Level
from content.procedures.models import Sector
from portal import report_view
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World
from tests.content.figures.asking import OCTOBER, ask, cells
from tests.support.clock import StoppedClock


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


def test_every_number_leads_to_as_many_dossiers(world: World, clock: StoppedClock) -> None:
    worked_on(world)
    slugs = dict(world.session.execute(select(Sector.slug, Sector.id)).all())
    names = {"thu-tuc": "procedure_id", "don-vi-giu": "unit_id", "can-bo-giu": "holder_id"}
    led = 0
    for slug in ("bieu-06", "don-vi", "can-bo", "kenh", "thu-tuc", "nguyen-nhan-qua-han"):
        table = reports.BY_SLUG[slug].make(ask(world))
        for row in table.rows:
            for place, drill in row.drills.items():
                more: dict[str, Any] = {}
                for name, value in drill.narrowed.items():
                    if name == "linh-vuc":
                        more["sector_id"] = slugs[value]
                    elif name == "cap":
                        more["level"] = Level(value)
                    elif name == "kenh":
                        more["channel"] = Channel(value)
                    else:
                        more[names[name]] = int(value)
                asked = Narrowed(Which(drill.which), OCTOBER.period, EVERYBODY, **more)
                listed = list(lists.stream(world.session, asked))
                assert len(listed) == row.cells[place], (slug, row.cells, drill)
                assert lists.count(world.session, asked) == row.cells[place]
                led += 1
    assert led > 100


def test_who_worked_on_it_keeps_it_after_the_result_went_to_the_desk(world: World) -> None:
    specialist, head = worked_on(world)
    lines = {row.cells[0]: row.cells for row in reports.BY_SLUG["can-bo"].make(ask(world)).rows}
    # Received, of the period, settled, early, on time, late, open, open and late.
    assert lines[specialist.name][1:9] == (1, 1, 1, 1, 0, 0, 0, 0)
    # No specialist had the other: whoever took it first inside the house, not who signed last.
    assert lines[head.name][1:9] == (1, 1, 1, 0, 1, 0, 0, 0)
    # Only at the desk, it is with who holds it.
    assert lines[world.officer.name][1:9] == (1, 1, 0, 0, 0, 0, 1, 1)
    units = {row.cells[0]: row.cells for row in reports.BY_SLUG["don-vi"].make(ask(world)).rows}
    assert units[world.centre.name][1:4] == (1, 1, 1)
    assert units[world.commune.name][1:4] == (5, 4, 3)
    asked = Narrowed(Which.SETTLED, OCTOBER.period, EVERYBODY, unit_id=world.centre.id)
    (listed,) = lists.page(world.session, asked, 1)
    assert (listed.unit, listed.holder) == (world.centre.name, specialist.name)


def worked_on(world: World) -> tuple[Account, Account]:
    """Two that were settled in time went through the house before the desk had them again."""
    now = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)
    specialist = worlds.an_account(
        "cv@example.vn", "Lê Chuyên", now, (world.centre.id, Role.SPECIALIST)
    )
    head = worlds.an_account("tp@example.vn", "Phạm Trưởng", now, (world.centre.id, Role.HEAD))
    world.session.add_all([specialist, head])
    world.session.flush()
    query = select(Dossier).where(Dossier.channel == Channel.ONLINE)
    first, second = world.session.scalars(query.order_by(Dossier.finished_at))
    desk, centre = world.commune, world.centre
    ways = {
        first: [
            (centre, "head", head),
            (centre, "specialist", specialist),
            (centre, "clerk", head),
            (desk, "one_stop", world.officer),
        ],
        second: [
            (desk, "head", head),
            (desk, "leader", specialist),
            (desk, "one_stop", world.officer),
        ],
    }
    for dossier, way in ways.items():
        for number, (unit, part, person) in enumerate(way, start=1):
            world.session.add(a_hand_over(dossier, number, unit, part, now, taken_by_id=person.id))
        dossier.unit_id = desk.id
    world.session.flush()
    return specialist, head


def a_hand_over(
    dossier: Dossier, number: int, to: Agency, part: str, at: datetime, **more: Any
) -> HandOver:
    return HandOver(
        dossier_id=dossier.id,
        number=number,
        kind=HandOverKind.FORWARD,
        event_number=number,
        from_agency_id=dossier.agency_id,
        from_name="Trung tâm",
        from_step="tham-dinh",
        from_step_name="Thẩm định",
        from_minutes=60,
        given_at=at,
        to_agency_id=to.id,
        to_name=to.name,
        to_performer=part,
        **more,
    )


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
