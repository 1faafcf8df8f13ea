"""What several screens of procedures ask: addresses, the service, who somebody is."""

from collections.abc import Iterable

from pyramid.request import Request
from sqlalchemy import select

from content.people.models import Account
from content.procedures.drafting import DraftService, draft_of, waiting
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.worklist import Worklist


def to(request: Request, name: str, procedure: Procedure, **more: object) -> str:
    """An address of one procedure's screens."""
    url: str = request.route_path(f"editorial.procedure{name}", id=procedure.id, **more)
    return url


def drafts(request: Request) -> DraftService:
    """Editing, as of now, for who is signed in."""
    return DraftService(request.db, request.now, request.identity.account_id)


def worklist(request: Request) -> Worklist:
    """The list that this process keeps."""
    return request.service(Worklist)


def in_work(procedure: Procedure) -> ProcedureVersion | None:
    """What editors are at: the draft, or what waits for a decision."""
    return draft_of(procedure) or waiting(procedure)


def names(request: Request, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names of accounts by id, in one query."""
    asked = {one for one in ids if one is not None}
    if not asked:
        return {}
    query = select(Account.id, Account.name).where(Account.id.in_(asked))
    return {row.id: row.name for row in request.db.execute(query)}
