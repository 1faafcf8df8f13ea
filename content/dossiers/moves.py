"""The table of lawful moves T1-T19 and its only judge.

Who may do what from which state, what must be there, and which statutory paper it leaves.
A role or state that no line names is refused. Services ask ``check`` before every change.
"""

from collections.abc import Iterable

from content.dossiers.states import (
    ENDED,
    TERMINAL,
    Action,
    Actor,
    Allowed,
    Denied,
    Facts,
    Form,
    Guard,
    Move,
    Need,
    Refusal,
    Status,
)


def _moves(  # noqa: PLR0913 - one line of the table, in its columns
    number: str,
    sources: Iterable[Status | None],
    action: Action,
    actors: Iterable[Actor],
    target: Status | None,
    needs: Iterable[Need] = (),
    *,
    form: Form | None = None,
    guard: Guard | None = None,
) -> list[Move]:
    who, what = frozenset(actors), frozenset(needs)
    return [Move(number, source, action, who, target, what, form, guard) for source in sources]


def _supplements_left(actor: Actor, facts: Facts) -> Refusal | None:
    if facts.supplement_requests >= facts.max_supplements:
        return Refusal.TOO_MANY_SUPPLEMENTS
    return Refusal.NOTICE_TOO_LATE if facts.supplement_notice_late else None


def _wait_is_over(actor: Actor, facts: Facts) -> Refusal | None:
    return None if facts.supplement_wait_over else Refusal.STILL_WAITING


def _may_withdraw(actor: Actor, facts: Facts) -> Refusal | None:
    """Money that was paid goes back first, and an officer sees to it."""
    if not facts.paid:
        return None
    if actor is Actor.CITIZEN:
        return Refusal.PAID_NEEDS_OFFICER
    return None if facts.refund_settled else Refusal.REFUND_NOT_SETTLED


def _extensions_left(actor: Actor, facts: Facts) -> Refusal | None:
    if facts.extensions >= facts.max_extensions:
        return Refusal.TOO_MANY_EXTENSIONS
    return Refusal.APOLOGY_TOO_LATE if facts.apology_late else None


def _fee_settled(actor: Actor, facts: Facts) -> Refusal | None:
    return Refusal.FEE_UNPAID if facts.fee_after_unpaid else None


def _chain_ended(actor: Actor, facts: Facts) -> Refusal | None:
    return Refusal.CHAIN_OPEN if facts.chain_open else None


def _authorised(actor: Actor, facts: Facts) -> Refusal | None:
    return None if facts.may_resolve_at_once else Refusal.NOT_AUTHORISED


_S, _A, _N, _X = Status, Actor, Need, Action

