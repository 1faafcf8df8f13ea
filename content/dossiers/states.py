"""States of a dossier and the moves between them, as data.

The ten national status codes are the contract with the national portal, not their texts.
``check`` is the only judge of whether a move is allowed; it reads no database and changes
nothing. NĐ 61/2018/NĐ-CP arts 17-20, NĐ 118/2025/NĐ-CP.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Status(IntEnum):
    """National status codes; 0 stays inside the portal and is never sent."""

    DRAFT = 0
    SUBMITTED = 1
    RECEIVED = 2
    REFUSED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    RESOLVED = 9
    RETURNED = 10


STATUS_NAMES = {
    Status.DRAFT: "Nháp",
    Status.SUBMITTED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.REFUSED: "Không được tiếp nhận",
    Status.IN_PROGRESS: "Đang xử lý",
    Status.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.RESOLVED: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}

#: No move leads out of these.
TERMINAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})
#: Handling is over, whatever the outcome.
ENDED = frozenset({Status.WITHDRAWN, Status.STOPPED, Status.RESOLVED, Status.RETURNED})
#: The authority's time runs.
CLOCK_RUNS = frozenset({Status.RECEIVED, Status.IN_PROGRESS})
#: The authority waits for the applicant.
CLOCK_STOPPED = frozenset({Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED})


class Actor(StrEnum):
    """The capacity in which a move is made."""

    CITIZEN = "citizen"
    ONE_STOP = "one_stop"
    SPECIALIST = "specialist"
    HEAD = "head"
    LEADER = "leader"
    CLERK = "clerk"
    CASHIER = "cashier"
    POST = "post"
    SYSTEM = "system"


class Action(StrEnum):
    """The verbs of the office."""

    SUBMIT_ONLINE = "submit_online"
    RECEIVE_AT_COUNTER = "receive_at_counter"
    RECEIVE_BY_POST = "receive_by_post"
    ACCEPT = "accept"
    REFUSE_RECEPTION = "refuse_reception"
    REQUEST_SUPPLEMENT_INTAKE = "request_supplement_intake"
    SUPPLY_SUPPLEMENT = "supply_supplement"
    TRANSFER = "transfer"
    REQUEST_SUPPLEMENT_PROCESS = "request_supplement_process"
    SUPPLEMENT_EXPIRED = "supplement_expired"
    REQUEST_FEE = "request_fee"
    PAYMENT_CONFIRMED = "payment_confirmed"
    WITHDRAW = "withdraw"
    STOP = "stop"
    REFUSE_AFTER_APPRAISAL = "refuse_after_appraisal"
    COMPLETE = "complete"
    HAND_OVER_RESULT = "hand_over_result"
    APOLOGISE_AND_EXTEND = "apologise_and_extend"
    FORWARD = "forward"
    RESOLVE_AT_ONCE = "resolve_at_once"


class Need(StrEnum):
    """What must be there before a move."""

    AUTHENTICATED = "authenticated"
    REASON = "reason"
    ITEMS = "items"
    ASSIGNEE = "assignee"
    AMOUNT = "amount"
    LEADER_APPROVAL = "leader_approval"
    LEADER_SIGNATURE = "leader_signature"
    NEW_DUE = "new_due"
    SIGNED_RESULT = "signed_result"
    RECIPIENT_PROOF = "recipient_proof"
    TEXT = "text"


class Form(StrEnum):
    """Statutory papers a move leaves behind, by name: their numbers changed in 2025."""

    RECEIPT_SLIP = "receipt_slip"
    SUPPLEMENT_REQUEST = "supplement_request"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP_NOTICE = "stop_notice"
    CONTROL_SLIP = "control_slip"


class Refusal(StrEnum):
    """Why a move is refused."""

    ACTOR = "actor"
    ONLY_LEADER_STOPS = "only_leader_stops"
    TERMINAL = "terminal"
    NOT_RECEIVED = "not_received"
    ALREADY_RECEIVED = "already_received"
    ALREADY_RESOLVED = "already_resolved"
    RESULT_RETURNED = "result_returned"
    WAITING_FOR_SUPPLEMENT = "waiting_for_supplement"
    PAYMENT_PENDING = "payment_pending"
    WRONG_STATE = "wrong_state"
    MISSING = "missing"
    TOO_MANY_SUPPLEMENTS = "too_many_supplements"
    NOTICE_TOO_LATE = "notice_too_late"
    STILL_WAITING = "still_waiting"
    TOO_MANY_EXTENSIONS = "too_many_extensions"
    APOLOGY_TOO_LATE = "apology_too_late"
    FEE_UNPAID = "fee_unpaid"
    PAID_NEEDS_OFFICER = "paid_needs_officer"
    REFUND_NOT_SETTLED = "refund_not_settled"
    NOT_AUTHORISED = "not_authorised"
    CHAIN_OPEN = "chain_open"


@dataclass(frozen=True)
class Facts:
    """What the judge has to know of the dossier and of the move.

    ``given`` are the needs that are met, except the reason, which counts by its text.
    ``previous`` is the state before waiting. The procedure sets both maxima (NĐ 61/2018
    arts 11, 17.2, 19.9: once) and whether a late supplement notice or apology is lawful.
    """

    given: frozenset[Need] = frozenset()
    reason: str = ""
    previous: Status | None = None
    supplement_requests: int = 0
    max_supplements: int = 1
    supplement_notice_late: bool = False
    supplement_wait_over: bool = False
    extensions: int = 0
    max_extensions: int = 1
    apology_late: bool = False
    paid: bool = False
    refund_settled: bool = False
    fee_after_unpaid: bool = False
    may_resolve_at_once: bool = False
    chain_open: bool = False


Guard = Callable[[Actor, Facts], Refusal | None]


@dataclass(frozen=True)
class Move:
    """One lawful move. ``target`` ``None`` means back to the state before waiting."""

    number: str
    source: Status | None
    action: Action
    actors: frozenset[Actor]
    target: Status | None
    needs: frozenset[Need] = frozenset()
    form: Form | None = None
    guard: Guard | None = None

    @property
    def returns(self) -> bool:
        """Whether it leads back to the state before waiting."""
        return self.target is None


@dataclass(frozen=True)
class Allowed:
    """The move may be made; ``target`` is the new state."""

    target: Status
    move: Move
    allowed: bool = field(default=True, init=False)


@dataclass(frozen=True)
class Denied:
    """The move is refused: the most telling reason, all that hold, and what is missing."""

    code: Refusal
    codes: tuple[Refusal, ...]
    missing: frozenset[Need] = frozenset()
    allowed: bool = field(default=False, init=False)


class Phase(StrEnum):
    """What anybody with the code may know: how far the work is, not why."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    CLOSED = "closed"


