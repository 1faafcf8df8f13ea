"""Joint handling at the desk: beginning a chain, signing for what came back, its slips."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.chain_models import ChainTemplate
from content.dossiers.chain_reads import chain_hand_overs, template_of
from content.dossiers.chains import ChainService
from content.dossiers.competence import commune_of
from content.dossiers.models import Dossier
from content.dossiers.states import Action
from content.errors import NotFound
from content.letters.from_chains import chain_slip
from content.letters.from_dossiers import LetterSite
from content.letters.render import Letters
from content.people.models import Account
from content.text import fold
from content.words import local
from portal.desk.act_page import PAGE, act_page, perform
from portal.desk.chain_panel import ORDERS
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk.sense import may_begin_chain
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.downloads import send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="desk.chain",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def begin(context: DeskDossier, request: Request) -> Any:
    """The agencies with their tasks, and who is competent where the chain leaves it open."""
    dossier = context.dossier
    template = template_of(request.db, dossier.procedure_id)
    if template is None or (request.method != "POST" and not may_begin_chain(request, dossier)):
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    form = make_form(request, _schema(request, template), _("Chuyển liên thông"))
    page = act_page(request, context, form, _("Chuyển hồ sơ liên thông"), _told(template))
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision), **_suggested(request, dossier, template)})
        return page
    data = form.accept(request.POST)
    competent = {
        one.position: int(data[f"agency_{one.position}"])
        for one in template.tasks
        if one.agency_id is None
    }

    def do(me: Account, revision: int) -> None:
        request.service(ChainService).begin(dossier, me, competent, revision=revision)

    return perform(request, context, Action.TRANSFER, form, page, do, Notice.CHAIN_BEGUN)


def _told(template: ChainTemplate) -> list[Any]:
    lines = [
        _("${number}. ${agency}: ${task}, ${days} ngày làm việc${lead}.")
        % {
            "number": str(one.position),
            "agency": one.agency.name if one.agency else "Cơ quan có thẩm quyền",
            "task": one.task,
            "days": str(one.working_days),
            "lead": " (chủ trì)" if one.leads else "",
        }
        for one in template.tasks
    ]
    return [ORDERS[template.order], *lines]


def _schema(request: Request, template: ChainTemplate) -> colander.SchemaNode:
    schema = fields.mapping(fields.hidden("revision"))
    open_tasks = [one for one in template.tasks if one.agency_id is None]
    if open_tasks:
        today = local(request.now).date()
        found = request.db.scalars(select(Agency).order_by(Agency.position, Agency.name))
        options = [
            (str(one.id), one.name) for one in found if not one.valid_to or one.valid_to >= today
        ]
        for task in open_tasks:
            schema.add(
                fields.choice(
                    f"agency_{task.position}",
                    _("Cơ quan có thẩm quyền: ") + task.task,
                    options,
                    as_list=True,
                    hint=_("Theo nơi cư trú, nơi có đất hoặc nơi đăng ký của người nộp."),
                )
            )
    return schema


def _suggested(request: Request, dossier: Dossier, template: ChainTemplate) -> dict[str, str]:
    """The agency whose commune stands in the applicant's address; the officer decides."""
    address = fold(dossier.applicant_address or "")
    if not address:
        return {}
    found = [
        one
        for one in request.db.scalars(select(Agency))
        if commune_of(one.name) and commune_of(one.name) in address
    ]
    if len(found) != 1:
        return {}
    return {f"agency_{one.position}": str(found[0].id) for one in template.tasks}


@view_config(
    route_name="desk.chain.home",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def take_home(context: DeskDossier, request: Request) -> Response:
    """The desk signs for what the last agency brought back."""
    request.service(ChainService).take_home(context.dossier, officer(request))
    return say(HTTPSeeOther(urls(request, context.dossier)["dossier"]), Notice.CHAIN_TAKEN)


@view_config(route_name="desk.chain.slip", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def slip(context: DeskDossier, request: Request) -> Response:
    """One hand-over as a paper."""
    return send_slip(request, context.dossier, int(request.matchdict["slip"][:6]))


def send_slip(request: Request, dossier: Dossier, number: int) -> Response:
    """The slip of a hand-over, as it stands now. Raises ``NotFound``."""
    rows = {one.number: one for one in chain_hand_overs(request.db, dossier)}
    if number not in rows:
        raise NotFound("slip")
    paper = chain_slip(dossier, rows[number], request.service(LetterSite), request.now)
    content = request.service(Letters).make(paper)
    return send_pdf(content, f"ban-giao-{dossier.code}-{number}", inline=True)
