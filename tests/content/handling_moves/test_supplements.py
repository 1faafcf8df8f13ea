"""T5, T8, T6: asking once, by whom, from the published list; answering; the clock after it."""

import io
from datetime import date, timedelta
from typing import Any

import pytest

from content.dossiers.models import Attachment, Dossier
from content.dossiers.papers import ANSWERS_SLOT
from content.dossiers.proposals import ProposalState
from content.dossiers.reads import papers_shown
from content.dossiers.states import Action, Actor, Status
from content.dossiers.supplement_items import items_to_ask
from content.dossiers.supplement_requests import Outcome, SupplementRequest, open_request
from content.dossiers.supplements import SupplementService, Wanted
from content.dossiers.supply_form import staging_slot
from content.dossiers.supplying import Supply, SupplyService
from content.dossiers.waiting import pauses_of
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.procedures.handling import AfterSupplement
from tests.content.dossiers_service.world import HOME_PAPER, PDF
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

HOME = "Giấy tờ chứng minh chỗ ở hợp pháp"


def wanted(*keys: str, reason: str = REASON, basis: str = "") -> Wanted:
    return Wanted(dict.fromkeys(keys or (HOME_PAPER,), "bản chụp mờ"), reason, basis)


def asking(office: Office, clock: StoppedClock) -> SupplementService:
    return office.service(SupplementService, clock())


def supplying(office: Office, clock: StoppedClock) -> SupplyService:
    return office.service(SupplyService, clock(), office.world.files)


def asked_at_intake(office: Office, clock: StoppedClock, *keys: str) -> Dossier:
    dossier = office.submitted(clock())
    clock.move(hours=1)
    asking(office, clock).ask(dossier, office.desk, wanted(*keys))
    return dossier


def asked_in_appraisal(office: Office, clock: StoppedClock) -> Dossier:
    dossier = office.in_progress(clock())
    service = asking(office, clock)
    service.approve(service.propose(dossier, office.specialist, wanted()), office.leader)
    return dossier


def stage(
    office: Office, clock: StoppedClock, dossier: Dossier, key: str = HOME_PAPER
) -> Attachment:
    request = open_request(office.session, dossier)
    assert request is not None
    return supplying(office, clock).stage(
        dossier,
        io.BytesIO(PDF),
        name="so-do-ro.pdf",
        media_type="application/pdf",
        slot=staging_slot(request, key),
    )


def supply(
    office: Office, clock: StoppedClock, dossier: Dossier, **answers: Any
) -> SupplementRequest:
    service = supplying(office, clock)
    return service.supply_online(dossier, Supply(answers), office.world.citizen)


def test_the_desk_asks_before_it_accepts(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock)
    assert dossier.status is Status.SUPPLEMENT_ASKED
    assert (dossier.previous_status, dossier.supplement_count) == (Status.SUBMITTED, 1)
    line = dossier.events[-1]
    assert line.text == REASON
    assert line.data["slip"]["text"] == "01/HDHS"
    assert line.data["stage"] == "intake"
    assert line.data["items"] == [
        {"kind": "paper", "key": HOME_PAPER, "name": HOME, "remark": "bản chụp mờ"}
    ]
    assert [one.ends_at for one in pauses_of(office.session, dossier)] == [None]
    mail = office.mails("supplement_asked")[0]["values"]
    assert mail["items"] == [f"{HOME}: bản chụp mờ"]
    assert (mail["officer_name"], mail["slip"]) == ("Trần Văn Một", "01/HDHS")
    assert (mail["agency_name"], mail["told_at"]) == (dossier.agency_name, "11:00, 23/11/2026")


