"""What happens to a received dossier on its way through the house, one act at a time."""

import io
from dataclasses import replace

from content.calendar.days import next_working_day
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.models import Dossier
from content.dossiers.money import ChargeKind, Means
from content.dossiers.obligations import Asked, ObligationService, Payment
from content.dossiers.obligations import money_facts as money_of
from content.dossiers.proposals import ProposalKind, Proposals, ProposalState, open_proposal
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.states import Status
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplement_items import ItemKind, items_to_ask
from content.dossiers.supplement_requests import open_request
from content.dossiers.supplements import SupplementService, Wanted, needs_leader
from content.dossiers.supply_form import paper_items, staging_slot
from content.dossiers.supplying import Supply
from content.dossiers.withdrawals import Settlement, WithdrawalService, may_withdraw
from content.people.roles import Role
from content.procedures.kinds import Channel
from content.seed.month.courses import Course
from content.seed.month.receiving import PAGE, PDF
from content.seed.month.stage import Stage
from content.words import local

_LACKING = "Giấy tờ kèm theo chưa rõ, chưa đủ thông tin để thẩm định (hồ sơ mẫu)."
_ON = "Chuyển bước tiếp theo."
_BASIS = "Luật Phí và lệ phí số 97/2015/QH13 (căn cứ mẫu)"
_ACCOUNT = "Kho bạc Nhà nước mẫu, tài khoản 0000000000"
_AMOUNTS = (20_000, 50_000, 150_000, 1_200_000)
_DAYS_MORE = (2, 3, 5)


def transfer(stage: Stage, course: Course) -> None:
    """T7, to the head of the unit."""
    head = stage.other(course, Role.HEAD)
    to = Receiver(course.agency_id, head.id)
    stage.service(RoutingService).transfer(stage.dossier(course), stage.desk(course), to)


def take(stage: Stage, course: Course) -> None:
    """The receiver signs for what came, where nobody has yet."""
    dossier, routing = stage.dossier(course), stage.service(RoutingService)
    if dossier.status is Status.IN_PROGRESS and dossier.holder_id is not None:
        routing.receive(dossier, stage.account(dossier.holder_id))


def to_specialist(stage: Stage, course: Course) -> None:
    """T18: assigned by the head."""
    _forward(stage, course, Role.HEAD, Role.SPECIALIST)


def to_head(stage: Stage, course: Course) -> None:
    """T18: the draft goes up."""
    _forward(stage, course, Role.SPECIALIST, Role.HEAD)


def to_leader(stage: Stage, course: Course) -> None:
    """T18: laid before who signs."""
    _forward(stage, course, Role.HEAD, Role.LEADER)


def to_clerk(stage: Stage, course: Course) -> None:
    """T18: signed, to be numbered and sealed."""
    _forward(stage, course, Role.LEADER, Role.CLERK)


def reassign(stage: Stage, course: Course) -> None:
    """T18: to a colleague at the same step, if there is one."""
    dossier = stage.dossier(course)
    here = stage.cast.people[course.agency_id, Role.SPECIALIST]
    others = [one for one in here if one != dossier.holder_id]
    if others and dossier.holder_id is not None:
        to = Receiver(course.agency_id, course.chance.choice(others))
        routing = stage.service(RoutingService)
        routing.assign(
            dossier, stage.account(dossier.holder_id), to, "Đổi người thụ lý do phân công lại."
        )


def send_back(stage: Stage, course: Course) -> None:
    """T18: the leader wants it looked at once more by the head."""
    routing, dossier = stage.service(RoutingService), stage.dossier(course)
    leader = stage.holder(course, Role.LEADER)
    routing.send_back(dossier, leader, "b5", "Dự thảo chưa nêu rõ căn cứ (hồ sơ mẫu).")


def ask_at_intake(stage: Stage, course: Course) -> None:
    """T5."""
    dossier = stage.dossier(course)
    if dossier.status is Status.SUBMITTED and not needs_leader(dossier):
        wanted = Wanted(_items(dossier), _LACKING)
        stage.service(SupplementService).ask(dossier, stage.desk(course), wanted)


def ask_supplement(stage: Stage, course: Course) -> None:
    """T8, as the specialist proposes it, while there is time (NĐ 61/2018 art. 19.4)."""
    dossier, service = stage.dossier(course), stage.service(SupplementService)
    last = service.last_day(dossier)
    in_time = last is not None and local(stage.now).date() <= last
    if dossier.status is Status.IN_PROGRESS and in_time and service.left(dossier):
        service.propose(
            dossier, stage.holder(course, Role.SPECIALIST), Wanted(_items(dossier), _LACKING)
        )


def approve_supplement(stage: Stage, course: Course) -> None:
    """T8: the leader agrees, unless it has become too late meanwhile."""
    dossier, service = stage.dossier(course), stage.service(SupplementService)
    proposal = open_proposal(stage.session, dossier, ProposalKind.SUPPLEMENT)
    if proposal is None:
        return
    leader, last = stage.other(course, Role.LEADER), service.last_day(dossier)
    if last is not None and local(stage.now).date() > last:
        stage.service(Proposals).reject(proposal, leader, "Đã quá thời hạn yêu cầu bổ sung.")
    else:
        service.approve(proposal, leader)


