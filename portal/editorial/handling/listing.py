"""Which procedures are handled by a rule of their own; finding another one to write for."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from content.dossiers.chain_models import ChainTask, ChainTemplate
from content.procedures.handling import AfterSupplement, HandlingRule
from content.procedures.kinds import CURRENT
from content.procedures.models import Procedure
from content.procedures.worklist import Asked, Worklist
from content.text import clean
from content.words import local
from portal.i18n import _
from portal.security.permissions import Permission

MAX_WORDS = 100
MOST = 20


@dataclass(frozen=True)
class Line:
    """A procedure that differs, and in what."""

    procedure: Procedure
    told: tuple[Any, ...]
    legal_basis: str


@view_config(
    route_name="editorial.handling",
    renderer="editorial/handling/list.jinja2",
    permission=Permission.DESK_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Those that differ, and what was looked for."""
    asked = clean(request.GET.get("q", ""))[:MAX_WORDS]
    chains = select(ChainTemplate).options(
        joinedload(ChainTemplate.procedure),
        selectinload(ChainTemplate.tasks).joinedload(ChainTask.agency),
    )
    return {
        "lines": _lines(request),
        "chains": request.db.scalars(chains.order_by(ChainTemplate.id)).all(),
        "asked": asked,
        "found": procedures_found(request, asked),
    }


def _lines(request: Request) -> list[Line]:
    rules = {one.procedure_id: one for one in request.db.scalars(select(HandlingRule))}
    query = select(Procedure).where(Procedure.id.in_(rules)).options(joinedload(Procedure.sector))
    found = request.db.scalars(query.order_by(Procedure.name_sort))
    return [Line(one, told(rules[one.id]), rules[one.id].legal_basis or "") for one in found]


def told(rule: HandlingRule) -> tuple[Any, ...]:
    """In what a rule differs from the general one, in words."""
    wait = rule.supplement_wait_days
    differs = (
        (
            rule.max_supplements != 1,
            _("bổ sung ${times} lần") % {"times": str(rule.max_supplements)},
        ),
        (wait is not None, _("chờ bổ sung ${days} ngày làm việc") % {"days": str(wait)}),
        (rule.after_supplement is AfterSupplement.PAUSE, _("không tính thời gian chờ bổ sung")),
        (rule.max_extensions != 1, _("hẹn lại ${times} lần") % {"times": str(rule.max_extensions)}),
        (rule.at_once, _("giải quyết ngay tại quầy")),
        (rule.no_appointment, _("không hẹn ngày trả")),
        (rule.keeps_hour, _("giữ giờ tiếp nhận")),
    )
    return tuple(words for holds, words in differs if holds)


def procedures_found(request: Request, asked: str) -> list[Procedure]:
    """Procedures in force that fit what was typed; none for nothing."""
    if not asked:
        return []
    worklist = request.service(Worklist)
    ids = worklist.ids(request.db, Asked(words=asked), day=local(request.now).date())
    query = select(Procedure).where(Procedure.id.in_(ids[:500]), Procedure.status.in_(CURRENT))
    return list(request.db.scalars(query.order_by(Procedure.name_sort).limit(MOST)))
