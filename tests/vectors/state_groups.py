"""Vectors of dossier states, moves and visibility."""

from content.dossiers.moves import check, find_move
from content.dossiers.states import Action, Actor, Facts, Move, Need, Refusal, Status
from content.dossiers.visibility import Part, Viewer, visible_parts
from tests.vectors.reading import Vector

#: Two moves that one role may make in place of another: the desk writes down a citizen's
#: withdrawal, specialist and leader share the apology. A row may name only one of them.
IN_PLACE = {
    Action.WITHDRAW: {Actor.ONE_STOP},
    Action.APOLOGISE_AND_EXTEND: {Actor.SPECIALIST, Actor.LEADER},
}
WHY = {
    "actor": Refusal.ACTOR,
    "already received": Refusal.ALREADY_RECEIVED,
    "already resolved": Refusal.ALREADY_RESOLVED,
    "not received": Refusal.NOT_RECEIVED,
    "only the leader stops": Refusal.ONLY_LEADER_STOPS,
    "payment pending": Refusal.PAYMENT_PENDING,
    "result already returned": Refusal.RESULT_RETURNED,
    "terminal": Refusal.TERMINAL,
    "waiting for supplement": Refusal.WAITING_FOR_SUPPLEMENT,
}
VIEWERS = {"anonymous": Viewer.ANONYMOUS, "owner (authenticated)": Viewer.OWNER}
PARTS = {
    "ma_ho_so": Part.CODE,
    "muc_do_hoan_thanh": Part.PROGRESS,
    "trang_thai": Part.STATUS,
    "qua_trinh": Part.HISTORY,
    "phong_ban_dang_xu_ly": Part.DEPARTMENT,
    "giay_to": Part.PAPERS,
    "ket_qua": Part.RESULT,
    "thanh_phan_ho_so": Part.REQUIRED_PAPERS,
    "ho_ten": Part.NAME,
    "so_dinh_danh": Part.IDENTITY,
    "dia_chi": Part.ADDRESS,
    "so_dien_thoai": Part.PHONE,
}


def _facts(needs: set[Need], **more: object) -> Facts:
    """The given needs are met and nothing else stands in the way."""
    reason = "Thiếu giấy tờ" if Need.REASON in needs else ""
    facts = {
        "given": frozenset(needs),
        "reason": reason,
        "previous": Status.IN_PROGRESS,
        "supplement_wait_over": True,
        "may_resolve_at_once": True,
    }
    return Facts(**{**facts, **more})


def _status(code: int | None) -> Status | None:
    return None if code is None else Status(code)


def table(vector: Vector) -> None:
    source, action = _status(vector.take("from")), Action(vector.take("action"))
    actors = {Actor(actor) for actor in vector.take("actors")}
    needs = {Need(need) for need in vector.take("needs")}
    target = vector.take("to")
    move = find_move(source, action)
    assert move is not None, "no such move"
    assert move.returns if target == "prev" else move.target == Status(target)
    assert actors <= move.actors
    assert move.actors - actors <= IN_PLACE.get(action, set())
    for actor in Actor:
        verdict = check(source, action, actor, _facts(needs))
        assert verdict.allowed is (actor in move.actors), (actor, verdict)
    _each_need_is_needed(move, actors, needs)


def _each_need_is_needed(move: Move, actors: set[Actor], needs: set[Need]) -> None:
    for actor in actors:
        for need in needs:
            verdict = check(move.source, move.action, actor, _facts(needs - {need}))
            assert not verdict.allowed, f"{need} is not asked for"
            assert verdict.missing == {need}


def denied(vector: Vector) -> None:
    source, action = _status(vector.take("from")), Action(vector.take("action"))
    verdict = check(source, action, Actor(vector.take("actor")), _facts(set(Need)))
    assert not verdict.allowed
    assert WHY[vector.take("why")] in verdict.codes


def guards(vector: Vector) -> None:
    vector.get("why")
    action, more = Action(vector.take("action")), {}
    if "supplement_requests_so_far" in vector:
        more["supplement_requests"] = vector.take("supplement_requests_so_far")
    if "extensions_so_far" in vector:
        more["extensions"] = vector.take("extensions_so_far")
    if "fee_pay_after" in vector:
        more["fee_after_unpaid"] = {"unpaid": True}[vector.take("fee_pay_after")]
    for key in ("reason", "paid"):
        if key in vector:
            more[key] = vector.take(key)
    status = Status(vector.take("state"))
    verdict = check(status, action, _usual_actor(status, action), _facts(set(Need), **more))
    assert verdict.allowed is vector.take("allowed"), verdict


def _usual_actor(status: Status, action: Action) -> Actor:
    """The citizen where citizens may act, else the first role of the row."""
    move = find_move(status, action)
    actors = move.actors if move else frozenset(Actor)
    return min(actors, key=list(Actor).index)


def public_lookup(vector: Vector) -> None:
    visible = visible_parts(VIEWERS[vector.take("viewer")])
    assert {PARTS[part] for part in vector.get("may_see", [])} <= visible
    assert not {PARTS[part] for part in vector.get("must_not_see", [])} & visible
