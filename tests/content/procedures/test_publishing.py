"""Publication: validity is earned by decisions, and what people saw never changes."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Conflict, InvalidTransition
from content.procedures import editing, publishing, reads
from content.procedures.decisions import PublicationEntry
from content.procedures.kinds import EntryKind, Level, Status, VersionState
from content.procedures.models import Procedure
from content.procedures.parts import RequiredPaper
from content.procedures.publishing import Publication
from content.procedures.standing import status_on
from tests.content.procedures.conftest import NOW, adopted, decision, record, take_in


def amended(session: Session, procedure: Procedure, number: str, day: date, **fields):
    """A new version with another result, published for a day."""
    draft = editing.open_draft(procedure, now=NOW)
    editing.set_field(draft, "result", f"Kết quả của {number}")
    publishing.submit(draft)
    publishing.publish(
        session,
        decision(number, signed_on=day - timedelta(days=5), effective_on=day),
        [Publication(draft, EntryKind.AMENDED, **fields)],
        now=NOW,
    )
    session.flush()
    return draft


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=NOW.tzinfo)


def test_a_decision_makes_it_valid_from_its_day(any_session: Session):
    (version,) = adopted(any_session, record())
    procedure = version.procedure
    assert procedure.status is Status.IN_FORCE
    assert procedure.status_since == version.valid_from == date(2026, 8, 10)
    assert status_on(procedure, date(2026, 8, 9)) is Status.NOT_YET
    assert status_on(procedure, date(2026, 8, 10)) is Status.IN_FORCE
    assert version.published_at == NOW
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["procedure.import", "procedure.new"]


def test_a_decision_without_date_holds_from_signing_and_an_entry_may_have_its_own(
    session: Session,
):
    one, other = take_in(session, record(), record(code="1.000002"))
    act = decision(effective_on=None)
    publications = [Publication(one), Publication(other, effective_on=date(2027, 1, 1))]
    entries = publishing.publish(session, act, publications, now=NOW)
    assert [entry.in_force_from for entry in entries] == [date(2026, 8, 3), date(2027, 1, 1)]
    assert one.procedure.status is Status.IN_FORCE
    assert other.procedure.status is Status.NOT_YET


def test_a_later_day_moves_the_pointer_even_if_the_timer_slept(any_session: Session):
    (first,) = adopted(any_session, record())
    procedure = first.procedure
    second = amended(any_session, procedure, "20/QĐ-UBND", date(2027, 1, 1))
    assert procedure.current_version is first
    assert first.valid_to == date(2026, 12, 31)
    assert publishing.take_effect(any_session, now=NOW) == 0

    assert publishing.take_effect(any_session, now=at(date(2027, 1, 4))) == 1
    any_session.flush()
    assert procedure.current_version is second
    assert procedure.status is Status.IN_FORCE
    assert publishing.take_effect(any_session, now=at(date(2027, 1, 5))) == 0


def test_the_day_begins_at_midnight_in_viet_nam(session: Session):
    (version,) = take_in(session, record())
    publishing.publish(
        session, decision(effective_on=date(2027, 1, 1)), [Publication(version)], now=NOW
    )
    before = datetime(2026, 12, 31, 16, 59, tzinfo=NOW.tzinfo)
    assert publishing.take_effect(session, now=before) == 0
    assert publishing.take_effect(session, now=before + timedelta(minutes=1)) == 1
    assert version.procedure.status is Status.IN_FORCE


def test_versions_published_out_of_order_follow_each_other_by_date(session: Session):
    (first,) = adopted(session, record())
    late = amended(session, first.procedure, "20/QĐ-UBND", date(2027, 6, 1))
    soon = amended(session, first.procedure, "21/QĐ-UBND", date(2027, 1, 1))
    assert (first.valid_to, soon.valid_to, late.valid_to) == (
        date(2026, 12, 31),
        date(2027, 5, 31),
        None,
    )


def test_an_abolished_procedure_stays_readable(any_session: Session):
    (version,) = adopted(any_session, record())
    publishing.abolish(any_session, decision("30/QĐ-UBND"), [version.procedure], now=NOW)
    any_session.flush()
    procedure = reads.find(any_session, "1.000001")
    assert procedure is version.procedure
    assert procedure.status is Status.ABOLISHED
    assert procedure.status_since == date(2026, 8, 10)
    assert procedure.current_version is version
    with pytest.raises(InvalidTransition):
        publishing.abolish(any_session, decision("31/QĐ-UBND"), [procedure], now=NOW)


def test_an_end_in_the_future_comes_with_its_day(session: Session):
    (version,) = adopted(session, record())
    publishing.abolish(
        session,
        decision("30/QĐ-UBND"),
        [version.procedure],
        now=NOW,
        kind=EntryKind.REPLACED,
        effective_on=date(2027, 1, 1),
    )
    assert version.procedure.status is Status.IN_FORCE
    assert publishing.take_effect(session, now=at(date(2027, 1, 1))) == 1
    assert version.procedure.status is Status.EXPIRED
    assert version.procedure.status_since == date(2027, 1, 1)


def test_what_nobody_adopted_can_be_abolished_too(session: Session):
    (version,) = take_in(session, record())
    publishing.abolish(session, decision("30/QĐ-UBND"), [version.procedure], now=NOW)
    assert version.procedure.status is Status.ABOLISHED


def test_an_abolished_procedure_may_come_back(session: Session):
    (version,) = adopted(session, record())
    publishing.abolish(session, decision("30/QĐ-UBND"), [version.procedure], now=NOW)
    again = amended(session, version.procedure, "40/QĐ-UBND", date(2026, 11, 1))
    assert version.procedure.status is Status.IN_FORCE
    assert version.procedure.current_version is again


def test_districts_cannot_be_published_any_more(session: Session):
    district = record(level="huyện", levels=["huyện"], as_of="2021")
    (version,) = take_in(session, district)
    assert version.procedure.status is Status.EXPIRED
    assert status_on(version.procedure, date(2025, 6, 30)) is Status.HISTORICAL
    with pytest.raises(InvalidTransition, match="district_level_ended"):
        publishing.publish(session, decision(), [Publication(version)], now=NOW)


def test_only_what_waits_can_be_published(session: Session):
    (version,) = adopted(session, record())
    with pytest.raises(InvalidTransition):
        publishing.publish(session, decision("2/QĐ"), [Publication(version)], now=NOW)
    draft = editing.open_draft(version.procedure, now=NOW)
    with pytest.raises(InvalidTransition):
        publishing.publish(session, decision("3/QĐ"), [Publication(draft)], now=NOW)
    publishing.submit(draft)
    with pytest.raises(InvalidTransition):
        publishing.submit(draft)
    publishing.withdraw(draft)
    assert draft.state is VersionState.DRAFT
    publishing.submit(draft)
    with pytest.raises(InvalidTransition):
        publishing.publish(
            session, decision("4/QĐ"), [Publication(draft, EntryKind.ABOLISHED)], now=NOW
        )


def test_a_draft_alone_has_no_standing(session: Session):
    draft = editing.new_procedure(session, record(), now=NOW)
    assert status_on(draft.procedure, date(2026, 11, 23)) is Status.DRAFT


def test_a_decision_says_one_thing_about_a_procedure(session: Session):
    (version,) = adopted(session, record())
    act = session.scalars(select(PublicationEntry)).one().decision
    with pytest.raises(Conflict):
        publishing.abolish(session, act, [version.procedure], now=NOW)


def test_what_people_saw_never_changes(any_session: Session):
    (version,) = adopted(any_session, record())
    version.document = {**version.document, "result": "Khác"}
    with pytest.raises(InvalidTransition, match="version_frozen"):
        any_session.flush()
    any_session.rollback()


def test_what_people_saw_cannot_become_a_draft_or_go(session: Session):
    (version,) = adopted(session, record())
    with session.begin_nested() as nested:
        version.state = VersionState.DRAFT
        with pytest.raises(InvalidTransition):
            session.flush()
        nested.rollback()
    session.refresh(version)
    session.delete(version)
    with pytest.raises(InvalidTransition):
        session.flush()


def test_rows_are_written_once_when_a_version_is_frozen(session: Session):
    (version,) = adopted(session, record())
    draft = amended(session, version.procedure, "20/QĐ-UBND", date(2026, 9, 1))
    query = select(RequiredPaper.version_id, RequiredPaper.name, RequiredPaper.case)
    found = session.execute(query.order_by(RequiredPaper.id)).all()
    assert found == [
        (version.id, "Tờ khai", None),
        (version.id, "Văn bản ủy quyền", "Trường hợp ủy quyền"),
        (draft.id, "Tờ khai", None),
        (draft.id, "Văn bản ủy quyền", "Trường hợp ủy quyền"),
    ]


def test_of_one_code_the_one_in_force_is_primary_communes_first(session: Session):
    commune, province, district = adopted(
        session,
        record(),
        record(level="tỉnh", levels=["tỉnh"]),
        record(level="huyện", levels=["huyện"], as_of="2021"),
    )
    addresses = [one.procedure.address for one in (commune, province, district)]
    assert addresses == ["1.000001", "1.000001/cap-tinh", "1.000001/cap-huyen"]
    assert reads.find(session, "1.000001").level is Level.COMMUNE

    publishing.abolish(session, decision("30/QĐ-UBND"), [commune.procedure], now=NOW)
    session.flush()
    assert reads.find(session, "1.000001").level is Level.PROVINCE
    assert commune.procedure.address == "1.000001/cap-xa"
    assert [one.level for one in reads.siblings(session, province.procedure)] == [
        Level.COMMUNE,
        Level.DISTRICT,
    ]
