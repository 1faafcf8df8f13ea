"""The lists: what is being prepared, what was published, what the law asks for by when."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from content.calendar.store import load_calendar
from content.procedures.decisions import PublicationDecision
from content.procedures.duties import AnyDecision, open_duties
from content.procedures.prepared import PreparedDecision
from content.procedures.standing import today
from portal.editorial.decisions.words import DUTIES, VERDICTS
from portal.http.paging import page_links, page_number
from portal.security.permissions import Permission

PAGE_SIZE = 30


@view_config(
    route_name="editorial.decisions",
    renderer="editorial/decisions/list.jinja2",
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def decisions(request: Request) -> dict[str, Any]:
    """Everything about decisions in one place."""
    prepared = select(PreparedDecision).where(PreparedDecision.decision_id.is_(None))
    total = request.db.scalar(select(func.count(PublicationDecision.id))) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(page_number(request.GET), pages)
    signed = (
        select(PublicationDecision)
        .options(selectinload(PublicationDecision.entries))
        .order_by(PublicationDecision.signed_on.desc(), PublicationDecision.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    order = prepared.order_by(PreparedDecision.updated_at.desc())
    day = today(request.now)
    return {
        "prepared": [
            (request.route_path("editorial.decision", id=one.id), one)
            for one in request.db.scalars(order)
        ],
        "signed": [
            (request.route_path("editorial.signed", id=one.id), one)
            for one in request.db.scalars(signed)
        ],
        "duties": [
            (_page_of(request, one), _label(one), duty)
            for one, duty in open_duties(request.db, load_calendar(request.db), day)
        ],
        "duty_names": DUTIES,
        "verdicts": VERDICTS,
        "links": page_links(request, page, pages),
        "total": total,
    }


def _page_of(request: Request, decision: AnyDecision) -> str:
    is_signed = isinstance(decision, PublicationDecision)
    route = "editorial.signed" if is_signed else "editorial.decision"
    path: str = request.route_path(route, id=decision.id)
    return path


def _label(decision: AnyDecision) -> str:
    return decision.label if isinstance(decision, PreparedDecision) else decision.number