def test_items_come_from_the_published_list_alone(office: Office, clock: StoppedClock) -> None:
    dossier = office.submitted(clock())
    keys = {one.key for one in items_to_ask(dossier)}
    assert {"paper:0", HOME_PAPER, "paper:2", "paper:3", "ho_ten", "thanh_vien"} <= keys
    # Nobody was asked the child's name: there is no child.
    assert "ten_con" not in keys
    for made_up in ("paper:9", "giay_khac", "ten_con"):
        with pytest.raises(Invalid) as refused:
            asking(office, clock).ask(dossier, office.desk, wanted(made_up))
        assert refused.value.problems == {"items": "not_published"}
    with pytest.raises(Invalid):
        asking(office, clock).ask(dossier, office.desk, Wanted({}, REASON))
    assert dossier.status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "required"), ("  ", "required"), ("ERR_12", "not_a_sentence"), ("a " * 3000, "too_long")],
)
def test_a_reason_is_a_sentence(
    office: Office, clock: StoppedClock, reason: str, code: str
) -> None:
    dossier = office.submitted(clock())
    with pytest.raises(Invalid) as refused:
        asking(office, clock).ask(dossier, office.desk, wanted(reason=reason))
    assert refused.value.problems == {"reason": code}


def test_once_is_once(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock)
    stage(office, clock, dossier)
    supply(office, clock, dossier)
    assert dossier.status is Status.SUBMITTED
    for act in (asking(office, clock).ask, asking(office, clock).propose):
        with pytest.raises(InvalidTransition) as refused:
            act(dossier, office.desk, wanted())
        assert refused.value.code == "too_many_supplements"


def test_a_second_request_needs_the_leader_and_is_counted(
    office: Office, clock: StoppedClock
) -> None:
    office.rule(max_supplements=2, legal_basis="Luật riêng")
    dossier = asked_at_intake(office, clock)
    stage(office, clock, dossier)
    supply(office, clock, dossier)
    service = asking(office, clock)
    with pytest.raises(InvalidTransition) as refused:
        service.ask(dossier, office.desk, wanted("ho_ten"))
    assert refused.value.code == "leader_needed"
    proposal = service.propose(dossier, office.desk, wanted("ho_ten"))
    assert dossier.status is Status.SUBMITTED
    request = service.approve(proposal, office.leader)
    assert (request.number, dossier.supplement_count) == (2, 2)
    assert dossier.events[-1].data["approved_by"] == "Hoàng Thị Lãnh"
    assert dossier.events[-1].role == Actor.ONE_STOP.value


def test_in_appraisal_the_specialist_proposes_and_the_leader_approves(
    office: Office, clock: StoppedClock
) -> None:
    dossier = office.in_progress(clock())
    service = asking(office, clock)
    with pytest.raises(NotAllowed):
        service.propose(dossier, office.desk, wanted())
    proposal = service.propose(dossier, office.specialist, wanted(basis="Điều 21"))
    assert (dossier.status, proposal.state) == (Status.IN_PROGRESS, ProposalState.AWAITING)
    with pytest.raises(NotAllowed):
        service.approve(proposal, office.specialist)
    request = service.approve(proposal, office.leader, seen=proposal.revision)
    assert (dossier.status, proposal.state) == (Status.SUPPLEMENT_ASKED, ProposalState.DONE)
    assert (request.asked_by, request.approved_by_id) == (office.specialist, office.leader.id)
    line = dossier.events[-1]
    assert (line.action, line.role) == (Action.REQUEST_SUPPLEMENT_PROCESS.value, "specialist")
    assert line.data["legal_basis"] == "Điều 21"
    with pytest.raises(Conflict):
        service.approve(proposal, office.leader)
    with pytest.raises(InvalidTransition):
        service.propose(dossier, office.specialist, wanted())


