"""The chain of one procedure: its order and law, its tasks, putting it in use."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.chain_keeping import (
    MAX_BASIS,
    MOST_DAYS,
    MOST_TASKS,
    ChainKeeper,
    limit_in_days,
    problem_of,
    total_days,
)
from content.dossiers.chain_models import MAX_TASK, ChainOrder, ChainTask, ChainTemplate
from content.errors import Conflict, Invalid, NotFound
from content.procedures.models import Procedure
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of, steps_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

PAGE, TASK = "editorial/handling/chain.jinja2", "editorial/authority/form.jinja2"
COMPETENT = "co_tham_quyen"
ORDERS = (
    (ChainOrder.ONE_BY_ONE.value, _("Khác cấp: lần lượt từng cơ quan (khoản 7 Điều 19)")),
    (ChainOrder.TOGETHER.value, _("Cùng cấp: cùng lúc, một cơ quan chủ trì (khoản 6 Điều 19)")),
)
_WORDS = {
    "required": _("Mục này còn trống; ông/bà ghi vào đây."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "out_of_range": _("Số ngày ngoài khoảng cho phép."),
    "unknown": _("Ông/bà vui lòng chọn một cơ quan trong danh sách."),
    "too_many": _("Một quy trình có nhiều nhất ${most} việc.") % {"most": str(MOST_TASKS)},
}
_UNFIT = {
    "too_few": _("Liên thông cần ít nhất hai cơ quan."),
    "lead_missing": _("Các cơ quan làm cùng lúc thì phải có đúng một cơ quan chủ trì."),
    "lead_too_short": _("Cơ quan chủ trì phải có ít nhất bằng số ngày của cơ quan lâu nhất."),
    "sum_differs": _(
        "Quy trình dài ${total} ngày làm việc, thời hạn của thủ tục là ${limit} ngày làm việc; "
        "hai số phải bằng nhau."
    ),
}


def keeper(request: Request) -> ChainKeeper:
    """Writing chains as of this request."""
    return ChainKeeper(request.db, request.now, request.identity.account_id)


@view_config(
    route_name="editorial.chain",
    renderer=PAGE,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Procedure, request: Request) -> Any:
    """Order and law; below them the tasks."""
    chain = keeper(request).of(context)
    here = request.route_path("editorial.chain", id=context.id)
    return form_of(
        request,
        _schema(),
        _("Lưu"),
        heading=_("Quy trình liên thông"),
        back=here,
        data={
            "order": (chain.order if chain else ChainOrder.ONE_BY_ONE).value,
            "legal_basis": chain.legal_basis if chain else "",
            "revision": str(chain.revision if chain else 0),
        },
        of=f"chain:{context.id}" if chain else None,
        save=lambda data: keeper(request).save(
            context, ChainOrder(data["order"]), data["legal_basis"], revision=revision_of(data)
        ),
        reasons=_reason,
        renderer=PAGE,
        notice=Notice.CHAIN_SAVED,
        procedure=context,
        chain=chain,
        problem=_unfit(chain) if chain else None,
        total=total_days(chain) if chain else 0,
        limit=limit_in_days(context),
        list_url=request.route_path("editorial.handling"),
    )


@view_config(
    route_name="editorial.chain.use",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def use(context: Procedure, request: Request) -> Response:
    """Put it in use, or out of use; what does not hold together stays out, and the page says
    why."""
    chain, found = _chain(request, context), keeper(request)
    done = HTTPSeeOther(request.route_path("editorial.chain", id=context.id))
    if chain.in_use:
        found.put_out_of_use(chain)
        return say(done, Notice.CHAIN_SAVED)
    try:
        found.put_in_use(chain, revision=revision_of(dict(request.POST)))
    except (Invalid, Conflict):
        return done
    return say(done, Notice.CHAIN_IN_USE)


@view_config(
    route_name="editorial.chain.task.new",
    renderer=TASK,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new_task(context: Procedure, request: Request) -> Any:
    """One more agency."""
    return _task_page(request, context, None)


@view_config(
    route_name="editorial.chain.task",
    renderer=TASK,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def task(context: Procedure, request: Request) -> Any:
    """An agency's task and days."""
    return _task_page(request, context, _task(request, _chain(request, context)))