def reject_supplement(stage: Stage, course: Course) -> None:
    """The leader does not agree: the papers are enough."""
    proposal = open_proposal(stage.session, stage.dossier(course), ProposalKind.SUPPLEMENT)
    if proposal is not None:
        leader = stage.other(course, Role.LEADER)
        stage.service(Proposals).reject(proposal, leader, "Giấy tờ đã đủ, tiếp tục thẩm định.")


def supply(stage: Stage, course: Course) -> None:
    """T6: online with a file, at the desk on paper."""
    dossier = stage.dossier(course)
    request = open_request(stage.session, dossier)
    if request is None:
        return
    papers = [one["key"] for one in paper_items(request)]
    if course.channel is not Channel.ONLINE or dossier.owner_id is None:
        given = Supply({}, frozenset(papers))
        stage.supplies.supply_at_desk(dossier, stage.desk(course), given)
        return
    for key in papers:
        slot, body = staging_slot(request, key), io.BytesIO(PAGE)
        stage.supplies.stage(dossier, body, name="bo-sung-mau.pdf", media_type=PDF, slot=slot)
    stage.supplies.supply_online(dossier, Supply({}), stage.account(dossier.owner_id))


def lapse(stage: Stage, course: Course) -> None:
    """T9 by the clock where the procedure has a limit for it; else the papers come late."""
    dossier = stage.dossier(course)
    request = open_request(stage.session, dossier)
    if request is not None and request.reply_by is None:
        supply(stage, course)
    elif stage.service(StopService).expire_by_clock(dossier):
        course.acts = []


def ask_money(stage: Stage, course: Course) -> None:
    """T10: an obligation beyond the fees; the clock stops."""
    dossier = stage.dossier(course)
    if dossier.status is not Status.IN_PROGRESS:
        return
    kind = course.chance.choice(list(ChargeKind))
    asked = Asked([(kind, course.chance.choice(_AMOUNTS))], _ACCOUNT, _BASIS)
    specialist = stage.holder(course, Role.SPECIALIST)
    stage.service(ObligationService).ask(dossier, specialist, asked)


def confirm_money(stage: Stage, course: Course) -> None:
    """T11."""
    dossier = stage.dossier(course)
    if dossier.status is Status.PAYMENT_ASKED:
        said = Payment(Means.TRANSFER, transaction=f"MAU-N{course.number:06d}")
        cashier = stage.other(course, Role.CASHIER)
        stage.service(ObligationService).confirm(dossier, cashier, said)


def apologise(stage: Stage, course: Course) -> None:
    """T17: a specialist drafts it, while it may still be issued (NĐ 61/2018 art. 19.9)."""
    dossier, service = stage.dossier(course), stage.service(ApologyService)
    latest, today = service.latest(dossier), local(stage.now).date()
    if latest is None or dossier.due_date is None or dossier.status is not Status.IN_PROGRESS:
        return
    if today > latest or today >= dossier.due_date or dossier.extension_count:
        return
    day = dossier.due_date
    for _ in range(course.chance.choice(_DAYS_MORE)):
        day = next_working_day(stage.calendar, day)
    said = Apology("Cần thêm thời gian lấy ý kiến phối hợp (hồ sơ mẫu).", day)
    service.propose(dossier, stage.holder(course, Role.SPECIALIST), said)


def sign_apology(stage: Stage, course: Course) -> None:
    """T17: the leader signs; a draft that came too late stays one."""
    dossier, service = stage.dossier(course), stage.service(ApologyService)
    proposal = open_proposal(stage.session, dossier, ProposalKind.APOLOGY)
    latest = service.latest(dossier)
    late = latest is None or local(stage.now).date() > latest
    if proposal is not None and proposal.state is ProposalState.AWAITING and not late:
        service.sign(proposal, stage.other(course, Role.LEADER))


def withdraw(stage: Stage, course: Course) -> None:
    """T12: written down at the desk; money that was paid goes back."""
    dossier = stage.dossier(course)
    if not may_withdraw(dossier):
        return
    paid = money_of(stage.session, dossier)["paid"]
    settled = Settlement(papers="Trả lại toàn bộ giấy tờ đã nộp.")
    settled = replace(settled, refund="Hoàn trả số tiền đã nộp.") if paid else settled
    way = course.chance.choice(("counter", "letter", "phone"))
    officer = stage.desk(course)
    reason = "Người nộp không còn nhu cầu giải quyết (hồ sơ mẫu)."
    stage.service(WithdrawalService).withdraw(dossier, officer, reason, way, settled)


def stop(stage: Stage, course: Course) -> None:
    """T13."""
    dossier = stage.dossier(course)
    if dossier.status in {Status.IN_PROGRESS, Status.PAYMENT_ASKED}:
        said = Stop("Vụ việc đang được cơ quan khác thụ lý (hồ sơ mẫu).")
        stage.service(StopService).stop(dossier, stage.other(course, Role.LEADER), said)


def _forward(stage: Stage, course: Course, giver: Role, receiver: Role) -> None:
    """On to the next step, to somebody who has its part."""
    dossier = stage.dossier(course)
    by, to = stage.holder(course, giver), stage.other(course, receiver)
    routing = stage.service(RoutingService)
    routing.forward(dossier, by, Receiver(course.agency_id, to.id), _ON)


def _items(dossier: Dossier) -> dict[str, str]:
    """One paper to hand in again; where there is none, one answer."""
    known = items_to_ask(dossier)
    papers = [one for one in known if one.kind is ItemKind.PAPER and one.case is None]
    return {(papers or list(known))[0].key: "Bản rõ, đủ trang."}
