"""The queue of differences: one, a procedure's, or all that are shown are decided."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition
from content.procedures.merging import queue, reads
from content.procedures.merging.models import Decision, ImportDifference
from content.procedures.merging.reads import Narrowed
from content.procedures.merging.threeway import Kind
from portal.editorial.imports.words import KINDS
from portal.http.notices import Notice, say
from portal.http.paging import page_links, page_number
from portal.security.permissions import Permission

MAX_DIGITS = 18


@view_config(
    route_name="editorial.differences",
    renderer="editorial/imports/differences.jinja2",
    permission=Permission.PROCEDURE_IMPORT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def differences(request: Request) -> Any:
    """What waits, procedure by procedure; a POST decides."""
    narrowed = _narrowed(request)
    if request.method == "POST":
        return _decided(request, narrowed)
    number = page_number(request.GET)
    rows, total = reads.page(request.db, narrowed, number)
    pages = max(1, -(-total // reads.PAGE_SIZE))
    if number > pages:
        number, (rows, total) = pages, reads.page(request.db, narrowed, pages)
    return {
        "groups": _groups(rows),
        "total": total,
        "links": page_links(request, number, pages),
        "kinds": KINDS,
        "counts": reads.counts(request.db),
        "parts": reads.parts(request.db),
        "chosen": narrowed,
        "chosen_part": request.GET.get("phan", ""),
        "at_once": min(total, reads.MAX_AT_ONCE),
        "action": request.path_qs,
    }


def _groups(rows: list[ImportDifference]) -> list[dict[str, Any]]:
    """Rows of one procedure together."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        one = groups.setdefault(
            (row.identity, row.level.value),
            {
                "name": row.name,
                "code": row.procedure.code if row.procedure else (row.theirs or {}).get("code"),
                "level": row.level.value,
                "procedure_id": row.procedure_id,
                "rows": [],
            },
        )
        one["rows"].append(reads.told(row))
    return list(groups.values())


def _narrowed(request: Request) -> Narrowed:
    kind, part = request.GET.get("loai"), request.GET.get("phan")
    return Narrowed(
        kind=Kind(kind) if kind in list(Kind) else None,
        part={"": None, "moi": ""}.get(part or "", part),
        procedure_id=_number(request.GET.get("thu-tuc")),
    )


def _number(text: object) -> int | None:
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < MAX_DIGITS:
        return int(text)
    return None


def _decided(request: Request, narrowed: Narrowed) -> Response:
    act, _sign, target = str(request.POST.get("quyet") or "").partition(":")
    rows = _meant(request.db, narrowed, target)
    actor = request.identity.account_id
    left = 0
    for row in rows:
        try:
            if act == "nhan":
                queue.accept(request.db, row, actor_id=actor, now=request.now)
            elif act == "giu":
                queue.refuse(request.db, row, actor_id=actor, now=request.now)
        except (Conflict, Invalid):
            queue.refresh(row)
            left += 1
        except InvalidTransition:
            # Somebody else was quicker: there is nothing left to decide.
            continue
    back = {key: request.GET[key] for key in ("loai", "phan", "thu-tuc") if key in request.GET}
    where = request.route_path("editorial.differences") + (f"?{urlencode(back)}" if back else "")
    response = HTTPSeeOther(where)
    if not rows:
        return response
    return say(response, Notice.DIFFERENCES_LEFT if left else Notice.DIFFERENCES_DECIDED)


def _meant(session: Session, narrowed: Narrowed, target: str) -> list[ImportDifference]:
    """One row, the rows of a procedure, or all that are shown."""
    kind, _sign, number = target.partition("-")
    query = reads.waiting(narrowed).order_by(ImportDifference.id).limit(reads.MAX_AT_ONCE)
    if kind == "tat":
        return list(session.scalars(query))
    found = _number(number)
    if kind == "thu" and found is not None:
        return list(session.scalars(query.where(ImportDifference.procedure_id == found)))
    row = session.get(ImportDifference, found) if kind == "mot" and found is not None else None
    return [row] if row is not None and row.state is Decision.OPEN else []
