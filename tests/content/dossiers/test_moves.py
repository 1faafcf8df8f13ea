"""Moves of a dossier: the table, its judge, and what no sequence of moves can break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.dossiers.moves import MOVES, check, find_move, possible_moves
from content.dossiers.states import (
    CLOCK_RUNS,
    CLOCK_STOPPED,
    ENDED,
    STATUS_NAMES,
    TERMINAL,
    Action,
    Actor,
    Facts,
    Form,
    Need,
    Phase,
    Refusal,
    Status,
    public_progress,
)
from content.dossiers.visibility import Part, Viewer, visible_parts

EVERYTHING = frozenset(Need)


def facts(**more) -> Facts:
    """Everything needed is there and nothing stands in the way."""
    given = {
        "given": EVERYTHING,
        "reason": "Thiếu giấy tờ",
        "previous": Status.IN_PROGRESS,
        "supplement_wait_over": True,
        "may_resolve_at_once": True,
    }
    return Facts(**{**given, **more})


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("source", [None, *Status])
def test_only_the_roles_of_the_table_move_only_from_its_states(source, action):
    move = find_move(source, action)
    for actor in Actor:
        verdict = check(source, action, actor, facts())
        assert verdict.allowed is (move is not None and actor in move.actors)
        assert verdict.allowed or verdict.code is verdict.codes[0]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.number}-{move.source}")
def test_each_need_of_a_move_is_asked_for(move):
    actor = min(move.actors)
    for need in move.needs:
        left = facts(
            given=EVERYTHING - {need}, reason="" if need is Need.REASON else "Thiếu giấy tờ"
        )
        verdict = check(move.source, move.action, actor, left)
        assert verdict.code is Refusal.MISSING
        assert verdict.missing == {need}


def test_every_number_from_one_to_nineteen_is_in_the_table():
    assert {move.number for move in MOVES} == {f"T{number}" for number in range(1, 20)}


def test_no_move_leads_out_of_a_terminal_state():
    assert not [move for move in MOVES if move.source in TERMINAL]


def test_moves_that_need_a_reason_do_not_take_blanks():
    verdict = check(Status.SUBMITTED, Action.REFUSE_RECEPTION, Actor.ONE_STOP, facts(reason=" \n"))
    assert verdict.missing == {Need.REASON}


def test_a_refusal_leaves_its_statutory_form():
    allowed = check(Status.SUBMITTED, Action.REFUSE_RECEPTION, Actor.ONE_STOP, facts())
    assert (allowed.target, allowed.move.form) == (Status.REFUSED, Form.REFUSAL)


@pytest.mark.parametrize("previous", [Status.SUBMITTED, Status.IN_PROGRESS])
def test_a_supplement_leads_back_to_the_state_that_waited(previous):
    done = check(
        Status.SUPPLEMENT_ASKED, Action.SUPPLY_SUPPLEMENT, Actor.CITIZEN, facts(previous=previous)
    )
    assert done.target is previous


def test_a_move_back_without_a_state_to_go_to_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="previous"):
        check(Status.PAYMENT_ASKED, Action.PAYMENT_CONFIRMED, Actor.SYSTEM)


SUPPLEMENT = (Status.IN_PROGRESS, Action.REQUEST_SUPPLEMENT_PROCESS, Actor.SPECIALIST)
EXTENSION = (Status.IN_PROGRESS, Action.APOLOGISE_AND_EXTEND, Actor.LEADER)
HAND_OVER = (Status.RESOLVED, Action.HAND_OVER_RESULT, Actor.ONE_STOP)
EXPIRY = (Status.SUPPLEMENT_ASKED, Action.SUPPLEMENT_EXPIRED, Actor.SYSTEM)
AT_ONCE = (Status.RECEIVED, Action.RESOLVE_AT_ONCE, Actor.ONE_STOP)


@pytest.mark.parametrize(
    ("move", "circumstances", "refusal"),
    [
        (SUPPLEMENT, {"supplement_requests": 1}, Refusal.TOO_MANY_SUPPLEMENTS),
        (SUPPLEMENT, {"supplement_requests": 1, "max_supplements": 2}, None),
        (SUPPLEMENT, {"supplement_notice_late": True}, Refusal.NOTICE_TOO_LATE),
        (EXTENSION, {"extensions": 1}, Refusal.TOO_MANY_EXTENSIONS),
        (EXTENSION, {"apology_late": True}, Refusal.APOLOGY_TOO_LATE),
        (HAND_OVER, {"fee_after_unpaid": True}, Refusal.FEE_UNPAID),
        (EXPIRY, {"supplement_wait_over": False}, Refusal.STILL_WAITING),
        (AT_ONCE, {"may_resolve_at_once": False}, Refusal.NOT_AUTHORISED),
        (AT_ONCE, {}, None),
    ],
)
def test_guards_hold_what_the_law_limits(move, circumstances, refusal):
    verdict = check(*move, facts(**circumstances))
    assert verdict.allowed is (refusal is None)
    assert verdict.allowed or verdict.code is refusal


@pytest.mark.parametrize(
    ("actor", "settled", "refusal"),
    [
        (Actor.CITIZEN, False, Refusal.PAID_NEEDS_OFFICER),
        (Actor.CITIZEN, True, Refusal.PAID_NEEDS_OFFICER),
        (Actor.ONE_STOP, False, Refusal.REFUND_NOT_SETTLED),
        (Actor.ONE_STOP, True, None),
    ],
)
def test_paid_money_is_settled_before_a_withdrawal(actor, settled, refusal):
    circumstances = facts(paid=True, refund_settled=settled)
    verdict = check(Status.RECEIVED, Action.WITHDRAW, actor, circumstances)
    assert verdict.allowed is (refusal is None)
    assert verdict.allowed or verdict.code is refusal


@pytest.mark.parametrize(
    ("status", "action", "actor", "refusal"),
    [
        (Status.RETURNED, Action.WITHDRAW, Actor.CITIZEN, Refusal.RESULT_RETURNED),
        (Status.REFUSED, Action.ACCEPT, Actor.ONE_STOP, Refusal.TERMINAL),
        (Status.RESOLVED, Action.WITHDRAW, Actor.CITIZEN, Refusal.ALREADY_RESOLVED),
        (Status.RECEIVED, Action.ACCEPT, Actor.ONE_STOP, Refusal.ALREADY_RECEIVED),
        (Status.SUBMITTED, Action.TRANSFER, Actor.ONE_STOP, Refusal.NOT_RECEIVED),
        (Status.DRAFT, Action.ACCEPT, Actor.ONE_STOP, Refusal.WRONG_STATE),
        (Status.SUPPLEMENT_ASKED, Action.COMPLETE, Actor.CLERK, Refusal.WAITING_FOR_SUPPLEMENT),
        (Status.PAYMENT_ASKED, Action.COMPLETE, Actor.CLERK, Refusal.PAYMENT_PENDING),
        (Status.RECEIVED, Action.COMPLETE, Actor.CLERK, Refusal.WRONG_STATE),
        (Status.IN_PROGRESS, Action.STOP, Actor.SPECIALIST, Refusal.ONLY_LEADER_STOPS),
        (Status.SUBMITTED, Action.ACCEPT, Actor.CITIZEN, Refusal.ACTOR),
    ],
)
def test_a_refused_move_says_why(status, action, actor, refusal):
    assert check(status, action, actor, facts()).code is refusal


def test_an_actor_is_offered_the_moves_of_the_state():
    offered = [move.action for move in possible_moves(Status.SUBMITTED, Actor.ONE_STOP)]
    assert offered == [
        Action.ACCEPT,
        Action.REFUSE_RECEPTION,
        Action.REQUEST_SUPPLEMENT_INTAKE,
        Action.WITHDRAW,
    ]
    assert [move.action for move in possible_moves(None, Actor.CITIZEN)] == [Action.SUBMIT_ONLINE]


#: Either any request at all, or one of those the table offers in the state reached.
requests = st.one_of(
    st.tuples(st.sampled_from(Action), st.sampled_from(Actor)), st.integers(0, 1000)
)


def _offered(status: Status | None, choice: int) -> tuple[Action, Actor]:
    pairs = [(move.action, who) for move in MOVES for who in move.actors if move.source == status]
    return sorted(pairs)[choice % len(pairs)] if pairs else (Action.ACCEPT, Actor.ONE_STOP)


@settings(max_examples=300)
@given(st.lists(requests, max_size=40), st.booleans())
def test_no_sequence_of_moves_breaks_a_dossier(drawn, paid):
    """Plays any requests against the judge, as the services do."""
    status, previous, path = None, None, []
    counts = {"supplement_requests": 0, "extensions": 0}
    for request in drawn:
        action, actor = _offered(status, request) if isinstance(request, int) else request
        verdict = check(status, action, actor, facts(previous=previous, paid=paid, **counts))
        if not verdict.allowed:
            continue
        assert status not in TERMINAL
        if verdict.target in CLOCK_STOPPED:
            previous = status
        counts["supplement_requests"] += verdict.move.form is Form.SUPPLEMENT_REQUEST
        counts["extensions"] += action is Action.APOLOGISE_AND_EXTEND
        status = verdict.target
        path.append(status)
    assert counts["supplement_requests"] <= 1
    assert counts["extensions"] <= 1
    assert path.count(Status.SUBMITTED) <= 2
    if Status.RETURNED in path:
        assert path[-2:] == [Status.RESOLVED, Status.RETURNED]
    if Status.IN_PROGRESS in path:
        assert Status.RECEIVED in path[: path.index(Status.IN_PROGRESS)]
    if Status.REFUSED in path:
        assert Status.RECEIVED not in path


def test_every_status_has_a_name_and_states_fall_apart():
    assert set(STATUS_NAMES) == set(Status)
    assert not CLOCK_RUNS & CLOCK_STOPPED
    assert not CLOCK_RUNS & ENDED


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_public_progress_tells_no_more_than_the_phase(status):
    progress = public_progress(status)
    assert 0 < progress.share <= 100
    assert (progress.phase is Phase.CLOSED) is (status in TERMINAL)
    assert progress.words != STATUS_NAMES[status]


def test_waiting_shows_as_the_state_it_interrupted():
    assert public_progress(Status.SUPPLEMENT_ASKED, Status.SUBMITTED).phase is Phase.SUBMITTED
    assert public_progress(Status.PAYMENT_ASKED).phase is Phase.IN_PROGRESS


def test_a_draft_has_no_public_progress():
    with pytest.raises(KeyError):
        public_progress(Status.DRAFT)


def test_with_the_code_alone_only_code_and_progress_show():
    assert visible_parts(Viewer.ANONYMOUS) == {Part.CODE, Part.PROGRESS}
    assert visible_parts(Viewer.OWNER) == set(Part)
