"""The clock in words, as of any moment."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import null, update
from sqlalchemy.orm import Session

from content.agencies.hours_by_day import announced
from content.agencies.keeping import (
    NewHours,
    announce_hours,
    begin_announced,
    save_hours,
    withdraw_hours,
)
from content.agencies.models import Agency
from content.calendar.clocks import Urgency
from content.calendar.days import working_time_between
from content.calendar.explain import due_document
from content.calendar.pauses import Pause, PauseCause
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.clock import counted, recount
from content.dossiers.clock_words import clock_at, history_of
from content.dossiers.deadlines import calendar_of
from content.dossiers.models import Dossier
from content.dossiers.waiting import begin_waiting, end_waiting
from content.errors import Conflict, Invalid, NotFound
from tests.content.dossiers_service.world import filing_rules
from tests.content.handling_moves.office import Office, open_office

CALENDAR = filing_rules().calendar


def at(day: int, hour: int = 3, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_waiting_and_apology_are_told_with_old_and_new_dates(any_session: Session) -> None:
    office = open_office(any_session, at(23))
    dossier = office.in_progress(at(23))
    assert history_of(any_session, dossier) == ()
    begin_waiting(any_session, dossier, PauseCause.PAYMENT, at(25))
    end_waiting(any_session, dossier, at(27))
    any_session.flush()
    service = office.service(ApologyService, at(27, 4))
    # What waiting adds is written when it ends; here by the apology's own count.
    dossier.due_date = clock_at(any_session, CALENDAR, dossier, at(27, 4)).due.due_date
    any_session.flush()
    day = datetime(2026, 12, 7, tzinfo=UTC).date()
    said = Apology("Phải lấy thêm ý kiến của cơ quan khác.", day, "Sở Xây dựng")
    service.sign(service.propose(dossier, office.specialist, said), office.leader)
    any_session.flush()
    promised, waited, apology = history_of(any_session, dossier)
    assert promised == "Ngày hẹn trên giấy tiếp nhận: Thứ Ba, 01/12/2026."
    assert "đến 10:00 - Thứ Sáu, 27/11/2026: chờ thực hiện nghĩa vụ tài chính" in waited
    assert "hẹn lại Thứ Hai, 07/12/2026 thay cho Thứ Năm, 03/12/2026" in apology
    assert "Nơi chậm: Sở Xây dựng." in apology
    # As of earlier moments nothing is known of what came later.
    early = clock_at(any_session, CALENDAR, dossier, at(24))
    assert early.history == (promised,)
    assert early.now == "Hạn: Thứ Ba, 01/12/2026; còn 5 ngày làm việc."
    during = clock_at(any_session, CALENDAR, dossier, at(26))
    assert during.now.startswith("Hạn: Thứ Tư, 02/12/2026 nếu hết chờ vào lúc này")
    between = clock_at(any_session, CALENDAR, dossier, at(27))
    assert between.due is not None
    assert between.due.due_date.isoformat() == "2026-12-03"
    soon = clock_at(any_session, CALENDAR, dossier, at(7, month=12))
    assert soon.urgency is Urgency.DUE_SOON
    assert soon.now == "Hạn: Thứ Hai, 07/12/2026; sắp đến hạn, còn 0 ngày làm việc."
    late = clock_at(any_session, CALENDAR, dossier, at(10, month=12))
    assert late.urgency is Urgency.OVERDUE
    assert late.now == "Hạn: Thứ Hai, 07/12/2026; đã quá hạn 3 ngày làm việc."
    with pytest.raises(Invalid):
        clock_at(any_session, CALENDAR, dossier, at(22))


def test_what_was_waited_for_before_the_reception_is_no_part_of_the_clock(
    any_session: Session,
) -> None:
    office = open_office(any_session, at(23))
    dossier = office.in_progress(at(25))
    begin_waiting(any_session, dossier, PauseCause.SUPPLEMENT, at(20))
    end_waiting(any_session, dossier, at(23))
    any_session.flush()
    assert history_of(any_session, dossier) == ()
    given = dossier.due_date
    # The limit began anew on Friday; as of Thursday it still ran from the reception.
    dossier.clock_from = at(27)
    any_session.flush()
    told = clock_at(any_session, CALENDAR, dossier, at(26))
    assert told.history == (f"Ngày hẹn trên giấy tiếp nhận: Thứ Tư, {given:%d/%m/%Y}.",)
    assert told.due is not None
    assert told.due.due_date == given


def test_a_limit_that_began_anew_is_told_and_was_another_before(any_session: Session) -> None:
    office = open_office(any_session, at(23))
    dossier = office.in_progress(at(23))
    begin_waiting(any_session, dossier, PauseCause.SUPPLEMENT, at(24))
    end_waiting(any_session, dossier, at(27))
    dossier.clock_from = at(27)
    any_session.flush()
    now = clock_at(any_session, CALENDAR, dossier, at(27, 4))
    assert now.history[1].endswith("khi đủ hồ sơ, thời hạn tính lại từ đầu.")
    assert now.due is not None
    assert now.due.due_date.isoformat() == "2026-12-04"
    before = clock_at(any_session, CALENDAR, dossier, at(23, 5))
    assert before.due is not None
    assert before.due.due_date.isoformat() == "2026-12-01"


def brought_in(office: Office, promised: date) -> Dossier:
    """A dossier of an older system whose promised day no limit of ours leads to."""
    dossier = office.in_progress(at(23))
    days = dict.fromkeys(("promised_date", "due_date", "lawful_date"), promised)
    # Past the guard of what is frozen: so it is written when it is brought in.
    query = update(Dossier).where(Dossier.id == dossier.id)
    office.session.execute(query.values(time_limit=null(), due_ledger=null(), **days))
    office.session.expire(dossier)
    return dossier


@pytest.mark.parametrize(("promised", "left"), [(date(2026, 12, 3), 6), (date(2026, 12, 5), 7)])
def test_a_promised_day_without_its_limit_has_a_clock(
    any_session: Session, promised: date, left: int
) -> None:
    dossier = brought_in(open_office(any_session, at(23)), promised)
    told = clock_at(any_session, CALENDAR, dossier, at(25))
    assert told.due is not None
    assert told.due.due_date == promised
    assert f"{promised:%d/%m/%Y}; còn {left} ngày làm việc." in told.now
    recount(CALENDAR, dossier, [])
    assert dossier.due_date == dossier.lawful_date == promised


def test_a_promised_day_without_its_limit_waits_and_begins_anew(any_session: Session) -> None:
    dossier = brought_in(open_office(any_session, at(23)), date(2026, 12, 3))
    waited = Pause(at(25), at(27), PauseCause.PAYMENT)
    recount(CALENDAR, dossier, [waited])
    assert dossier.due_date == dossier.lawful_date == date(2026, 12, 7)
    # The older system gave seven working days; so many it has from the complete dossier on.
    dossier.clock_from = at(27)
    recount(CALENDAR, dossier, [])
    assert dossier.due_date == date(2026, 12, 8)
    assert dossier.promised_date == date(2026, 12, 3)


def test_an_apology_moves_a_promised_day_without_its_limit(any_session: Session) -> None:
    office = open_office(any_session, at(23))
    dossier = brought_in(office, date(2026, 12, 3))
    service = office.service(ApologyService, at(30))
    said = Apology("Phải lấy thêm ý kiến của cơ quan khác.", date(2026, 12, 10))
    service.sign(service.propose(dossier, office.specialist, said), office.leader)
    assert dossier.due_date == date(2026, 12, 10)
    assert dossier.lawful_date == date(2026, 12, 3)


def test_hours_changed_afterwards_move_no_date_that_was_given(any_session: Session) -> None:
    office = open_office(any_session, at(23))
    world, centre = office.world, office.world.centre
    world.publish(at(23), time_limit={"value": 2.5, "unit": "ngày làm việc", "text": None})

    def change(hours: str, now: datetime) -> None:
        revision = centre.revision
        save_hours(any_session, centre, hours, "", revision=revision, actor_id=None, now=now)
        any_session.flush()

    def is_as_given(dossier: Dossier) -> bool:
        due = counted(CALENDAR, dossier, [])
        assert due is not None
        told = (due.due_date, due.due_at, due_document(due))
        return told == (dossier.due_date, dossier.due_at, dossier.due_ledger)

    first = office.received(at(23))
    assert first.due_date == date(2026, 11, 26)
    change("T2-T6: 07:30-11:30", at(25))
    second = office.received(at(25, 4))
    assert second.due_date == date(2026, 12, 2)
    change("", at(26))
    third = office.received(at(26))
    assert third.due_date == date(2026, 11, 30)
    any_session.expire_all()
    # Each is counted with the hours of its receipt, from the raw events alone.
    assert all(is_as_given(one) for one in (first, second, third))
    told = clock_at(any_session, CALENDAR, second, at(25, 5))
    assert told.due is not None
    assert told.due.due_date == date(2026, 12, 2)
    # A limit that begins anew counts with the hours of then.
    second.clock_from = at(26)
    recount(CALENDAR, second, [])
    assert second.due_date == third.due_date
    # Saved once more without a change there is nothing to remember.
    change("", at(27))
    assert len(centre.hours_before) == 2


MORNINGS = "T2-T6: 07:30-11:30"


def announce(
    session: Session,
    agency: Agency,
    day: date,
    now: datetime,
    *,
    instead: date | None = None,
    revision: int | None = None,
) -> None:
    seen = agency.revision if revision is None else revision
    new = NewHours(MORNINGS, "", day, instead)
    announce_hours(session, agency, new, revision=seen, actor_id=None, now=now)
    session.flush()


def test_hours_that_are_announced_hold_from_their_day_on(any_session: Session) -> None:
    office = open_office(any_session, at(23))
    centre = office.world.centre
    office.world.publish(at(23), time_limit={"value": 2.5, "unit": "ngày làm việc", "text": None})
    before = office.received(at(23))
    announce(any_session, centre, date(2026, 11, 26), at(23, 4))
    known = office.received(at(23, 5))
    # 20 working hours from Monday noon: 4 of that day, 8 of Wednesday, two mornings.
    assert before.due_date == date(2026, 11, 26)
    assert known.due_date == date(2026, 11, 27)
    # It makes no difference whether the day's timer has come or is late.
    for _ in range(2):
        any_session.flush()
        hours = calendar_of(CALENDAR, office.world.commune)
        assert hours.closing(date(2026, 11, 25)).hour == 17
        assert hours.closing(date(2026, 11, 26)).hour == 11
        for one, due in ((before, date(2026, 11, 26)), (known, date(2026, 11, 27))):
            again = counted(CALENDAR, one, [])
            assert again is not None
            assert again.due_date == due
        spent = working_time_between(hours, at(25, 1), at(26, 9))
        assert spent == timedelta(hours=7.5 + 4)
        begin_announced(any_session, at(26, 1))
    assert not centre.hours_ahead
    assert len(centre.sessions) == 1
    assert begin_announced(any_session, at(27)) == 0


def test_announced_hours_are_moved_and_withdrawn_without_moving_a_receipt(
    any_session: Session,
) -> None:
    office = open_office(any_session, at(23))
    centre = office.world.centre
    office.world.publish(at(23), time_limit={"value": 2.5, "unit": "ngày làm việc", "text": None})
    first, second = date(2026, 11, 26), date(2026, 11, 27)
    announce(any_session, centre, first, at(23))
    dossier = office.received(at(23, 5))
    announce(any_session, centre, second, at(23, 6), instead=first)
    assert [one.begins for one in announced(centre, date(2026, 11, 23))] == [second]
    assert calendar_of(CALENDAR, centre).closing(first).hour == 17
    withdraw_hours(any_session, centre, second, actor_id=None, now=at(24))
    any_session.flush()
    assert not announced(centre, date(2026, 11, 24))
    with pytest.raises(NotFound):
        withdraw_hours(any_session, centre, second, actor_id=None, now=at(24))
    assert begin_announced(any_session, at(28)) == 0
    held = counted(CALENDAR, dossier, [])
    assert held is not None
    assert held.due_date == dossier.due_date == date(2026, 11, 27)


def test_hours_begin_on_a_day_to_come_and_two_people_do_not_overwrite(
    any_session: Session,
) -> None:
    office = open_office(any_session, at(23))
    centre = office.world.centre
    for day, code in (
        (date(2026, 11, 23), "hours_past"),
        (date(1, 1, 1), "hours_past"),
        (date(9999, 12, 31), "hours_far"),
    ):
        with pytest.raises(Invalid) as refused:
            announce(any_session, centre, day, at(23))
        assert refused.value.code == code
    for day in range(1, 7):
        announce(any_session, centre, date(2026, 12, day), at(23))
    with pytest.raises(Invalid) as refused:
        announce(any_session, centre, date(2026, 12, 20), at(23))
    assert refused.value.code == "hours_many"
    with pytest.raises(Conflict):
        announce(any_session, centre, date(2026, 12, 1), at(23), revision=0)
    # What begins meanwhile is not lost by a change of the same day.
    now = at(3, month=12)
    save_hours(
        *(any_session, centre, "T2-T6: 08:00-12:00", ""),
        revision=centre.revision,
        actor_id=None,
        now=now,
    )
    hours = calendar_of(CALENDAR, centre)
    closing = [hours.closing(date(2026, 12, day)).hour for day in (2, 3, 4)]
    assert closing == [11, 12, 11]