@view_config(
    route_name="editorial.chain.task.drop",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def drop(context: Procedure, request: Request) -> Response:
    """An agency less."""
    chain = _chain(request, context)
    keeper(request).drop_task(chain, _task(request, chain))
    return _saved(request, context)


@view_config(
    route_name="editorial.chain.task.move",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def move(context: Procedure, request: Request) -> Response:
    """Earlier or later."""
    chain = _chain(request, context)
    keeper(request).move_task(chain, _task(request, chain), steps_of(request))
    return _saved(request, context)


def _task_page(request: Request, procedure: Procedure, one: ChainTask | None) -> Any:
    chain = _chain(request, procedure)
    data: dict[str, Any] = {"agency": COMPETENT, "revision": str(chain.revision)}
    if one is not None:
        data |= {
            "agency": str(one.agency_id) if one.agency_id else COMPETENT,
            "task": one.task,
            "working_days": str(one.working_days),
            "leads": one.leads,
        }
    return form_of(
        request,
        _task_schema(request),
        _("Lưu việc"),
        heading=_("Việc của một cơ quan trong quy trình liên thông"),
        back=request.route_path("editorial.chain", id=procedure.id),
        data=data,
        save=lambda data: keeper(request).save_task(
            chain,
            one,
            {
                "agency_id": number_of(data["agency"]),
                "task": data["task"],
                "working_days": int(data["working_days"]),
                "leads": data["leads"],
            },
            revision=revision_of(data),
        ),
        reasons=_reason,
        notice=Notice.CHAIN_SAVED,
    )


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.choice("order", _("Các cơ quan làm"), ORDERS),
        fields.paragraph("legal_basis", _("Căn cứ pháp lý"), rows=2, max_length=MAX_BASIS),
        fields.hidden("revision"),
    )


def _task_schema(request: Request) -> colander.SchemaNode:
    found = request.db.scalars(select(Agency).order_by(Agency.position, Agency.name))
    agencies = [(COMPETENT, _("Cơ quan có thẩm quyền, chọn khi chuyển (phi địa giới)"))]
    agencies += [(str(one.id), one.name) for one in found]
    return fields.mapping(
        fields.choice("agency", _("Cơ quan"), agencies, as_list=True),
        fields.text("task", _("Việc"), max_length=MAX_TASK),
        fields.integer("working_days", _("Số ngày làm việc"), minimum=1, maximum=MOST_DAYS),
        fields.checkbox(
            "leads",
            _("Cơ quan chủ trì"),
            hint=_("Cơ quan quyết định kết quả; chỉ một cơ quan trong quy trình."),
        ),
        fields.hidden("revision"),
    )


def _unfit(chain: ChainTemplate) -> Any:
    problem = problem_of(chain)
    if problem is None:
        return None
    values = {name: str(value) for name, value in problem.data.items()}
    return _UNFIT[problem.problems["chain"]] % values


def _reason(error: Invalid) -> Any:
    return _WORDS[next(iter(error.problems.values()))]


def _chain(request: Request, procedure: Procedure) -> ChainTemplate:
    found = keeper(request).of(procedure)
    if found is None:
        raise NotFound("chain")
    return found


def _task(request: Request, chain: ChainTemplate) -> ChainTask:
    wanted = int(request.matchdict["task"][:18])
    for one in chain.tasks:
        if one.id == wanted:
            return one
    raise NotFound("chain_task")


def _saved(request: Request, procedure: Procedure) -> Response:
    target = request.route_path("editorial.chain", id=procedure.id)
    return say(HTTPSeeOther(target), Notice.CHAIN_SAVED)
