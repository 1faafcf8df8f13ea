"""How the work on a dossier ends, and how its result comes into somebody's hands."""

import io

from content.dossiers.charging import standing_of
from content.dossiers.models import Delivery, Dossier
from content.dossiers.post_batches import PostService
from content.dossiers.proposals import ProposalKind, ProposalState, open_proposal
from content.dossiers.result_models import ItemState, PostalItem, ResultKind
from content.dossiers.results import NewFile, Result, result_of
from content.dossiers.returning import HandedOver, Parcel, ReturnService, items_of
from content.dossiers.states import Status
from content.errors import InvalidTransition
from content.people.models import Account
from content.people.roles import Role
from content.seed.month.courses import Course
from content.seed.month.receiving import PAGE, PDF
from content.seed.month.stage import Stage
from content.words import local

_DRAFT = "Hồ sơ đủ điều kiện, đề nghị ban hành kết quả (hồ sơ mẫu)."
_NO = "Người nộp chưa đủ điều kiện theo quy định của thủ tục (hồ sơ mẫu)."
_BASIS = "Căn cứ mẫu, không có giá trị pháp lý"
_PROOFS = ("card", "card", "vneid", "letter")


def propose(stage: Stage, course: Course) -> None:
    """The specialist lays the result before the leader."""
    _propose(stage, course, _DRAFT, refusal=False)


def sign(stage: Stage, course: Course) -> None:
    """The leader agrees with the result."""
    proposal = open_proposal(stage.session, stage.dossier(course), ProposalKind.RESULT)
    if proposal is not None and proposal.state is ProposalState.AWAITING:
        stage.results.sign(proposal, stage.other(course, Role.LEADER))


def complete(stage: Stage, course: Course) -> None:
    """T15, by the clerk."""
    dossier = stage.dossier(course)
    if dossier.status is not Status.IN_PROGRESS:
        return
    clerk, leader = stage.other(course, Role.CLERK), stage.other(course, Role.LEADER)
    stage.results.complete(dossier, clerk, _result(stage, course, dossier, leader))


def propose_refusal(stage: Stage, course: Course) -> None:
    """The specialist lays a refusal before the leader."""
    _propose(stage, course, _NO, refusal=True)


def sign_refusal(stage: Stage, course: Course) -> None:
    """T14, as the specialist wrote it."""
    proposal = open_proposal(stage.session, stage.dossier(course), ProposalKind.REFUSAL)
    if proposal is not None:
        stage.results.refuse_as_proposed(proposal, stage.other(course, Role.LEADER))


def refuse(stage: Stage, course: Course) -> None:
    """T14, by the leader alone."""
    dossier = stage.dossier(course)
    if dossier.status is Status.IN_PROGRESS:
        stage.results.refuse(dossier, stage.other(course, Role.LEADER), _NO, _BASIS)


def give_back(stage: Stage, course: Course) -> None:
    """T16 at the desk or online, or the parcel given to the post: as the applicant wished, and
    at the desk whatever came back."""
    dossier, returns = stage.dossier(course), stage.service(ReturnService)
    if dossier.status is not Status.RESOLVED:
        return
    officer, items = stage.desk(course), items_of(stage.session, dossier)
    result = result_of(stage.session, dossier)
    if dossier.delivery is Delivery.POST and not items:
        owed = standing_of(stage.session, dossier).owed
        address = dossier.delivery_address or dossier.applicant_address or "Địa chỉ mẫu"
        tracking = f"RM{course.number:09d}VN"
        returns.dispatch(
            dossier, officer, Parcel(tracking, dossier.applicant_name, address, cod=owed)
        )
    elif returns.owed(dossier):
        return
    elif dossier.delivery is Delivery.ONLINE and dossier.owner_id and result and result.files:
        returns.give_online(dossier, officer)
    else:
        proof = course.chance.choice(_PROOFS)
        kept = range(len(returns.originals_of(dossier)))
        handed = HandedOver(dossier.applicant_name, proof, looked=True, originals=tuple(kept))
        returns.hand_over(dossier, officer, handed)


def to_post(stage: Stage, course: Course) -> None:
    """Everything that waits at the desk goes to the post on one list."""
    if _on_its_way(stage, course) is None:
        return
    agency = stage.dossier(course).agency
    service, officer = stage.service(PostService), stage.desk(course)
    try:
        service.hand_to_post(agency, officer, "Nhân viên bưu chính mẫu")
    except InvalidTransition as refused:
        # A colleague's list has taken them all already.
        if refused.code != "nothing_waits":
            raise


def arrive(stage: Stage, course: Course) -> None:
    """T16: delivered; what the post took for us is paid in the same act as it is brought."""
    item = _on_its_way(stage, course)
    if item is not None:
        proof = f"Phiếu báo phát {item.tracking}"
        stage.service(ReturnService).delivered(item, stage.desk(course), proof)


def come_back(stage: Stage, course: Course) -> None:
    """Nobody was there: the parcel waits at the desk, and so does what is owed."""
    item = _on_its_way(stage, course)
    if item is not None:
        reason = "Người nhận vắng nhà, bưu chính chuyển hoàn (hồ sơ mẫu)."
        stage.service(ReturnService).came_back(item, stage.desk(course), reason)


def _on_its_way(stage: Stage, course: Course) -> PostalItem | None:
    items = items_of(stage.session, stage.dossier(course))
    return next((one for one in items if one.state is ItemState.SENT), None)


def _propose(stage: Stage, course: Course, text: str, *, refusal: bool) -> None:
    dossier = stage.dossier(course)
    if dossier.status is Status.IN_PROGRESS:
        specialist = stage.holder(course, Role.SPECIALIST)
        stage.results.propose(
            dossier, specialist, text, refusal=refusal, legal_basis=_BASIS if refusal else ""
        )


def _result(stage: Stage, course: Course, dossier: Dossier, leader: Account) -> Result:
    # Nobody here has a key to sign with, and an unsigned result is not only electronic.
    online = dossier.delivery is Delivery.ONLINE
    kinds = () if online else (ResultKind.PAPER,) * 3
    kind = course.chance.choice((*kinds, ResultKind.BOTH))
    file = NewFile(io.BytesIO(PAGE), "ket-qua-mau.pdf", PDF)
    return Result(
        kind=kind,
        title="Kết quả giải quyết (mẫu)",
        number=str(course.number),
        symbol="KQ-MẪU",
        issued_on=local(stage.now).date(),
        signer_name=leader.name,
        signer_title="Lãnh đạo đơn vị",
        files=() if kind is ResultKind.PAPER else (file,),
    )