def test_the_notice_comes_within_three_working_days(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    # Received on Monday 23/11; the 24th is a holiday: 25, 26, 27.
    assert asking(office, clock).last_day(dossier) == date(2026, 11, 27)
    proposal = asking(office, clock).propose(dossier, office.specialist, wanted())
    clock.move(days=5)
    with pytest.raises(InvalidTransition) as refused:
        asking(office, clock).approve(proposal, office.leader)
    assert refused.value.code == "notice_too_late"


def test_the_applicant_answers_and_the_eight_hours_begin_anew(
    office: Office, clock: StoppedClock
) -> None:
    dossier = asked_at_intake(office, clock)
    first = dossier.answer_by
    with pytest.raises(Invalid) as refused:
        supply(office, clock, dossier)
    assert refused.value.problems == {f"item:{HOME_PAPER}": "required"}
    file = stage(office, clock, dossier)
    assert [len(one.files) for one in papers_shown(dossier)] == [1], "it only waits"
    clock.move(days=2)
    request = supply(office, clock, dossier)
    office.session.refresh(dossier)
    assert dossier.status is Status.SUBMITTED
    assert dossier.answer_by > first
    assert (file.slot, file.paper) == (HOME_PAPER, HOME)
    assert request.outcome is Outcome.SUPPLIED_ONLINE
    assert [one.ends_at for one in pauses_of(office.session, dossier)] == [clock()]
    assert office.mails("supplement_received")[0]["values"]["new_due"] is None
    clock.move(hours=1)
    office.world.dossiers(clock()).accept(dossier, office.desk)
    assert dossier.status is Status.RECEIVED


def test_after_the_supplement_the_limit_begins_anew(office: Office, clock: StoppedClock) -> None:
    dossier = asked_in_appraisal(office, clock)
    assert dossier.due_date == date(2026, 12, 1)
    stage(office, clock, dossier)
    clock.move(days=7)
    request = supply(office, clock, dossier)
    # Five working days from Monday 30/11.
    assert dossier.due_date == dossier.lawful_date == request.due_after == date(2026, 12, 7)
    assert (dossier.promised_date, request.due_before) == (date(2026, 12, 1), date(2026, 12, 1))
    assert dossier.status is Status.IN_PROGRESS
    assert dossier.clock_from == clock()
    told = timeline(dossier)[-1].sentence
    assert "trước đây: Thứ Ba, 01/12/2026; ngày hẹn trả mới: Thứ Hai, 07/12/2026." in told
    assert office.mails("supplement_received")[0]["values"]["new_due"] == "Thứ Hai, 07/12/2026"


def test_or_only_the_waiting_is_left_out(office: Office, clock: StoppedClock) -> None:
    office.rule(after_supplement=AfterSupplement.PAUSE)
    dossier = asked_in_appraisal(office, clock)
    stage(office, clock, dossier)
    clock.move(days=7)
    supply(office, clock, dossier)
    # Waited (23/11, 30/11]: 25, 26, 27, 30 – four working days after 1/12.
    assert dossier.due_date == dossier.lawful_date == date(2026, 12, 7)
    assert dossier.clock_from == dossier.received_at
    clock.move(days=30)
    assert dossier.due_ledger["ledger"][1]["reason"] in {"holiday", "waiting"}


def test_corrected_answers_replace_the_old_which_are_kept(
    office: Office, clock: StoppedClock
) -> None:
    dossier = asked_at_intake(office, clock, "ho_ten", "co_con")
    with pytest.raises(Invalid) as refused:
        supply(office, clock, dossier, ho_ten="", co_con="khong")
    assert "item:ho_ten" in refused.value.problems
    # A child appears, so its name is asked for.
    with pytest.raises(Invalid) as refused:
        supply(office, clock, dossier, ho_ten="Nguyễn Thị Hoà", co_con="co")
    assert refused.value.problems == {"form:ten_con": "required"}
    request = supply(
        office, clock, dossier, ho_ten="Nguyễn Thị Hoà", co_con="co", ten_con="Nguyễn Văn Con"
    )
    assert request.before == {"ho_ten": "Nguyễn Thị Hoa", "co_con": "khong"}
    assert dossier.answers["ten_con"] == "Nguyễn Văn Con"
    assert (dossier.applicant_name, dossier.applicant_key) == ("Nguyễn Thị Hoà", "nguyen thi hoa")


def test_a_file_that_answers_a_question(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock, "thanh_vien")
    service = supplying(office, clock)
    photo = service.stage(
        dossier, io.BytesIO(PDF), name="anh.pdf", media_type="application/pdf", slot=ANSWERS_SLOT
    )
    answer = {
        "token": photo.token,
        "name": photo.name,
        "size": photo.file.size,
        "type": photo.file.media_type,
        "digest": photo.file.sha256,
    }
    supply(office, clock, dossier, thanh_vien=[{"ten": "Út", "anh": [answer]}])
    assert dossier.answers["thanh_vien"][0]["anh"][0]["token"] == photo.token


def test_the_desk_takes_it_in_on_paper(office: Office, clock: StoppedClock) -> None:
    dossier = asked_in_appraisal(office, clock)
    given = Supply({}, frozenset({HOME_PAPER}), "Người nộp mang đến quầy.")
    service = supplying(office, clock)
    with pytest.raises(NotAllowed):
        service.supply_at_desk(dossier, office.specialist, given)
    request = service.supply_at_desk(dossier, office.desk, given, revision=dossier.revision)
    assert request.outcome is Outcome.SUPPLIED_AT_DESK
    assert request.supplied[0]["on_paper"]
    assert (dossier.events[-1].role, dossier.events[-1].text) == ("one_stop", given.note)


def test_paper_is_for_the_desk_alone(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock)
    given = Supply({}, frozenset({HOME_PAPER}))
    with pytest.raises(Invalid):
        supplying(office, clock).supply_online(dossier, given, office.world.citizen)


def test_a_paper_that_came_is_no_longer_absent(office: Office, clock: StoppedClock) -> None:
    dossier = office.submitted(clock())
    dossier.absences = [{"paper": HOME, "why": "shown_at_desk"}]
    asking(office, clock).ask(dossier, office.desk, wanted())
    stage(office, clock, dossier)
    supply(office, clock, dossier)
    assert dossier.absences == []


def test_who_answers_second_is_told(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock)
    stage(office, clock, dossier)
    request = open_request(office.session, dossier)
    assert request is not None
    service = supplying(office, clock)
    service.supply_online(dossier, Supply({}), office.world.citizen, request_id=request.id)
    with pytest.raises(InvalidTransition):
        service.supply_online(dossier, Supply({}), office.world.citizen, request_id=request.id)


def test_files_wait_for_open_requests_only(office: Office, clock: StoppedClock) -> None:
    dossier = asked_at_intake(office, clock)
    service = supplying(office, clock)
    for slot in ("paper:0", HOME_PAPER, "supply:1:paper:0"):
        with pytest.raises(Invalid):
            service.stage(
                dossier, io.BytesIO(PDF), name="x.pdf", media_type="application/pdf", slot=slot
            )
    file = stage(office, clock, dossier)
    service.unstage(dossier, file.token)
    office.session.flush()
    assert service.kept(dossier, file.token) is None
    old = dossier.attachments[0]
    service.unstage(dossier, old.token)
    assert service.kept(dossier, old.token) is old


def test_the_last_day_to_answer_is_told(office: Office, clock: StoppedClock) -> None:
    office.rule(supplement_wait_days=2, legal_basis="NĐ 217/2026")
    dossier = asked_at_intake(office, clock)
    request = open_request(office.session, dossier)
    assert request is not None
    assert request.reply_by == date(2026, 11, 26)
    assert office.mails("supplement_asked")[0]["values"]["reply_by"] == "Thứ Năm, 26/11/2026"
    assert "Bổ sung chậm nhất Thứ Năm, 26/11/2026." in timeline(dossier)[-1].sentence


def test_slips_are_numbered_by_agency_and_year(office: Office, clock: StoppedClock) -> None:
    numbers = [asked_at_intake(office, clock).events[-1].data["slip"]["text"] for _ in range(2)]
    assert numbers == ["01/HDHS", "02/HDHS"]
    clock.now += timedelta(days=60)
    assert asked_at_intake(office, clock).events[-1].data["slip"]["text"] == "01/HDHS"
