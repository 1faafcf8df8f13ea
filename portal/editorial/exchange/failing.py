"""Work of the worker that failed: mails, papers, timestamps – what, why, when it is tried again.

The desk never waits for a mail server, a printer or a timestamp authority; here is seen
what waits for them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content import audit, outbox
from content.dossiers.log import LETTER
from content.dossiers.models import Dossier
from content.letters.issued import IssuedPaper
from content.outbox import MAX_ATTEMPTS, OutboxJob
from content.signing import stamping
from portal import mail
from portal.editorial.saving import POST_ONLY
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

#: What people call the work; what is not here stands under its own name.
KINDS = {
    mail.KIND: _("Gửi thư điện tử"),
    LETTER: _("Lập giấy tờ của hồ sơ"),
    stamping.JOB: _("Xin dấu thời gian"),
}


@dataclass(frozen=True)
class Failing:
    """One piece of work: of which dossier or to whom, what went wrong, what happens next."""

    id: int
    kind: Any
    about: str
    error: str
    attempts: int
    since: datetime
    next_at: datetime | None


def failing(request: Request) -> tuple[list[Failing], int]:
    """What failed, the oldest first, and how much there is in all."""
    rows, total = outbox.troubled(request.db)
    codes = _codes(request, rows)
    return [_line(one, codes) for one in rows], total


def _line(one: OutboxJob, codes: dict[str, str]) -> Failing:
    told = [codes.get(_subject(one), one.key), str(one.payload.get("to", ""))]
    return Failing(
        id=one.id,
        kind=KINDS.get(one.kind, one.kind),
        about=", ".join(part for part in told if part),
        error=one.last_error or "",
        attempts=one.attempts,
        since=one.created_at,
        next_at=one.not_before if one.attempts < MAX_ATTEMPTS else None,
    )


def _codes(request: Request, rows: list[OutboxJob]) -> dict[str, str]:
    """The dossiers' codes by what the work is about: a dossier, or a paper of one."""
    keys = [_subject(one).partition(":") for one in rows]
    wanted = {
        table: [int(rest) for name, _, rest in keys if name == table and rest.isdecimal()]
        for table in ("dossier", "paper")
    }
    code = (Dossier.code, Dossier.lookup_code)
    dossiers = select(Dossier.id, *code).where(Dossier.id.in_(wanted["dossier"]))
    papers = (
        select(IssuedPaper.id, *code)
        .join(Dossier, Dossier.id == IssuedPaper.dossier_id)
        .where(IssuedPaper.id.in_(wanted["paper"]))
    )
    return {
        f"{table}:{number}": given or lookup
        for table, query in (("dossier", dossiers), ("paper", papers))
        for number, given, lookup in request.db.execute(query)
    }


def _subject(one: OutboxJob) -> str:
    """``dossier:12`` of ``dossier:12:submitted``."""
    return ":".join(one.key.split(":")[:2])


@view_config(
    route_name="editorial.exchange.job",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def try_again(context: OutboxJob, request: Request) -> Response:
    """One piece of work, now, whether it has given up or not."""
    outbox.again(context, request.now)
    audit.record(
        request.db,
        now=request.now,
        actor_id=request.identity.account_id,
        action="outbox.again",
        subject=f"outbox:{context.id}",
        kind=context.kind,
    )
    target = request.route_path("editorial.exchange", _anchor="viec")
    return say(HTTPSeeOther(target), Notice.EXCHANGE_AGAIN)
