"""T14, T15, T16: completed, refused, handed over at the desk, by post, online."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from content.dossiers import storehouse
from content.dossiers.charging import Settled
from content.dossiers.event_data import ResultReturned
from content.dossiers.hand_overs import hand_overs_of
from content.dossiers.money import Means, Moment
from content.dossiers.obligations import Payment
from content.dossiers.proposals import ProposalState
from content.dossiers.result_models import ItemState, ResultKind
from content.dossiers.results import result_of
from content.dossiers.returning import HandedOver, Parcel, items_of
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.signed_files import FileSignature, SignerTrust, signatures_of
from content.dossiers.states import Status
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed, NotFound
from content.letters.from_events import letter_of
from content.letters.kinds import PaperKind, papers_left
from content.people.models import Membership
from content.people.roles import Role
from tests.content.dossiers_service.papers import SITE
from tests.content.dossiers_service.world import HOME_PAPER
from tests.content.handling_moves.closing import HANDED, Closing, closing_of, pdf, said
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

SIGNED = FileSignature(
    signer="Hoàng Thị Lãnh",
    issuer="CA chuyên dùng thử",
    signed_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    is_timestamped=True,
    is_intact=True,
    trust=SignerTrust.NO_SOURCE,
)
PARCEL = Parcel("ep123456789vn", "Nguyễn Thị Hoa", "Thôn 2, xã An Bình")


@pytest.fixture
def end(office: Office, clock: StoppedClock) -> Closing:
    return closing_of(office, clock())


def code_of(refused: pytest.ExceptionInfo[InvalidTransition]) -> str:
    return refused.value.code


def test_the_clerk_completes_what_the_leader_signed(end: Closing, clock: StoppedClock) -> None:
    office, day = end.office, clock().date()
    dossier = office.in_progress(clock())
    results = end.results(clock())
    proposal = results.propose(dossier, office.specialist, "Đủ điều kiện xác nhận.", refusal=False)
    with pytest.raises(InvalidTransition) as refused:
        results.complete(dossier, end.clerk, said(day))
    assert code_of(refused) == "leader_has_it"
    with pytest.raises(NotAllowed):
        results.sign(proposal, end.clerk)
    results.sign(proposal, office.leader)
    for other in (office.desk, office.specialist, end.cashier):
        with pytest.raises(NotAllowed):
            results.complete(dossier, other, said(day))
    result = results.complete(dossier, end.clerk, said(day), revision=dossier.revision)
    office.session.flush()
    assert (dossier.status, dossier.finished_at) == (Status.RESOLVED, clock())
    assert proposal.state is ProposalState.DONE
    assert (result.number_words, result.early, len(result.files)) == ("15/XN-CA", True, 1)
    assert result.files[0].file.sha256
    told = office.mails("result_ready")[0]["values"]
    assert (told["result_number"], told["early"]) == ("15/XN-CA", True)
    office.session.refresh(dossier)
    assert "số 15/XN-CA, ngày 23/11/2026, người ký: Hoàng Thị Lãnh" in (
        timeline(dossier)[-1].sentence
    )
    with pytest.raises(InvalidTransition):
        results.complete(dossier, end.clerk, said(day))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"signer_name": " "}, "signer_name"),
        ({"signer_name": "Trần Văn Một"}, "signer_name"),
        ({"issued_on": date(2026, 11, 24)}, "issued_on"),
        ({"issued_on": date(2026, 11, 20)}, "issued_on"),
        ({"valid_to": date(2026, 11, 23)}, "valid_to"),
        ({"files": ()}, "files"),
        ({"files": tuple(pdf() for _ in range(11))}, "files"),
        ({"copies": 0}, "copies"),
    ],
)
def test_a_result_is_whole(end: Closing, clock: StoppedClock, changes: dict, field: str) -> None:
    dossier = end.office.in_progress(clock())
    with pytest.raises(Invalid) as refused:
        end.results(clock()).complete(dossier, end.clerk, said(clock().date(), **changes))
    assert field in refused.value.problems
    assert dossier.status is Status.IN_PROGRESS
    assert result_of(end.office.session, dossier) is None


def test_who_received_it_does_not_sign_it_off(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    centre = office.world.centre.id
    office.desk.memberships += [
        Membership(agency_id=centre, role=Role.CLERK),
        Membership(agency_id=centre, role=Role.LEADER),
    ]
    office.session.flush()
    dossier = office.in_progress(clock())
    proposal = end.results(clock()).propose(dossier, office.specialist, REASON, refusal=True)
    for act in (
        lambda: end.results(clock()).complete(dossier, office.desk, said(clock().date())),
        lambda: end.results(clock()).refuse(dossier, office.desk, REASON, ""),
        lambda: end.results(clock()).sign(proposal, office.desk),
    ):
        with pytest.raises(InvalidTransition) as refused:
            act()
        assert code_of(refused) == "accepted_it"


def test_a_refusal_is_a_result(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier = office.in_progress(clock())
    for other in (office.desk, office.specialist, end.clerk):
        with pytest.raises(NotAllowed):
            end.results(clock()).refuse(dossier, other, REASON, "")
    with pytest.raises(Invalid):
        end.results(clock()).refuse(dossier, office.leader, "", "")
    result = end.results(clock()).refuse(dossier, office.leader, REASON, "Điều 21 Luật Cư trú")
    assert (dossier.status, result.refusal, result.number_words) == (
        Status.RESOLVED,
        True,
        "01/TCHS",
    )
    told = office.mails("result_ready")[0]["values"]
    assert (told["refusal"], told["reason"]) == (True, REASON)
    office.session.refresh(dossier)
    event = dossier.events[-1]
    assert papers_left(event) == (PaperKind.REFUSAL_NOTICE,)
    letter = letter_of(PaperKind.REFUSAL_NOTICE, dossier, event, SITE)
    assert (letter.number, letter.symbol) == (1, "TCHS")
    # As the specialist proposed it; late, but nothing is held back for that.
    other = office.in_progress(clock())
    proposal = end.results(clock()).propose(other, office.specialist, REASON, refusal=True)
    clock.move(days=30)
    end.results(clock()).refuse_as_proposed(proposal, office.leader)
    assert (other.status, proposal.state) == (Status.RESOLVED, ProposalState.DONE)
    office.session.refresh(other)
    assert other.events[-1].data["late"] is True


def test_at_the_desk_against_proof_and_paid(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier, _ = end.completed(clock())
    returns = end.returns(clock())
    for wrong in (
        HandedOver("", "card", looked=True),
        HandedOver("Hoa", "a smile", looked=True),
        HandedOver("Hoa", "card", looked=False),
        HandedOver("Hoa", "card", looked=True, originals=(3,)),
    ):
        with pytest.raises(Invalid):
            returns.hand_over(dossier, office.desk, wrong)
    with pytest.raises(NotAllowed):
        returns.hand_over(dossier, end.clerk, HANDED)
    with pytest.raises(InvalidTransition) as refused:
        returns.hand_over(dossier, office.desk, HANDED)
    assert code_of(refused) == "fee_unpaid"
    end.money(clock()).settle(dossier, office.desk, Settled([0], Moment.AFTER))
    with pytest.raises(InvalidTransition):
        returns.hand_over(dossier, office.desk, HANDED)
    end.pay(dossier, clock())
    office.session.flush()
    with pytest.raises(Conflict):
        returns.hand_over(dossier, office.desk, HANDED, revision=1)
    handed = HandedOver("Nguyễn Thị Hoa", "letter", looked=True, other_papers="Sổ hộ khẩu cũ")
    returns.hand_over(dossier, office.desk, handed, revision=dossier.revision)
    assert dossier.status is Status.RETURNED
    office.session.flush()
    office.session.refresh(dossier)
    told = ResultReturned.of(dossier.events[-1].data)
    assert (told.recipient, told.means) == ("Nguyễn Thị Hoa", "trực tiếp")
    assert [one.name for one in told.originals_back] == ["Sổ hộ khẩu cũ"]
    assert papers_left(dossier.events[-1]) == (PaperKind.RETURN_SLIP,)
    assert letter_of(PaperKind.RETURN_SLIP, dossier, dossier.events[-1], SITE)
    assert office.mails("result_returned")[0]["values"]["stored"]
    with pytest.raises(InvalidTransition) as refused:
        returns.hand_over(dossier, office.desk, HANDED)
    assert code_of(refused) == "result_returned"


def test_by_post_and_what_the_post_takes(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier, _ = end.completed(clock())
    returns = end.returns(clock())
    with pytest.raises(InvalidTransition) as refused:
        returns.dispatch(dossier, office.desk, PARCEL)
    assert code_of(refused) == "fee_unpaid"
    for wrong in (Parcel("", "a", "b"), Parcel("x", "", "b"), Parcel("x", "a", "b", cod=-1)):
        with pytest.raises(Invalid):
            returns.dispatch(dossier, office.desk, wrong)
    parcel = Parcel(PARCEL.tracking, PARCEL.recipient, PARCEL.address, cod=40_000)
    item = returns.dispatch(dossier, office.desk, parcel)
    assert (dossier.status, item.tracking) == (Status.RESOLVED, "EP123456789VN")
    assert office.mails("result_posted")[0]["values"]["cod"] == "40.000 đồng"
    for act in (
        lambda: returns.dispatch(dossier, office.desk, Parcel("EP2", "a", "b", cod=40_000)),
        lambda: returns.hand_over(dossier, office.desk, HANDED),
    ):
        with pytest.raises(InvalidTransition) as refused:
            act()
        assert code_of(refused) == "on_its_way"
    returns.came_back(item, office.desk, "Người nhận đi vắng nhiều ngày.")
    assert item.state is ItemState.CAME_BACK
    with pytest.raises(InvalidTransition):
        returns.hand_over(dossier, office.desk, HANDED)
    again = Parcel("EP987654321VN", PARCEL.recipient, PARCEL.address, cod=40_000)
    item = returns.dispatch(dossier, office.desk, again)
    clock.move(days=2)
    returns = end.returns(clock())
    returns.delivered(item, office.desk, "Phiếu báo phát có chữ ký")
    assert (dossier.status, item.state) == (Status.RETURNED, ItemState.DELIVERED)
    with pytest.raises(InvalidTransition) as refused:
        returns.delivered(item, office.desk, "Phiếu báo phát")
    # The post brings the money later; the cashier takes it though all is done.
    end.money(clock()).confirm(dossier, end.cashier, Payment(Means.POST, transaction="BK-17"))
    assert dossier.status is Status.RETURNED
    assert [one.tracking for one in items_of(office.session, dossier)] == [
        "EP987654321VN",
        "EP123456789VN",
    ]


def test_files_of_a_result_are_signed_and_as_they_were_signed(
    end: Closing, clock: StoppedClock
) -> None:
    # Without the agency's signature a file alone has not the value of an original.
    with pytest.raises(Invalid) as unsigned:
        end.completed(clock(), kind=ResultKind.ELECTRONIC)
    assert unsigned.value.problems == {"files": "signature_required"}
    changed = replace(SIGNED, is_intact=False)
    with pytest.raises(Invalid) as refused_file:
        end.completed(clock(), files=(replace(pdf(), signatures=(SIGNED, changed)),))
    assert refused_file.value.problems == {"files": "changed_after_signing"}


def test_online_into_the_own_store(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    session, me = office.session, office.world.citizen.id
    paper, _ = end.completed(clock(), kind=ResultKind.PAPER, files=())
    end.pay(paper, clock())
    with pytest.raises(InvalidTransition) as refused:
        end.returns(clock()).give_online(paper, office.desk)
    assert code_of(refused) == "nothing_electronic"
    dossier, result = end.completed(
        clock(),
        kind=ResultKind.ELECTRONIC,
        valid_to=date(2027, 11, 23),
        files=(replace(pdf(), signatures=(SIGNED,)),),
    )
    session.flush()
    assert signatures_of(session, dossier) == [(SIGNED,)]
    with pytest.raises(InvalidTransition) as refused:
        end.returns(clock()).dispatch(dossier, office.desk, PARCEL)
    assert code_of(refused) == "nothing_on_paper"
    end.pay(dossier, clock())
    assert storehouse.documents_of(session, me) == []
    end.returns(clock()).give_online(dossier, office.desk)
    session.flush()
    found = storehouse.documents_of(session, me)
    assert [one.name for one in found] == [result.title, "Giấy tờ chứng minh chỗ ở hợp pháp"]
    assert found[0].number == "15/XN-CA"
    assert storehouse.document_of(session, me, found[0].token) is found[0]
    with pytest.raises(NotFound):
        storehouse.document_of(session, office.desk.id, found[0].token)
    # The same paper is asked for again.
    asked = "Bản sao Giấy xác nhận thông tin về cư trú (nếu có)"
    today = clock().date()
    assert storehouse.fitting(found, asked, today) == [found[0]]
    assert storehouse.fitting(found, asked, today + timedelta(days=400)) == []
    assert storehouse.fitting(found, "Giấy tờ", today) == []
    drafts = office.world.drafts(clock())
    draft = drafts.begin(office.world.procedure, office.world.holder)
    kept = storehouse.reuse(drafts, draft, found[1], HOME_PAPER)
    assert kept.file.sha256 == found[1].digest
    storehouse.remove(session, found[0], clock())
    assert storehouse.documents_of(session, me) == [found[1]]


@pytest.mark.parametrize("by_post", [False, True])
def test_who_gives_the_result_out_has_signed_for_it(
    end: Closing, clock: StoppedClock, by_post: bool
) -> None:
    """Nothing waits for a signature at a desk that has given it away."""
    office = end.office
    dossier = office.received(clock())
    to = Receiver(office.world.centre.id, office.head.id)
    office.service(RoutingService, clock()).transfer(dossier, office.desk, to)
    results = end.results(clock())
    results.sign(results.propose(dossier, office.head, REASON, refusal=False), office.leader)
    results.complete(dossier, end.clerk, said(clock().date()))
    end.pay(dossier, clock())
    clock.move(hours=2)
    if by_post:
        end.returns(clock()).dispatch(dossier, office.desk, PARCEL)
    else:
        end.returns(clock()).hand_over(dossier, office.desk, HANDED)
    last = hand_overs_of(office.session, dossier)[-1]
    assert (last.taken_by, last.taken_at) == (office.desk.name, clock())
    assert dossier.holder_id == office.desk.id
