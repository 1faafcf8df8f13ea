"""Reminders: once when the day is near, once when it is past; desks after three days."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.calendar.holidays_seed import default_calendar
from content.outbox import OutboxJob
from content.people.models import Account, AccountKind, Membership
from content.people.roles import Role
from content.procedures import notified, preparing
from content.procedures.decision_reminders import remind
from content.procedures.duties import enter
from content.procedures.heading import Heading
from content.procedures.kinds import EntryKind
from content.procedures.postings import Place, check
from tests.content.procedures.conftest import NOW, record, take_in
from tests.content.procedures.decisions.begun import begin


def people(session: Session) -> Agency:
    desk = Agency(
        slug="xa-mot", code="H99.21", name="Xã Một", kind=AgencyKind.COMMUNE_CENTRE, sessions=[]
    )
    for name, role in (("chief", Role.CHIEF_EDITOR), ("officer", Role.ONE_STOP)):
        account = Account(
            kind=AccountKind.OFFICIAL, name=name, email=f"{name}@example.vn",
            email_key=f"{name}@example.vn", password_hash="x", created_at=NOW,
        )  # fmt: skip
        session.add_all([desk, account])
        session.flush()
        account.memberships.append(Membership(agency_id=desk.id, role=role))
    session.flush()
    return desk


def published(session: Session):
    (version,) = take_in(session, record())
    prepared = begin(session, date(2026, 11, 20))
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    decision = preparing.publish(session, prepared, now=NOW, by=2)
    session.flush()
    return decision


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id))
    return [(one.payload["to"], one.payload["template"]) for one in rows]


def test_each_reminder_is_sent_once(any_session: Session) -> None:
    people(any_session)
    published(any_session)
    calendar = default_calendar()
    assert remind(any_session, calendar, now=NOW) == 0
    # The fifth working day after 20/11/2026, of which 24/11 is a holiday, is 30/11.
    for _ in range(2):
        remind(any_session, calendar, now=NOW + timedelta(days=5))
    assert mails(any_session) == [
        ("chief@example.vn", "decision_duty"),
        ("officer@example.vn", "decision"),
    ]
    remind(any_session, calendar, now=NOW + timedelta(days=8))
    assert len(mails(any_session)) == 3


def test_what_is_done_needs_no_reminder_and_is_posted_in_three_places(session: Session) -> None:
    desk = people(session)
    decision = published(session)
    found = check(session, desk)
    assert [row.dates[Place.BOARD] for row in found.rows] == [None]
    assert found.percent == 0
    enter(session, decision, date(2026, 11, 23), by=1, now=NOW)
    notified.acknowledge(session, decision, desk, posted_on=date(2026, 11, 23), by=1, now=NOW)
    session.flush()
    assert remind(session, default_calendar(), now=NOW + timedelta(days=30)) == 0
    found = check(session, desk)
    assert found.percent == 100
    assert found.rows[0].dates == dict.fromkeys(Place, date(2026, 11, 23))
    assert found.rows[0].is_complete


def _mails(session: Session) -> list[OutboxJob]:
    return list(session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")))


def test_a_planned_and_a_signed_decision_in_preparation_are_reminded_once(
    session: Session,
) -> None:
    people(session)
    calendar = default_calendar()
    planned = Heading(agency="UBND tỉnh", effective_on=date(2026, 12, 1))
    preparing.create(session, planned, by=1, now=NOW)
    session.flush()
    assert remind(session, calendar, now=NOW) == 0
    for _ in range(2):
        remind(session, calendar, now=NOW + timedelta(days=2))
    told = [one.payload["values"] for one in _mails(session)]
    assert [(one["work"], one["by"]) for one in told] == [
        ("ban hành quyết định công bố", "26/11/2026")
    ]
    assert told[0]["path"].startswith("/bien-tap/quyet-dinh/")

    (version,) = take_in(session, record())
    prepared = begin(session, date(2026, 11, 20))
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    session.flush()
    remind(session, calendar, now=NOW + timedelta(days=5))
    preparing.publish(session, prepared, now=NOW, by=2)
    session.flush()
    remind(session, calendar, now=NOW + timedelta(days=5))
    works = [one.payload["values"] for one in _mails(session)]
    entries = [one for one in works if "Cơ sở dữ liệu" in one.get("work", "")]
    assert [one["number"] for one in entries] == [prepared.number]