#: In the order of the numbers; a line with several sources stands once for each.
MOVES: tuple[Move, ...] = (
    *_moves("T1", [None], _X.SUBMIT_ONLINE, [_A.CITIZEN], _S.SUBMITTED, [_N.AUTHENTICATED]),
    *_moves(
        "T2", [None], _X.RECEIVE_AT_COUNTER, [_A.ONE_STOP], _S.RECEIVED, form=Form.RECEIPT_SLIP
    ),
    *_moves("T2", [None], _X.RECEIVE_BY_POST, [_A.ONE_STOP], _S.RECEIVED, form=Form.RECEIPT_SLIP),
    *_moves("T3", [_S.SUBMITTED], _X.ACCEPT, [_A.ONE_STOP], _S.RECEIVED, form=Form.RECEIPT_SLIP),
    *_moves(
        "T4",
        [_S.SUBMITTED],
        _X.REFUSE_RECEPTION,
        [_A.ONE_STOP],
        _S.REFUSED,
        [_N.REASON],
        form=Form.REFUSAL,
    ),
    *_moves(
        "T5",
        [_S.SUBMITTED],
        _X.REQUEST_SUPPLEMENT_INTAKE,
        [_A.ONE_STOP],
        _S.SUPPLEMENT_ASKED,
        [_N.ITEMS, _N.REASON],
        form=Form.SUPPLEMENT_REQUEST,
        guard=_supplements_left,
    ),
    *_moves(
        "T6",
        [_S.SUPPLEMENT_ASKED],
        _X.SUPPLY_SUPPLEMENT,
        [_A.CITIZEN, _A.ONE_STOP],
        None,
        [_N.ITEMS],
    ),
    *_moves(
        "T7",
        [_S.RECEIVED],
        _X.TRANSFER,
        [_A.ONE_STOP],
        _S.IN_PROGRESS,
        [_N.ASSIGNEE],
        form=Form.CONTROL_SLIP,
    ),
    *_moves(
        "T8",
        [_S.IN_PROGRESS],
        _X.REQUEST_SUPPLEMENT_PROCESS,
        [_A.SPECIALIST],
        _S.SUPPLEMENT_ASKED,
        [_N.ITEMS, _N.REASON, _N.LEADER_APPROVAL],
        form=Form.SUPPLEMENT_REQUEST,
        guard=_supplements_left,
    ),
    *_moves(
        "T9",
        [_S.SUPPLEMENT_ASKED],
        _X.SUPPLEMENT_EXPIRED,
        [_A.SYSTEM, _A.ONE_STOP],
        _S.STOPPED,
        [_N.REASON],
        form=Form.STOP_NOTICE,
        guard=_wait_is_over,
    ),
    *_moves(
        "T10",
        [_S.RECEIVED, _S.IN_PROGRESS],
        _X.REQUEST_FEE,
        [_A.ONE_STOP, _A.SPECIALIST],
        _S.PAYMENT_ASKED,
        [_N.AMOUNT],
    ),
    *_moves("T11", [_S.PAYMENT_ASKED], _X.PAYMENT_CONFIRMED, [_A.SYSTEM, _A.CASHIER], None),
    *_moves(
        "T12",
        [_S.SUBMITTED, _S.RECEIVED, _S.IN_PROGRESS, _S.SUPPLEMENT_ASKED, _S.PAYMENT_ASKED],
        _X.WITHDRAW,
        [_A.CITIZEN, _A.ONE_STOP],
        _S.WITHDRAWN,
        guard=_may_withdraw,
    ),
    *_moves(
        "T13",
        [_S.IN_PROGRESS, _S.PAYMENT_ASKED],
        _X.STOP,
        [_A.LEADER],
        _S.STOPPED,
        [_N.REASON],
        form=Form.STOP_NOTICE,
    ),
    *_moves(
        "T14",
        [_S.IN_PROGRESS],
        _X.REFUSE_AFTER_APPRAISAL,
        [_A.LEADER],
        _S.RESOLVED,
        [_N.REASON],
        form=Form.REFUSAL,
    ),
    *_moves(
        "T15",
        [_S.IN_PROGRESS],
        _X.COMPLETE,
        [_A.CLERK, _A.LEADER],
        _S.RESOLVED,
        [_N.SIGNED_RESULT],
        guard=_chain_ended,
    ),
    *_moves(
        "T16",
        [_S.RESOLVED],
        _X.HAND_OVER_RESULT,
        [_A.ONE_STOP, _A.POST],
        _S.RETURNED,
        [_N.RECIPIENT_PROOF],
        guard=_fee_settled,
    ),
    *_moves(
        "T17",
        [_S.IN_PROGRESS],
        _X.APOLOGISE_AND_EXTEND,
        [_A.SPECIALIST, _A.LEADER],
        _S.IN_PROGRESS,
        [_N.REASON, _N.NEW_DUE, _N.LEADER_SIGNATURE],
        form=Form.APOLOGY,
        guard=_extensions_left,
    ),
    # Leaders and clerks pass it on as well: the standard rows go from signing to issuing, and
    # either may send a draft back (TCVN ISO 9001:2015 sheets, rows B6 and B7).
    *_moves(
        "T18",
        [_S.IN_PROGRESS],
        _X.FORWARD,
        [_A.SPECIALIST, _A.HEAD, _A.LEADER, _A.CLERK],
        _S.IN_PROGRESS,
        [_N.TEXT],
        form=Form.CONTROL_SLIP,
    ),
    # T19 is this move and then T16, in one visit.
    *_moves(
        "T19",
        [_S.RECEIVED],
        _X.RESOLVE_AT_ONCE,
        [_A.ONE_STOP],
        _S.RESOLVED,
        [_N.SIGNED_RESULT],
        guard=_authorised,
    ),
)

