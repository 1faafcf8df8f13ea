"""Near the date and past it: who is told, once; whom to phone; what a leader sees."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from content.calendar.clocks import Urgency
from content.dossiers import calls, steering
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.calls import WhyCall, to_call
from content.dossiers.contacts import CallOutcome, ContactService, calls_of
from content.dossiers.lateness import DeadlineNotice, watch
from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, open_proposal
from content.dossiers.steering import Figure
from content.dossiers.supplements import SupplementService, Wanted
from content.dossiers.supplying import Supply, SupplyService
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.figures.late_reasons import is_late
from content.figures.settled import settled, was_late
from content.figures.settling import Period
from content.words import local
from tests.content.dossiers_service.world import HOME_PAPER, calendar, filing_rules
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

PHONE = "0912345678"


def watched(office: Office, clock: StoppedClock, ending: str = "@example.vn") -> int:
    return watch(office.session, filing_rules(), clock(), lambda address: address.endswith(ending))


def told(office: Office) -> list[tuple[str, bool]]:
    return [(one["to"], one["values"]["overdue"]) for one in office.mails("deadline")]


def units(office: Office) -> set[int]:
    return {office.world.centre.id, office.world.commune.id}


def calling(office: Office, clock: StoppedClock) -> list[WhyCall]:
    found = to_call(office.session, units(office), calendar(), clock())
    return [one.why for one in found]


def test_officer_and_head_are_told_once_of_each(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    assert watched(office, clock) == 0
    clock.now += timedelta(days=7)  # Monday 30/11: one working day is left
    assert watched(office, clock) == 1
    assert told(office) == [("specialist@example.vn", False), ("head@example.vn", False)]
    values = office.mails("deadline")[0]["values"]
    assert values["apology_by"] == "Thứ Hai, 30/11/2026"
    assert values["prepared"]
    assert open_proposal(office.session, dossier, ProposalKind.APOLOGY) is not None
    assert watched(office, clock) == 0
    clock.move(days=2)
    assert watched(office, clock) == 1
    assert told(office)[2:] == [("specialist@example.vn", True), ("head@example.vn", True)]
    assert office.mails("deadline")[-1]["values"]["apology_by"] is None
    assert watched(office, clock) == 0


def still_open(office: Office, clock: StoppedClock) -> tuple[int, int]:
    """Open dossiers of Biểu II.06 today: within their limit, late."""
    office.session.flush()
    today = local(clock()).date()
    found = settled(office.session, Period(date(2026, 11, 1), today))
    assert found.open_late == office.session.scalar(
        select(func.count(Dossier.id)).where(was_late(Period(date(2026, 11, 1), today)))
    )
    return found.open_within, found.open_late


def test_who_waits_for_the_applicant_is_not_late(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    service = office.service(SupplementService, clock())
    proposal = service.propose(dossier, office.specialist, Wanted({HOME_PAPER: ""}, REASON))
    service.approve(proposal, office.leader)
    clock.now += timedelta(days=60)
    assert still_open(office, clock) == (1, 0)
    assert not is_late(dossier, local(clock()).date())
    supplying = office.service(SupplyService, clock(), office.world.files)
    supplying.supply_at_desk(dossier, office.desk, Supply({}, frozenset({HOME_PAPER})))
    assert dossier.lawful_date == dossier.due_date > local(clock()).date()
    clock.now += timedelta(days=30)
    assert still_open(office, clock) == (0, 1)


def test_only_official_addresses_are_written_to(office: Office, clock: StoppedClock) -> None:
    office.in_progress(clock())
    clock.now += timedelta(days=7)
    assert watched(office, clock, "@coquan.gov.vn") == 1
    assert told(office) == []
    notice = office.session.scalars(select(DeadlineNotice)).one()
    assert (notice.account_id, notice.urgency) == (None, Urgency.DUE_SOON)
    assert watched(office, clock, "@coquan.gov.vn") == 0


def test_who_waits_is_not_late(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    service = office.service(SupplementService, clock())
    wanted = Wanted({HOME_PAPER: ""}, REASON)
    service.approve(service.propose(dossier, office.specialist, wanted), office.leader)
    clock.move(days=30)
    assert watched(office, clock) == 0
    assert calling(office, clock) == []


def test_a_new_date_is_a_new_reason(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    clock.now += timedelta(days=7)
    watched(office, clock)
    service = office.service(ApologyService, clock())
    said = Apology("Chờ ý kiến phối hợp.", date(2026, 12, 10))
    service.sign(service.propose(dossier, office.specialist, said), office.leader)
    assert watched(office, clock) == 0
    clock.move(days=9)
    assert watched(office, clock) == 1
    assert len(told(office)) == 4


def test_batches_end(office: Office, clock: StoppedClock) -> None:
    for _ in range(3):
        office.in_progress(clock())
    clock.move(days=10)
    sizes = [
        watch(office.session, filing_rules(), clock(), lambda _: True, limit=2) for _ in range(3)
    ]
    assert sizes == [2, 1, 0]


def test_who_must_be_phoned_today(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    assert calling(office, clock) == []
    clock.now += timedelta(days=8)
    assert calling(office, clock) == [WhyCall.DUE_TODAY]
    service = office.service(ContactService, clock())
    service.note(dossier, office.specialist, PHONE, CallOutcome.NO_ANSWER)
    assert calling(office, clock) == [WhyCall.DUE_TODAY]
    service.note(dossier, office.specialist, PHONE, CallOutcome.REACHED, "Hẹn mai có.")
    assert calling(office, clock) == []
    clock.move(days=1)
    assert calling(office, clock) == [WhyCall.OVERDUE]
    service = office.service(ContactService, clock())
    again = date(2026, 12, 4)
    service.note(dossier, office.specialist, PHONE, CallOutcome.CALL_AGAIN, call_again_on=again)
    assert calling(office, clock) == []
    clock.move(days=2)
    assert calling(office, clock) == [WhyCall.OVERDUE]
    office.service(ContactService, clock()).note(dossier, office.desk, PHONE, CallOutcome.REACHED)
    clock.move(days=20)
    assert calling(office, clock) == []
    assert len(calls_of(office.session, dossier)) == 4


def test_an_apology_and_a_lapsing_supplement_are_phoned(
    office: Office, clock: StoppedClock
) -> None:
    office.rule(supplement_wait_days=2)
    late, waiting = office.in_progress(clock()), office.submitted(clock())
    service = office.service(ApologyService, clock())
    said = Apology("Chờ ý kiến phối hợp.", date(2026, 12, 10))
    service.sign(service.propose(late, office.specialist, said), office.leader)
    asking = office.service(SupplementService, clock())
    asking.ask(waiting, office.desk, Wanted({HOME_PAPER: ""}, REASON))
    assert calling(office, clock) == [WhyCall.APOLOGY]
    clock.move(days=2)
    assert calling(office, clock) == [WhyCall.APOLOGY, WhyCall.SUPPLEMENT]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"text": "a" * 1001}, "text"),
        ({"outcome": CallOutcome.CALL_AGAIN}, "call_again_on"),
        (
            {"outcome": CallOutcome.CALL_AGAIN, "call_again_on": date(2026, 11, 1)},
            "call_again_on",
        ),
    ],
)
def test_a_bad_note_is_refused(
    office: Office, clock: StoppedClock, values: dict, field: str
) -> None:
    dossier = office.received(clock())
    given = {"phone": PHONE, "outcome": CallOutcome.REACHED, **values}
    with pytest.raises(Invalid) as refused:
        office.service(ContactService, clock()).note(dossier, office.desk, **given)
    assert set(refused.value.problems) == {field}


def test_calls_are_not_made_tomorrow_nor_by_strangers(office: Office, clock: StoppedClock) -> None:
    dossier = office.received(clock())
    service = office.service(ContactService, clock())
    for step, code in ((timedelta(hours=1), "in_the_future"), (timedelta(-8), "too_long_ago")):
        with pytest.raises(Invalid) as refused:
            service.note(dossier, office.desk, PHONE, CallOutcome.REACHED, called_at=clock() + step)
        assert refused.value.problems == {"called_at": code}
    with pytest.raises(NotAllowed):
        service.note(dossier, office.world.citizen, PHONE, CallOutcome.REACHED)


def test_a_note_is_written_once(office: Office, clock: StoppedClock) -> None:
    dossier = office.received(clock())
    note = office.service(ContactService, clock()).note(
        dossier, office.desk, PHONE, CallOutcome.REACHED
    )
    office.session.flush()
    note.text = "khác"
    with pytest.raises(InvalidTransition):
        office.session.flush()
    office.session.rollback()


def figures(office: Office, clock: StoppedClock) -> dict[int, dict[Figure, int]]:
    found = steering.unit_table(office.session, units(office), calendar(), clock())
    return {one.agency_id: {k: v for k, v in one.figures.items() if v} for one in found}


def test_every_unit_in_one_table(office: Office, clock: StoppedClock) -> None:
    centre, commune = office.world.centre, office.world.commune
    handed_on: Dossier = office.in_progress(clock())
    handed_on.unit_id = centre.id
    late, _fresh, _new = office.in_progress(clock()), office.received(clock()), None
    office.submitted(clock())
    said = Apology("Chờ ý kiến phối hợp.", date(2026, 12, 10))
    office.service(ApologyService, clock()).propose(late, office.specialist, said)
    assert figures(office, clock) == {
        centre.id: {Figure.OPEN: 1},
        commune.id: {Figure.SUBMITTED: 1, Figure.OPEN: 2, Figure.TO_SIGN: 1},
    }
    clock.now += timedelta(days=7)
    assert figures(office, clock)[commune.id][Figure.SOON] == 2
    clock.move(days=1)
    assert figures(office, clock)[commune.id][Figure.TODAY] == 2
    clock.move(days=1)
    assert figures(office, clock)[centre.id] == {Figure.OPEN: 1, Figure.OVERDUE: 1}
    pile = steering.overdue(office.session, units(office), clock())
    assert (len(pile.dossiers), pile.total) == (3, 3)
    assert steering.due_today(office.session, units(office), clock()).total == 0
    signing = steering.to_sign(
        office.session, steering.led_by(office.session, office.leader, clock())
    )
    assert [one.dossier for one in signing] == [late]
    assert steering.led_by(office.session, office.specialist, clock()) == set()
    assert calls.LIMIT >= len(calling(office, clock)) == 3
