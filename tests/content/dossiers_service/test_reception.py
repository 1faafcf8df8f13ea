"""Acceptance and refusal: code, due date, register, slip data, and who may."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import SessionTransaction

from content.dossiers.numbering import RegisterLine
from content.dossiers.states import Status
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.outbox import OutboxJob
from content.people.roles import Role
from tests.content.dossiers_service.world import World, a_procedure, an_account


def savepoint(world: World) -> SessionTransaction:
    return world.session.begin_nested()


def mails(world: World) -> list[dict]:
    query = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id)
    return [job.payload for job in world.session.scalars(query)]


def test_acceptance_gives_code_due_date_and_register_line(world: World, clock) -> None:
    dossier = world.submitted(clock())
    clock.move(hours=1)
    world.dossiers(clock()).accept(dossier, world.officer)
    assert dossier.status is Status.RECEIVED
    assert dossier.code == "H99.12-261123-0001"
    assert dossier.received_at == clock()
    # Five working days from Monday 23/11; Tuesday 24/11 is Vietnam Culture Day.
    assert dossier.due_date == date(2026, 12, 1)
    assert dossier.due_at == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    assert [line["counted"] for line in dossier.due_ledger["ledger"]].count(True) == 5
    assert dossier.time_limit["source"] == "statutory"
    assert [fee["amount"] for fee in dossier.fees] == [10000]
    line = world.session.scalars(select(RegisterLine)).one()
    assert (line.agency_id, line.year, line.number) == (world.commune.id, 2026, 1)


def test_acceptance_tells_the_citizen_code_and_day(world: World, clock) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    mail = mails(world)[-1]
    assert mail["template"] == "accepted"
    assert mail["values"]["dossier_code"] == "H99.12-261123-0001"
    assert mail["values"]["due_at"] == "Thứ Ba, 01/12/2026"
    assert mail["values"]["time_limit"] == "5 ngày làm việc"
    assert mail["values"]["officer_name"] == "Trần Văn Một"


def test_numbers_run_on_within_a_day_and_begin_anew_the_next(world: World, clock) -> None:
    codes = []
    for _ in range(3):
        dossier = world.submitted(clock())
        world.dossiers(clock()).accept(dossier, world.officer)
        codes.append(dossier.code)
    clock.move(days=1)
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert codes == [f"H99.12-261123-000{n}" for n in (1, 2, 3)]
    assert dossier.code == "H99.12-261124-0001"
    lines = world.session.scalars(select(RegisterLine).order_by(RegisterLine.id))
    assert [line.number for line in lines] == [1, 2, 3, 4]


def test_a_number_that_was_rolled_back_is_given_to_the_next(world: World, clock) -> None:
    first, second = world.submitted(clock()), world.submitted(clock())
    nested = world.session.begin_nested()
    world.dossiers(clock()).accept(first, world.officer)
    nested.rollback()
    world.dossiers(clock()).accept(second, world.officer)
    assert second.code == "H99.12-261123-0001"


def test_the_clock_counts_from_the_next_morning_after_closing(world: World, clock) -> None:
    dossier = world.submitted(clock())
    clock.move(hours=8)  # 18:00
    world.dossiers(clock()).accept(dossier, world.officer)
    # Effective receipt is Wednesday 25/11, the fifth working day after it is 2/12.
    assert dossier.due_date == date(2026, 12, 2)
    assert dossier.code.startswith("H99.12-261123")


def test_the_agencys_own_hours_count(world: World, clock) -> None:
    world.centre.sessions = [
        {"days": [1, 2, 3, 4, 5], "from": "07:00", "to": "11:30"},
        {"days": [1, 2, 3, 4, 5], "from": "13:30", "to": "17:30"},
        {"days": [6], "from": "07:00", "to": "11:30"},
    ]
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert dossier.due_at == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        (None, "limit_unknown"),
        ({"value": 7, "unit": None, "text": "07"}, "unit_unknown"),
        ({"value": None, "unit": None, "text": "Không quy định"}, "limit_unknown"),
        ({"value": 100000, "unit": "ngày", "text": None}, "limit_unusable"),
    ],
)
def test_without_a_usable_limit_there_is_no_date_and_it_is_said(
    world: World, clock, limit, reason
) -> None:
    world.publish(clock(), time_limit=limit)
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert (dossier.due_date, dossier.due_at, dossier.due_ledger) == (None, None, None)
    assert dossier.no_due_reason == reason
    assert mails(world)[-1]["values"]["due_at"] is None


def test_the_local_limit_comes_before_that_of_the_channel_and_the_statutory_one(
    world: World, clock
) -> None:
    channels = [{"channel": "trực tuyến", "value": 4, "unit": "ngày làm việc"}]
    world.publish(clock(), time_limit_by_channel=channels)
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert (dossier.time_limit["source"], dossier.time_limit["value"]) == ("channel", 4)
    world.publish(clock(), local_limit={"value": 2, "unit": "ngày làm việc", "text": None})
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert (dossier.time_limit["source"], dossier.time_limit["value"]) == ("local", 2)


def test_unknown_fees_stay_unknown(world: World, clock) -> None:
    world.publish(clock(), fee=[])
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert dossier.fees is None


def test_what_holds_on_the_day_of_reception_holds_for_ever(world: World, clock) -> None:
    dossier = world.submitted(clock())
    filed_under = dossier.version_id
    world.publish(clock(), time_limit={"value": 2, "unit": "ngày làm việc", "text": None})
    world.dossiers(clock()).accept(dossier, world.officer)
    received_under, due = dossier.version_id, dossier.due_date
    assert received_under != filed_under
    assert due == date(2026, 11, 26)
    world.publish(clock(), time_limit={"value": 9, "unit": "ngày làm việc", "text": None})
    world.session.refresh(dossier)
    assert (dossier.version_id, dossier.due_date) == (received_under, due)
    dossier.time_limit = None
    with pytest.raises(InvalidTransition, match="dossier_frozen"):
        world.session.flush()


def test_the_log_can_be_neither_changed_nor_shortened(world: World, clock) -> None:
    dossier = world.submitted(clock())
    world.session.refresh(dossier)
    line = dossier.events[0]
    with pytest.raises(InvalidTransition, match="log_is_append_only"), savepoint(world):
        line.text = "khác"
    with pytest.raises(InvalidTransition, match="log_is_append_only"), savepoint(world):
        world.session.delete(line)
    with pytest.raises(InvalidTransition, match="dossier_kept"), savepoint(world):
        world.session.delete(dossier)


def test_a_dossier_is_accepted_once(world: World, clock) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    with pytest.raises(InvalidTransition, match="already_received"):
        world.dossiers(clock()).accept(dossier, world.officer)
    with pytest.raises(InvalidTransition):
        world.dossiers(clock()).refuse(dossier, world.officer, "Hồ sơ trùng lặp.")
    assert dossier.code == "H99.12-261123-0001"


def test_who_saw_an_older_state_is_told(world: World, clock) -> None:
    dossier = world.submitted(clock())
    seen = dossier.revision
    world.dossiers(clock()).accept(dossier, world.officer, revision=seen)
    with pytest.raises(Conflict, match="dossier_changed"):
        world.dossiers(clock()).refuse(dossier, world.officer, "Không đúng.", revision=seen)


def test_only_the_desk_above_or_at_the_agency_decides(world: World, clock) -> None:
    dossier = world.submitted(clock())
    specialist = an_account("a@example.vn", "A", clock(), (world.centre.id, Role.SPECIALIST))
    elsewhere = an_account("b@example.vn", "B", clock())
    world.session.add_all([specialist, elsewhere])
    world.session.flush()
    for account in (world.citizen, specialist, elsewhere):
        with pytest.raises(NotAllowed, match="not_your_desk"):
            world.dossiers(clock()).accept(dossier, account)
        with pytest.raises(NotAllowed, match="not_your_desk"):
            world.dossiers(clock()).refuse(dossier, account, "Không có lý do.")
    assert dossier.status is Status.SUBMITTED


def test_refusal_needs_a_reason_a_person_can_act_on(world: World, clock) -> None:
    dossier = world.submitted(clock())
    for reason, code in (
        ("", "required"),
        ("\u200b \n", "required"),
        ("ERR_12", "not_a_sentence"),
        ("a b" * 2000, "too_long"),
    ):
        with pytest.raises(Invalid) as refused:
            world.dossiers(clock()).refuse(dossier, world.officer, reason)
        assert refused.value.problems == {"reason": code}
    world.dossiers(clock()).refuse(dossier, world.officer, "Thiếu giấy tờ chỗ ở.\x00")
    assert dossier.status is Status.REFUSED
    assert dossier.code is None
    assert dossier.finished_at == clock()
    world.session.refresh(dossier)
    assert dossier.events[-1].text == "Thiếu giấy tờ chỗ ở."
    assert mails(world)[-1]["values"]["reason"] == "Thiếu giấy tờ chỗ ở."
    with pytest.raises(InvalidTransition, match="terminal"):
        world.dossiers(clock()).accept(dossier, world.officer)


def test_a_refusal_may_name_its_legal_basis(world: World, clock) -> None:
    dossier = world.submitted(clock())
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).refuse(
            dossier, world.officer, "Không thuộc thẩm quyền.", legal_basis="x" * 501
        )
    assert refused.value.problems == {"legal_basis": "too_long"}
    basis = "Khoản 1 Điều 18 Luật Cư trú\x00 "
    world.dossiers(clock()).refuse(
        dossier, world.officer, "Không thuộc thẩm quyền.", legal_basis=basis
    )
    world.session.refresh(dossier)
    assert dossier.events[-1].data == {"legal_basis": "Khoản 1 Điều 18 Luật Cư trú"}


def test_what_acceptance_would_promise_is_what_it_promises(world: World, clock) -> None:
    dossier = world.submitted(clock())
    before = world.dossiers(clock()).appointment_now(dossier)
    world.session.refresh(dossier)
    assert (dossier.due_date, dossier.revision) == (None, 1)
    world.dossiers(clock()).accept(dossier, world.officer)
    assert (before.due_date, before.ledger) == (dossier.due_date, dossier.due_ledger)


def test_two_agencies_count_apart(world: World, clock) -> None:
    for agency in (world.commune, world.centre, world.commune):
        draft = world.draft(clock())
        draft.agency = agency
        dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
        world.dossiers(clock()).accept(dossier, world.officer)
        last = dossier.code
    assert last == "H99.12-261123-0002"
    lines = world.session.scalars(select(RegisterLine).order_by(RegisterLine.id))
    assert [line.number for line in lines] == [1, 1, 2]


def test_a_procedure_without_a_form_of_its_own_takes_the_general_one(world: World, clock) -> None:
    procedure = a_procedure(world.session, clock(), code="1.000001", name="Việc khác")
    draft = world.drafts(clock()).begin(procedure, world.holder)
    definition = world.drafts(clock()).definition(draft)
    assert definition.id == "don-chung"
    assert [section.id for section in definition.sections] == ["nguoi_nop", "noi_dung", "ket_qua"]
