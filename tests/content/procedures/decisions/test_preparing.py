"""Decisions at random: on any day at most one version holds, and only by a decision."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.calendar.holidays_seed import default_calendar
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.people.models import Account, AccountKind
from content.procedures import editing, preparing, publishing
from content.procedures.deadlines import Publisher
from content.procedures.drafting import DraftService, draft_of
from content.procedures.duties import DutyKind, Verdict, duties, open_duties
from content.procedures.form_choosing import FormChoices, forms_of
from content.procedures.heading import Heading
from content.procedures.kinds import EntryKind, Status, VersionState
from content.procedures.models import Procedure
from content.procedures.preparing_marks import mark_of
from content.procedures.standing import standing_on
from tests.content.procedures.conftest import NOW, record, take_in
from tests.content.procedures.decisions.begun import at, begin, stored

FIRST = date(2026, 1, 5)
WHOLE = {"sets": 1, "steps": ["Nộp", "Nhận"]}


def new_draft(session: Session, procedure: Procedure, day: date, words: str) -> None:
    draft = editing.open_draft(procedure, now=at(day))
    for name, value in {**WHOLE, "result": words}.items():
        editing.set_field(draft, name, value)


def holding(procedure: Procedure, day: date) -> list[int]:
    return [
        one.number
        for one in procedure.versions
        if one.state is VersionState.PUBLISHED
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
    ]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(list(EntryKind)),
        st.integers(0, 12),
        st.integers(0, 20),
    ),
    max_size=8,
)


@pytest.mark.parametrize("engine", ["sqlite_engine"])
@settings(max_examples=25)
@example(steps=[(0, EntryKind.NEW, 0, 6), (0, EntryKind.REPLACED, 5, 1), (1, EntryKind.NEW, 1, 0)])
@given(steps=STEPS)
def test_on_any_day_at_most_one_version_holds(
    request: pytest.FixtureRequest, engine: str, steps: list[tuple[int, EntryKind, int, int]]
) -> None:
    used: Engine = request.getfixturevalue(engine)
    with used.connect() as connection:
        transaction = connection.begin()
        session = Session(connection, join_transaction_mode="create_savepoint")
        versions = take_in(session, record(), record(code="1.000002"), now=at(FIRST))
        procedures = [one.procedure for one in versions]
        day = FIRST
        for number, (which, kind, wait, lead) in enumerate(steps):
            day += timedelta(days=wait)
            now = at(day)
            publishing.take_effect(session, now=now)
            _try(session, procedures, which, kind, day, lead, number)
            for procedure in procedures:
                _check(procedure, day)
        session.close()
        transaction.rollback()


@pytest.mark.parametrize(("begins", "ends", "look"), [(9, 9, 9), (1, 2, 2), (1, 2, 5)])
def test_what_was_never_shown_still_says_how_the_procedure_ended(
    any_session: Session, begins: int, ends: int, look: int
) -> None:
    """Abolished, adopted anew for a later day, replaced before anybody looked."""
    session = any_session
    procedures = [
        one.procedure for one in take_in(session, record(), record(code="1.000002"), now=at(FIRST))
    ]
    new, abolished, replaced = EntryKind.NEW, EntryKind.ABOLISHED, EntryKind.REPLACED
    steps = ((new, 0), (abolished, 0), (new, begins), (replaced, ends))
    for number, (kind, lead) in enumerate(steps):
        _try(session, procedures, 0, kind, FIRST, lead, number)
    day = FIRST + timedelta(days=look)
    assert publishing.take_effect(session, now=at(day)) == 1
    assert procedures[0].status is Status.EXPIRED
    assert not publishing.is_due(session, now=at(day))


def _try(session, procedures, which, kind, day, lead, number) -> None:
    procedure = procedures[which]
    prepared = begin(session, day, effective_on=day + timedelta(days=lead))
    if not kind.ends and procedure.current_version is not None:
        new_draft(session, procedure, day, f"kết quả {number}")
    preparing.put_line(
        prepared, procedure, kind, replaced_by=procedures[1 - which], by=1, now=at(day)
    )
    found = preparing.problems(session, prepared, now=at(day))
    if found:
        with pytest.raises(Invalid):
            preparing.publish(session, prepared, now=at(day), by=1)
        preparing.discard(session, prepared)
    else:
        preparing.publish(session, prepared, now=at(day), by=1)
    session.flush()


def _check(procedure: Procedure, today: date) -> None:
    decided = [one for one in procedure.versions if one.state is VersionState.PUBLISHED]
    assert all(one.valid_from is not None for one in decided)
    for offset in range(-30, 60, 3):
        day = today + timedelta(days=offset)
        held = holding(procedure, day)
        standing = standing_on(procedure, day)
        assert len(held) <= 1
        if standing.status is Status.IN_FORCE:
            assert [standing.version.number] == held
        else:
            assert not held
    assert procedure.status is standing_on(procedure, today).status
    if procedure.status is Status.IN_FORCE:
        assert procedure.current_version.state is VersionState.PUBLISHED


def test_a_decision_is_published_on_both_databases(any_session: Session) -> None:
    (version,) = take_in(any_session, record())
    prepared = begin(any_session, date(2026, 11, 20), effective_on=date(2026, 11, 24))
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    with pytest.raises(Conflict):
        preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    with pytest.raises(NotAllowed):
        preparing.publish(any_session, prepared, now=NOW, by=1, four_eyes=True)
    decision = preparing.publish(any_session, prepared, now=NOW, by=2, four_eyes=True)
    assert version.procedure.status is Status.NOT_YET
    tomorrow = NOW + timedelta(days=1)
    assert publishing.is_due(any_session, now=tomorrow)
    assert not publishing.is_due(any_session, now=NOW)
    assert publishing.take_effect(any_session, now=tomorrow) == 1
    assert not publishing.is_due(any_session, now=tomorrow)
    assert version.procedure.status is Status.IN_FORCE
    assert decision.published_by == 2
    with pytest.raises(InvalidTransition):
        preparing.discard(any_session, prepared)


def test_an_amendment_may_not_undo_a_coming_end(session: Session) -> None:
    (version,) = take_in(session, record())
    procedure = version.procedure
    first = begin(session, date(2026, 11, 20))
    preparing.put_line(first, procedure, EntryKind.NEW, by=1, now=NOW)
    preparing.publish(session, first, now=NOW, by=2)
    end = begin(session, date(2026, 11, 20), effective_on=date(2026, 12, 20))
    preparing.put_line(end, procedure, EntryKind.ABOLISHED, by=1, now=NOW)
    preparing.publish(session, end, now=NOW, by=2)
    new_draft(session, procedure, date(2026, 11, 21), "khác")
    late = begin(session, date(2026, 11, 21), effective_on=date(2026, 12, 1))
    preparing.put_line(late, procedure, EntryKind.AMENDED, by=1, now=NOW)
    codes = [one.code for one in preparing.problems(session, late, now=NOW)]
    assert codes == ["still_ending"]


@pytest.mark.parametrize(
    ("publisher", "shortened", "publish_by", "enter_by"),
    [
        (Publisher.PROVINCE, False, date(2026, 11, 5), date(2026, 10, 12)),
        (Publisher.MINISTRY, False, date(2026, 10, 21), date(2026, 10, 19)),
        (Publisher.PROVINCE, True, date(2026, 10, 4), date(2026, 10, 7)),
    ],
)
def test_the_days_of_the_law(session, publisher, shortened, publish_by, enter_by) -> None:
    prepared = begin(
        session,
        date(2026, 10, 5),
        effective_on=date(2026, 11, 10),
        publisher=publisher,
        shortened=shortened,
        issued_on=date(2026, 10, 1) if shortened else None,
    )
    found = {one.kind: one for one in duties(prepared, default_calendar(), date(2026, 10, 6))}
    assert found[DutyKind.PUBLISH].by == publish_by
    assert found[DutyKind.ENTER].by == enter_by
    late = found[DutyKind.PUBLISH].verdict is Verdict.LATE
    assert late is (date(2026, 10, 5) > publish_by)


def test_a_date_before_signing_is_refused_with_the_reason(session: Session) -> None:
    heading = Heading(
        number="1/QĐ", signed_on=date(2026, 11, 20), agency="UBND", effective_on=date(2026, 11, 19)
    )
    with pytest.raises(Invalid) as caught:
        preparing.create(session, heading, by=1, now=NOW)
    assert caught.value.problems == {"effective_on": "before_signing"}


def _draft_by(session: Session, procedure: Procedure, writer: int | None, words: str) -> None:
    service = DraftService(session, NOW, writer)
    draft = service.open(procedure)
    for name, value in {**WHOLE, "result": words}.items():
        editing.set_field(draft, name, value)
    service.rewrite(draft, lambda one: one.update(requirements=words), "Sửa")


def _account(session: Session, name: str) -> int:
    account = Account(
        kind=AccountKind.OFFICIAL, name=name, email=f"{name}@example.vn",
        email_key=f"{name}@example.vn", password_hash="x", created_at=NOW,
    )  # fmt: skip
    session.add(account)
    session.flush()
    return account.id


def test_with_four_eyes_nobody_publishes_a_draft_of_their_own(session: Session) -> None:
    # The decision itself is written by account 1.
    _first, writer, other = (_account(session, name) for name in ("mot", "viet", "khac"))
    (version,) = take_in(session, record())
    _draft_by(session, version.procedure, writer, "Mới")
    # Opening a draft that another wrote is no writing.
    DraftService(session, NOW, other).open(version.procedure)
    prepared = begin(session, FIRST)
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    with pytest.raises(NotAllowed):
        preparing.publish(session, prepared, now=NOW, by=writer, four_eyes=True)
    found = preparing.problems(session, prepared, now=NOW, by=writer, four_eyes=True)
    assert [one.code for one in found] == ["wrote_draft"]
    preparing.publish(session, prepared, now=NOW, by=other, four_eyes=True)


def test_a_draft_changed_after_it_was_shown_is_not_published(session: Session) -> None:
    (version,) = take_in(session, record())
    _draft_by(session, version.procedure, None, "Mới")
    prepared = begin(session, FIRST)
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    seen = mark_of(session, prepared)
    draft = draft_of(version.procedure)
    assert draft is not None
    DraftService(session, NOW, None).save(draft, "ket-qua", {"result": "Khác hẳn"})
    with pytest.raises(Conflict):
        preparing.publish(session, prepared, now=NOW, by=2, seen=seen)
    preparing.publish(session, prepared, now=NOW, by=2, seen=mark_of(session, prepared))


def test_a_form_given_another_file_after_it_was_shown_is_not_published(session: Session) -> None:
    forms = [{"code": "Mẫu 1", "for": "Tờ khai", "file": "to-khai.docx"}]
    (version,) = take_in(session, record(forms=forms))
    _draft_by(session, version.procedure, None, "Mới")
    prepared = begin(session, FIRST)
    preparing.put_line(prepared, version.procedure, EntryKind.NEW, by=1, now=NOW)
    draft = draft_of(version.procedure)
    assert draft is not None
    choosing = FormChoices(session, NOW, None)
    marks = [mark_of(session, prepared)]
    for name in ("mot.docx", "hai.docx"):
        (form,) = forms_of(session, draft)
        choosing.put(draft, form, stored(session, name), seen=form.mark)
        with pytest.raises(Conflict):
            preparing.publish(session, prepared, now=NOW, by=2, seen=marks[-1])
        marks.append(mark_of(session, prepared))
    (form,) = forms_of(session, draft)
    choosing.put(draft, form, None, seen=form.mark)
    with pytest.raises(Conflict):
        preparing.publish(session, prepared, now=NOW, by=2, seen=marks[-1])
    preparing.publish(session, prepared, now=NOW, by=2, seen=mark_of(session, prepared))


def test_a_planned_decision_has_a_day_to_sign_by_and_is_not_published(session: Session) -> None:
    with pytest.raises(Invalid) as caught:
        preparing.create(session, Heading(agency="UBND tỉnh"), by=1, now=NOW)
    assert caught.value.problems == {"effective_on": "planned_without_day"}
    planned = Heading(agency="UBND tỉnh", effective_on=date(2026, 12, 1))
    prepared = preparing.create(session, planned, by=1, now=NOW)
    session.flush()
    # Five days before the effect: NĐ 63/2010/NĐ-CP art. 15.
    (duty,) = duties(prepared, default_calendar(), date(2026, 11, 23))
    assert (duty.kind, duty.by, duty.verdict) == (
        DutyKind.PUBLISH, date(2026, 11, 26), Verdict.OPEN
    )  # fmt: skip
    late = open_duties(session, default_calendar(), date(2026, 11, 27))
    assert [(one.id, found.verdict) for one, found in late] == [(prepared.id, Verdict.OVERDUE)]
    codes = {one.code for one in preparing.problems(session, prepared, now=NOW)}
    assert {"not_signed", "no_number"} <= codes
    signed = Heading(
        number="9/QĐ", signed_on=date(2026, 11, 20), agency="UBND tỉnh",
        effective_on=date(2026, 12, 1),
    )  # fmt: skip
    preparing.edit(prepared, signed, revision=prepared.revision, by=1, now=NOW)
    open_now = open_duties(session, default_calendar(), date(2026, 11, 23))
    assert [found.kind for _one, found in open_now] == [DutyKind.ENTER]