@dataclass(frozen=True)
class PublicProgress:
    """A phase in words and as a share of the way, in percent."""

    phase: Phase
    words: str
    share: int


_PROGRESS = {
    Phase.SUBMITTED: PublicProgress(Phase.SUBMITTED, "Đã nộp, đang chờ tiếp nhận", 20),
    Phase.RECEIVED: PublicProgress(Phase.RECEIVED, "Đã tiếp nhận", 40),
    Phase.IN_PROGRESS: PublicProgress(Phase.IN_PROGRESS, "Đang giải quyết", 60),
    Phase.READY: PublicProgress(Phase.READY, "Đã có kết quả", 90),
    Phase.CLOSED: PublicProgress(Phase.CLOSED, "Đã kết thúc", 100),
}
_PHASES = {
    Status.SUBMITTED: Phase.SUBMITTED,
    Status.RECEIVED: Phase.RECEIVED,
    Status.IN_PROGRESS: Phase.IN_PROGRESS,
    Status.RESOLVED: Phase.READY,
    Status.REFUSED: Phase.CLOSED,
    Status.WITHDRAWN: Phase.CLOSED,
    Status.STOPPED: Phase.CLOSED,
    Status.RETURNED: Phase.CLOSED,
}


def public_progress(status: Status, previous: Status | None = None) -> PublicProgress:
    """How far a dossier is, for a viewer who has only its code (TT 01/2018 art. 16.2d).

    Waiting shows as the state it interrupted. Raises ``KeyError`` for a draft, which
    nobody but its owner may see.
    """
    if status in CLOCK_STOPPED:
        status = previous or Status.IN_PROGRESS
    return _PROGRESS[_PHASES[status]]
