"""Drafts: who prepares, who decides, what a second person learns."""

import pytest
from sqlalchemy.exc import IntegrityError

from content.dossiers.proposals import (
    Proposal,
    ProposalKind,
    Proposals,
    ProposalState,
    open_proposal,
    proposals_of,
)
from content.dossiers.states import Actor
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

REFUSAL = ProposalKind.REFUSAL


def drafted(office: Office, clock: StoppedClock, text: str = REASON) -> Proposal:
    dossier = office.in_progress(clock())
    service = office.service(Proposals, clock())
    return service.draft(dossier, office.specialist, REFUSAL, text, data={"so": 1})


def sent(office: Office, clock: StoppedClock) -> Proposal:
    proposal = drafted(office, clock)
    office.service(Proposals, clock()).send(proposal, office.specialist)
    return proposal


def test_from_the_draft_to_the_deed(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    assert proposal.state is ProposalState.AWAITING
    clock.move(hours=1)
    service = office.service(Proposals, clock())
    assert service.approve(proposal, office.leader) is Actor.LEADER
    assert (proposal.decided_by, proposal.decided_at) == (office.leader, clock())
    service.finish(proposal)
    assert proposal.state is ProposalState.DONE
    assert open_proposal(office.session, proposal.dossier, REFUSAL) is None


def test_a_draft_is_written_anew_by_its_kind(office: Office, clock: StoppedClock) -> None:
    proposal = drafted(office, clock)
    service = office.service(Proposals, clock())
    again = service.draft(
        proposal.dossier, office.head, REFUSAL, "Viết lại cho rõ hơn.", seen=proposal.revision
    )
    assert again is proposal
    assert (proposal.text, proposal.data) == ("Viết lại cho rõ hơn.", {"so": 1})
    assert proposal.drafted_by is office.head


def test_a_rejected_draft_stays_beside_the_next(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    service = office.service(Proposals, clock())
    with pytest.raises(Invalid) as refused:
        service.reject(proposal, office.leader, "  ")
    assert refused.value.problems == {"remark": "required"}
    service.reject(proposal, office.leader, "Căn cứ chưa đúng.")
    assert (proposal.state, proposal.remark) == (ProposalState.REJECTED, "Căn cứ chưa đúng.")
    second = service.draft(proposal.dossier, office.specialist, REFUSAL, REASON)
    assert proposals_of(office.session, proposal.dossier) == [second, proposal]


def test_only_its_own_parts_draft_and_decide(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    service = office.service(Proposals, clock())
    with pytest.raises(NotAllowed):
        service.draft(proposal.dossier, office.desk, REFUSAL, REASON)
    with pytest.raises(NotAllowed):
        service.approve(proposal, office.specialist)
    with pytest.raises(NotAllowed) as stranger:
        service.approve(proposal, office.world.citizen)
    assert stranger.value.code == "not_your_desk"
    assert proposal.state is ProposalState.AWAITING


def test_who_decides_second_is_told(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    service = office.service(Proposals, clock())
    seen = proposal.revision
    service.reject(proposal, office.leader, "Chưa đủ căn cứ.", seen=seen)
    with pytest.raises(Conflict) as late:
        service.approve(proposal, office.leader, seen=seen)
    assert late.value.data["state"] == "rejected"


def test_what_was_sent_is_not_rewritten(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    service = office.service(Proposals, clock())
    with pytest.raises(InvalidTransition) as refused:
        service.draft(proposal.dossier, office.specialist, REFUSAL, "Khác hẳn đi.")
    assert refused.value.code == "proposal_awaits"
    service.drop(proposal, office.specialist)
    assert proposal.state is ProposalState.DROPPED
    assert service.draft(proposal.dossier, office.specialist, REFUSAL, REASON) is not proposal


def test_a_draft_without_reason_is_not_sent(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    service = office.service(Proposals, clock())
    prepared = service.prepare(dossier, ProposalKind.APOLOGY, {"old_due": "2026-12-01"})
    assert service.prepare(dossier, ProposalKind.APOLOGY, {}) is None
    with pytest.raises(Invalid):
        service.send(prepared, office.specialist)


def test_the_database_keeps_one_open_proposal_of_a_kind(
    office: Office, clock: StoppedClock
) -> None:
    proposal = drafted(office, clock)
    twin = Proposal(
        dossier=proposal.dossier,
        kind=REFUSAL,
        open_kind=REFUSAL.value,
        state=ProposalState.DRAFTED,
        drafted_as=Actor.SPECIALIST,
        drafted_at=clock(),
        data={},
    )
    office.session.add(twin)
    with pytest.raises(IntegrityError):
        office.session.flush()
    office.session.rollback()


def test_nothing_is_finished_that_was_not_approved(office: Office, clock: StoppedClock) -> None:
    proposal = sent(office, clock)
    with pytest.raises(InvalidTransition):
        office.service(Proposals, clock()).finish(proposal)
