"""The way of a dossier through the house: transfer, steps, returns, signatures, taking back."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from content.calendar.pauses import PauseCause
from content.dossiers import wording
from content.dossiers.hand_overs import HandOverKind, Punctuality, hand_overs_of, standing
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.routing_reads import average_by_step, receivers
from content.dossiers.states import Status
from content.dossiers.step_clock import recount_step
from content.dossiers.stopping import Stop, StopService
from content.dossiers.waiting import begin_waiting, end_waiting
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.people.delegations import Delegation
from content.people.roles import Role
from content.processes.graph import Graph
from content.processes.service import ProcessService, Written
from content.words import local
from tests.content.dossiers_service.world import an_account, calendar
from tests.content.handling_moves.office import Office
from tests.support.clock import StoppedClock

NOTE = "Đề nghị thẩm định theo quy trình."
REASON = "Dự thảo chưa nêu căn cứ pháp lý, đề nghị bổ sung."


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00+07:00")


def test_from_the_desk_to_the_clerk_and_back_to_the_desk(  # noqa: PLR0915 - one whole job
    office: Office, clock: StoppedClock
) -> None:
    """Limit 5 working days: 2.5 h for each share of a sixteenth, 20 h for the appraisal."""
    session, world = office.session, office.world
    dossier = office.received(clock())  # Monday 23/11/2026, 10:00

    def desk(when: str) -> RoutingService:
        return office.service(RoutingService, at(when))

    centre = Receiver(world.centre.id)
    with pytest.raises(NotAllowed):
        desk("23T11:00").transfer(dossier, office.specialist, centre)
    with pytest.raises(Invalid) as refused:
        desk("23T11:00").transfer(dossier, office.desk, Receiver(world.centre.id, office.desk.id))
    assert refused.value.problems == {"to": "not_this_role"}
    with pytest.raises(Invalid):
        desk("23T11:00").transfer(dossier, office.desk, Receiver(99_999))
    assert dossier.status is Status.RECEIVED

    first = desk("23T11:00").transfer(dossier, office.desk, centre, revision=dossier.revision)
    session.flush()
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (4, "b3", world.centre.id)
    assert (first.from_step, first.from_minutes, first.outcome) == ("b2", 60, Punctuality.ON_TIME)
    assert local(dossier.step_due_at) == at("23T15:00")
    assert dossier.holder_id is None

    with pytest.raises(NotAllowed):
        desk("23T13:30").receive(dossier, office.specialist)
    desk("23T13:30").receive(dossier, office.head)
    assert dossier.holder_id == office.head.id
    with pytest.raises(InvalidTransition):
        desk("23T13:30").receive(dossier, office.head)
    with pytest.raises(NotAllowed):
        desk("23T13:30").forward(dossier, office.specialist, centre, NOTE)
    with pytest.raises(Invalid):
        desk("23T13:30").forward(dossier, office.head, centre, " ")

    # 24/11 is a day off: Monday 16:00 is late for the head, and 20 h end on Friday.
    stale = dossier.revision - 1
    with pytest.raises(Conflict):
        desk("23T16:00").forward(dossier, office.head, centre, NOTE, revision=stale)
    named = Receiver(world.centre.id, office.specialist.id)
    desk("23T16:00").forward(dossier, office.head, named, NOTE)
    session.flush()
    assert (dossier.step_key, dossier.holder_id) == ("b4", office.specialist.id)
    assert hand_overs_of(session, dossier)[-1].outcome is Punctuality.LATE
    assert local(dossier.step_due_at) == at("27T10:30")

    # Waiting for the applicant is nobody's time.
    begin_waiting(session, dossier, PauseCause.PAYMENT, at("25T08:00"))
    end_waiting(session, dossier, at("25T10:00"))
    session.flush()
    recount_step(session, calendar(), dossier)
    assert local(dossier.step_due_at) == at("27T14:00")

    # The specialist forgot to sign for it: passing it on does.
    desk("27T09:00").forward(dossier, office.specialist, centre, NOTE)
    session.flush()
    assert hand_overs_of(session, dossier)[1].taken_by == office.specialist.name
    with pytest.raises(Invalid) as refused:
        desk("27T09:30").send_back(dossier, office.head, "b4", "")
    assert refused.value.problems == {"reason": "required"}
    with pytest.raises(Invalid):
        desk("27T09:30").send_back(dossier, office.head, "b3", REASON)
    back = desk("27T09:30").send_back(dossier, office.head, "b4", REASON)
    session.flush()
    assert (back.kind, back.to_person_id, back.remark) == (
        HandOverKind.BACK,
        office.specialist.id,
        REASON,
    )

    office.service(StopService, at("27T10:00")).stop(dossier, office.leader, Stop(REASON))
    session.flush()
    rows = hand_overs_of(session, dossier)
    assert [one.kind.value for one in rows] == [
        *("transfer", "forward", "forward", "back", "to_desk")
    ]
    assert (dossier.holder_id, dossier.unit_id, dossier.step_due_at) == (
        None,
        dossier.agency_id,
        None,
    )
    desk("27T10:05").receive(dossier, office.desk)
    assert rows[-1].taken_by == office.desk.name

    # The owner reads units and steps, never who it was.
    told = [(one.sentence, one.who) for one in wording.timeline(dossier)][2:6]
    assert told[0] == (
        f"Hồ sơ được chuyển đến {world.centre.name} giải quyết. Bước: Phân công thụ lý.",
        world.commune.name,
    )
    everything = " ".join(" ".join(one) for one in told)
    for person in (office.desk, office.head, office.specialist):
        assert person.name not in everything
    assert NOTE not in everything
    inside = wording.timeline(dossier, inside=True)
    assert inside[3].who == f"{office.head.name} (Lãnh đạo phòng)"

    times = average_by_step(session, at("01T00:00"), at("30T00:00"))
    by_step = {one.step: one for one in times}
    appraisal = by_step["Thẩm định hồ sơ"]
    # 23/11 16-17, 25/11 and 26/11 eight hours each less two of waiting, 27/11 1.5 and 0.5.
    assert (appraisal.times, appraisal.mean_minutes) == (2, (60 + 16 * 60 - 120 + 90 + 30) // 2)
    assert (by_step["Phân công thụ lý"].late, by_step["Phân công thụ lý"].limited) == (1, 1)
    rows[0].remark = "khác"
    with pytest.raises(InvalidTransition):
        session.flush()
    session.rollback()


def test_the_last_step_is_taken_back_while_nobody_went_on(  # noqa: PLR0915 - one whole job
    office: Office, clock: StoppedClock
) -> None:
    session, world = office.session, office.world
    dossier = office.received(clock())
    clerk = an_account("vanthu@example.vn", "Đỗ Văn Thư", clock(), (world.centre.id, Role.CLERK))
    session.add(clerk)
    session.flush()

    def desk(minutes: int) -> RoutingService:
        return office.service(RoutingService, clock() + timedelta(minutes=minutes))

    to = Receiver(world.centre.id)
    desk(1).transfer(dossier, office.desk, Receiver(world.centre.id, office.head.id))
    session.flush()
    due = dossier.step_due_at
    desk(5).forward(dossier, office.head, to, NOTE)
    session.flush()
    for person, minutes, code in (
        (office.specialist, 6, "not_yours_to_undo"),
        (office.head, 36, "too_late_to_undo"),
    ):
        with pytest.raises(InvalidTransition) as refused:
            desk(minutes).take_back(dossier, person)
        assert refused.value.code == code
    desk(30).take_back(dossier, office.head)
    session.flush()
    assert (dossier.step_key, dossier.holder_id, dossier.step_due_at) == ("b3", office.head.id, due)
    assert len(standing(hand_overs_of(session, dossier))) == 1
    # Colleagues read which act it was; the applicant, where the dossier is.
    undone = f"Rút lại lần chuyển vừa rồi, hồ sơ trở về {world.centre.name}."
    assert undone in wording.timeline(dossier, inside=True)[-1].sentence
    assert "tiếp tục được giải quyết" in wording.timeline(dossier)[-1].sentence
    desk(31).forward(dossier, office.head, to, NOTE)
    desk(32).receive(dossier, office.specialist)
    session.flush()
    with pytest.raises(InvalidTransition) as refused:
        desk(33).take_back(dossier, office.head)
    assert refused.value.code == "taken_already"

    # On to the leader and the clerk, where the way inside ends.
    other = an_account("cv2@example.vn", "Vũ Thị Hai", clock(), (world.centre.id, Role.SPECIALIST))
    session.add(other)
    session.flush()
    mine = desk(40).assign(dossier, office.head, Receiver(world.centre.id, other.id), NOTE)
    session.flush()
    assert (mine.outcome, mine.due_at, dossier.step_key) == (None, dossier.step_due_at, "b4")
    with pytest.raises(NotAllowed):
        desk(41).forward(dossier, office.specialist, to, NOTE)
    today = local(clock()).date()
    session.add(
        Delegation(
            absent=other,
            substitute=office.specialist,
            agency_id=world.centre.id,
            role=Role.SPECIALIST,
            starts_on=today,
            ends_on=today,
            made_by_id=office.head.id,
            made_at=clock(),
        )
    )
    session.flush()
    desk(41).forward(dossier, office.specialist, to, NOTE)
    desk(42).forward(dossier, office.head, to, NOTE)
    desk(43).forward(dossier, office.leader, to, NOTE)
    session.flush()
    assert (dossier.step_key, hand_overs_of(session, dossier)[-1].to_performer) == ("b7", "clerk")
    with pytest.raises(InvalidTransition) as refused:
        desk(44).forward(dossier, clerk, to, NOTE)
    assert refused.value.code == "last_step"
    desk(45).send_back(dossier, clerk, "b6", REASON)
    session.flush()
    assert dossier.holder_id == office.leader.id


def test_a_dossier_keeps_the_process_it_began_with(office: Office, clock: StoppedClock) -> None:
    session, world, head = office.session, office.world, office.head
    service = ProcessService(session, clock())
    draft = service.begin(world.procedure, "", head)
    steps = list(draft.graph.steps)
    steps[1] = replace(steps[1], next=("b4",))
    steps[3] = replace(steps[3], hours=steps[3].hours + steps[2].hours)
    short = Graph((*steps[:2], *steps[3:]))
    short = Graph(
        tuple(
            replace(one, returns_to=tuple(key for key in one.returns_to if key != "b3"))
            for one in short.steps
        )
    )
    today = local(clock()).date()
    written = Written(short, "QT-01", 0, today, "", head.name, "", office.leader.name)
    service.keep(draft, head, written, revision=draft.revision)
    session.flush()
    service.publish(draft, head, revision=draft.revision)
    session.flush()
    dossier = office.received(clock())
    now = clock() + timedelta(minutes=5)
    offered = receivers(session, dossier, short.entries(), today)
    people = [one.person for one in offered if one.account_id]
    assert people == [office.specialist.name]
    office.service(RoutingService, now).transfer(dossier, office.desk, Receiver(world.centre.id))
    session.flush()
    assert (dossier.process_id, dossier.step_key) == (draft.id, "b4")
    second = service.begin(world.procedure, "", head)
    again = Graph.of(second.steps)
    written = Written(again, "QT-01", 0, today, "Đổi tên bước.", head.name, "", "Duyệt")
    service.keep(second, head, written, revision=second.revision)
    session.flush()
    service.publish(second, head, revision=second.revision)
    session.flush()
    assert dossier.process_id == draft.id
    assert dossier.step_due_at - now > timedelta(hours=float(Decimal(20)))