_BY_KEY = {(move.source, move.action): move for move in MOVES}
_ACTORS = {
    action: frozenset().union(*(move.actors for move in MOVES if move.action is action))
    for action in Action
}
_INTAKE = frozenset({Action.ACCEPT, Action.REFUSE_RECEPTION, Action.REQUEST_SUPPLEMENT_INTAKE})
_NOT_RECEIVED = frozenset({None, Status.DRAFT, Status.SUBMITTED, Status.REFUSED})
_AFTER_RECEPTION = frozenset(
    {Status.RECEIVED, Status.IN_PROGRESS, Status.PAYMENT_ASKED, Status.RESOLVED, Status.RETURNED}
)


def find_move(status: Status | None, action: Action) -> Move | None:
    """The line of the table, if this action exists in this state."""
    return _BY_KEY.get((status, action))


def check(
    status: Status | None, action: Action, actor: Actor, facts: Facts | None = None
) -> Allowed | Denied:
    """Whether ``actor`` may take ``action`` on a dossier in ``status``.

    ``status`` is ``None`` before the dossier exists. All reasons against are collected, the
    first being the one to show: role, then state, then what is missing, then the guards.
    Raises ``ValueError`` for a move back without ``facts.previous``.
    """
    facts = facts or Facts()
    move = find_move(status, action)
    refusals = _against_actor(action, actor)
    if move is None:
        refusals += _against_state(status, action)
        return Denied(refusals[0], tuple(refusals))
    missing = frozenset(need for need in move.needs if not _is_met(need, facts))
    refusals += [Refusal.MISSING] if missing else []
    guarded = move.guard(actor, facts) if move.guard else None
    refusals += [guarded] if guarded else []
    if refusals:
        return Denied(refusals[0], tuple(refusals), missing)
    target = facts.previous if move.returns else move.target
    if target is None:
        raise ValueError("a move back needs facts.previous")
    return Allowed(target, move)


def possible_moves(status: Status | None, actor: Actor) -> list[Move]:
    """The moves an actor may try from a state, in the order of the table."""
    return [move for move in MOVES if move.source == status and actor in move.actors]


def actors_of(action: Action) -> frozenset[Actor]:
    """Who may take an action, from whatever state."""
    return _ACTORS[action]


def _is_met(need: Need, facts: Facts) -> bool:
    return bool(facts.reason.strip()) if need is Need.REASON else need in facts.given


def _against_actor(action: Action, actor: Actor) -> list[Refusal]:
    if actor in _ACTORS[action]:
        return []
    return [Refusal.ONLY_LEADER_STOPS, Refusal.ACTOR] if action is Action.STOP else [Refusal.ACTOR]


def _against_state(status: Status | None, action: Action) -> list[Refusal]:
    """Every reason why this state does not know this action, the most telling first."""
    reasons = [
        (status is Status.RETURNED, Refusal.RESULT_RETURNED),
        (status in TERMINAL, Refusal.TERMINAL),
        (status in ENDED, Refusal.ALREADY_RESOLVED),
        (status is Status.SUPPLEMENT_ASKED, Refusal.WAITING_FOR_SUPPLEMENT),
        (status is Status.PAYMENT_ASKED, Refusal.PAYMENT_PENDING),
        (action in _INTAKE and status in _AFTER_RECEPTION, Refusal.ALREADY_RECEIVED),
        (status in _NOT_RECEIVED and action not in _INTAKE, Refusal.NOT_RECEIVED),
    ]
    return [refusal for holds, refusal in reasons if holds] or [Refusal.WRONG_STATE]
