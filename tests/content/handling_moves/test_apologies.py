"""T17: drafted, signed, once, in time; the promised date stays."""

from datetime import date

import pytest

from content.dossiers.apologies import Apology, ApologyService, is_prepared
from content.dossiers.proposals import Proposals, ProposalState
from content.dossiers.states import Action, Status
from content.dossiers.wording import timeline
from content.errors import Invalid, InvalidTransition, NotAllowed
from tests.content.handling_moves.office import Office
from tests.support.clock import StoppedClock

WHY = "Cơ quan phối hợp chưa có ý kiến trả lời."
NEW = date(2026, 12, 4)
SAID = Apology(WHY, NEW, "Phòng Tài nguyên")


def apologising(office: Office, clock: StoppedClock) -> ApologyService:
    return office.service(ApologyService, clock())


def test_the_specialist_drafts_and_the_leader_signs(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    assert dossier.due_date == date(2026, 12, 1)
    clock.move(days=3)
    service = apologising(office, clock)
    assert service.latest(dossier) == date(2026, 11, 30)
    with pytest.raises(NotAllowed):
        service.propose(dossier, office.desk, SAID)
    proposal = service.propose(dossier, office.specialist, SAID)
    assert dossier.due_date == date(2026, 12, 1)
    with pytest.raises(NotAllowed):
        service.sign(proposal, office.specialist)
    service.sign(proposal, office.leader, seen=proposal.revision)
    assert (dossier.status, proposal.state) == (Status.IN_PROGRESS, ProposalState.DONE)
    assert (dossier.due_date, dossier.extended_to) == (NEW, NEW)
    assert (dossier.promised_date, dossier.extension_count) == (date(2026, 12, 1), 1)
    # Reports go on judging by the day of the law (domain: late after an apology).
    assert dossier.lawful_date == date(2026, 12, 1)
    line = dossier.events[-1]
    assert (line.action, line.actor_name) == (Action.APOLOGISE_AND_EXTEND.value, "Hoàng Thị Lãnh")
    assert line.data["slip"]["text"] == "01/PXL"
    assert (line.data["old_due"], line.data["new_due"]) == ("2026-12-01", "2026-12-04")
    assert line.data["drafted_by"] == "Lê Thị Chuyên"
    mail = office.mails("apology")[0]["values"]
    assert (mail["old_due"], mail["new_due"]) == ("Thứ Ba, 01/12/2026", "Thứ Sáu, 04/12/2026")
    assert "nơi chậm: Phòng Tài nguyên" in timeline(dossier)[-1].sentence
    with pytest.raises(InvalidTransition) as refused:
        service.propose(dossier, office.specialist, Apology(WHY, date(2026, 12, 9)))
    assert refused.value.code == "too_many_extensions"


def test_a_day_before_at_the_latest(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    clock.move(days=7)
    proposal = apologising(office, clock).propose(dossier, office.specialist, SAID)
    clock.move(days=1)
    with pytest.raises(InvalidTransition) as refused:
        apologising(office, clock).sign(proposal, office.leader)
    assert refused.value.code == "apology_too_late"
    assert dossier.due_date == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (None, "required"),
        (date(2026, 12, 1), "not_after_due"),
        (date(2026, 11, 20), "not_after_due"),
        (date(2026, 12, 5), "day_off"),
        (date(2029, 12, 5), "too_far"),
    ],
)
def test_the_new_date_is_a_working_day_after_the_old(
    office: Office, clock: StoppedClock, day: date | None, code: str
) -> None:
    dossier = office.in_progress(clock())
    with pytest.raises(Invalid) as refused:
        apologising(office, clock).draft(dossier, office.specialist, Apology(WHY, day))
    assert refused.value.problems == {"new_due": code}


def test_the_leader_writes_and_signs_alone(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    service = apologising(office, clock)
    service.sign(service.propose(dossier, office.leader, SAID), office.leader)
    assert dossier.due_date == NEW


def test_a_prepared_draft_is_completed_by_a_person(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    service = apologising(office, clock)
    prepared = service.prepare(dossier)
    assert prepared is not None
    assert is_prepared(prepared)
    assert prepared.data == {"old_due": "2026-12-01", "latest": "2026-11-30"}
    assert service.prepare(dossier) is None
    with pytest.raises(Invalid):
        service.draft(dossier, office.specialist, Apology("", NEW))
    done = service.draft(dossier, office.specialist, SAID, seen=prepared.revision)
    assert done is prepared
    assert not is_prepared(prepared)
    office.service(Proposals, clock()).send(prepared, office.specialist)
    service.sign(prepared, office.leader)
    assert dossier.due_date == NEW


def test_without_a_due_date_there_is_nothing_to_apologise_for(
    office: Office, clock: StoppedClock
) -> None:
    dossier = office.submitted(clock())
    assert apologising(office, clock).latest(dossier) is None
    assert apologising(office, clock).prepare(dossier) is None
    with pytest.raises(InvalidTransition) as refused:
        apologising(office, clock).draft(dossier, office.specialist, SAID)
    assert refused.value.code == "no_due_date"
