"""The clock in words, as of any moment."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from content.agencies.keeping import save_hours
from content.calendar.clocks import Urgency
from content.calendar.explain import due_document
from content.calendar.pauses import PauseCause
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.clock import counted, recount
from content.dossiers.clock_words import clock_at, history_of
from content.dossiers.models import Dossier
from content.dossiers.waiting import begin_waiting, end_waiting
from content.errors import Invalid
from tests.content.dossiers_service.world import filing_rules
from tests.content.handling_moves.office import open_office

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
