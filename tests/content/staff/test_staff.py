"""Units, staff, duty: what is kept, what is refused, what readers get."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.calendar.holidays_seed import seeded_days
from content.calendar.working import WorkingCalendar
from content.errors import Conflict, Invalid
from content.staff import reads
from content.staff.models import DutyTurn, StaffMember, Unit
from content.staff.service import StaffService, turns_from
from tests.support.clock import StoppedClock


@pytest.fixture
def service(any_session: Session, clock: StoppedClock) -> StaffService:
    return StaffService(any_session, clock())


def unit(service: StaffService, name: str, parent: Unit | None = None, **more: Any) -> Unit:
    values = {"name": name, "parent_id": parent.id if parent else None, **more}
    return service.save_unit(Unit(), values, revision=0, actor_id=None)


def member(service: StaffService, name: str, at: Unit) -> StaffMember:
    values = {"name": name, "post": "Chuyên viên", "unit_id": at.id, "phone": "0200 000 0001"}
    return service.save_member(StaffMember(), values, revision=0, actor_id=None)


def turn(service: StaffService, first: int, last: int, **more: Any) -> DutyTurn:
    values = {
        "starts_on": date(2026, 11, first),
        "ends_on": date(2026, 11, last),
        "task": "Trực lãnh đạo",
        "name": "Ông Mẫu",
        "phone": "0200 000 0002",
        "hours": "",
        **more,
    }
    return service.save_turn(DutyTurn(), values, revision=0, actor_id=None)


def refusal(call: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Invalid) as refused:
        call(*args, **named)
    return refused.value.code


def test_the_chart_is_a_tree_with_hours_from_above(service: StaffService) -> None:
    top = unit(service, "Ủy ban", hours="T2-T6: 07:30-11:30")
    office = unit(service, "Văn phòng", top)
    unit(service, "Phòng Kinh tế", top, hours="T2: 08:00-10:00")
    member(service, "Ông Ví Dụ", office)
    [node] = reads.chart(service.session)
    assert [one.unit.name for one in node.below] == ["Văn phòng", "Phòng Kinh tế"]
    assert node.below[0].hours == ("Thứ Hai đến Thứ Sáu: 07:30–11:30",)
    assert node.below[1].hours == ("Thứ Hai: 08:00–10:00",)
    assert [one.name for one in node.below[0].members] == ["Ông Ví Dụ"]


def test_a_unit_that_takes_dossiers_shows_the_address_of_its_agency(service: StaffService) -> None:
    agency = Agency(
        slug="mot-cua",
        code="H99.77",
        name="Một cửa",
        kind=AgencyKind.COMMUNE_CENTRE,
        address="Số 1",
        phone="0200",
        sessions=[{"days": [1], "from": "08:00", "to": "10:00"}],
    )
    service.session.add(agency)
    service.session.flush()  # the unit names its id
    unit(service, "Trung tâm", agency_id=agency.id, phone="0999")
    [node] = reads.chart(service.session)
    assert (node.address, node.phone) == ("Số 1", "0999")
    assert node.hours == ("Thứ Hai: 08:00–10:00",)


def test_a_chart_cannot_run_in_a_circle_or_too_deep(service: StaffService) -> None:
    units = [unit(service, "Cấp 1")]
    for number in (2, 3, 4):
        units.append(unit(service, f"Cấp {number}", units[-1]))
    first, last = units[0], units[-1]
    code = refusal(unit, service, "Cấp 5", last)
    assert code == "unit_deep"
    values = {"name": "Cấp 1", "parent_id": last.id}
    code = refusal(service.save_unit, first, values, revision=first.revision, actor_id=None)
    assert code == "unit_circle"


def test_a_unit_with_people_stays(service: StaffService) -> None:
    top = unit(service, "Ủy ban")
    one = member(service, "Bà Mẫu", top)
    assert refusal(service.delete_unit, top, actor_id=None) == "unit_full"
    service.delete_member(one, actor_id=None)
    service.delete_unit(top, actor_id=None)
    assert reads.chart(service.session) == ()
    assert refusal(member, service, "Bà Khác", top) == "unit_unknown"


def test_neighbours_change_places_by_steps(service: StaffService) -> None:
    names = ["A", "B", "C"]
    units = [unit(service, name) for name in names]
    service.move(units[2], -1, actor_id=None)
    service.move(units[0], -1, actor_id=None)
    assert [one.unit.name for one in reads.chart(service.session)] == ["A", "C", "B"]


def test_the_second_of_two_editors_is_told(service: StaffService) -> None:
    one = unit(service, "Ủy ban")
    seen = one.revision
    values = {"name": "Ủy ban nhân dân", "parent_id": None}
    service.save_unit(one, values, revision=seen, actor_id=None)
    with pytest.raises(Conflict):
        service.save_unit(one, values, revision=seen, actor_id=None)


def test_duty_takes_name_and_number_from_the_list_of_staff(service: StaffService) -> None:
    who = member(service, "Bà Mẫu", unit(service, "Ủy ban"))
    one = turn(service, 23, 24, name="", phone="", member_id=who.id)
    assert (one.name, one.phone) == ("Bà Mẫu", "0200 000 0001")
    assert refusal(turn, service, 23, 23, name="") == "who"
    assert refusal(turn, service, 23, 23, phone="") == "phone"
    assert refusal(turn, service, 24, 23) == "days_order"
    far = date(2027, 1, 1)
    assert refusal(turn, service, 23, 23, ends_on=far) == "days_many"


def test_the_roster_names_people_and_days_off(service: StaffService) -> None:
    turn(service, 20, 23)
    turn(service, 24, 29, name="Bà Trực")
    calendar = WorkingCalendar.of(seeded_days())
    days = reads.roster(service.session, calendar, date(2026, 11, 23), 3)
    assert [[one.name for one in day.turns] for day in days] == [
        ["Ông Mẫu"],
        ["Bà Trực"],
        ["Bà Trực"],
    ]
    assert [day.holiday for day in days] == ["", "Ngày Văn hóa Việt Nam", ""]
    assert [one.name for one in reads.on_duty(service.session, date(2026, 11, 29))] == ["Bà Trực"]
    assert len(turns_from(service.session, service.now)) == 2
