"""The procedures of a decision: added, taken out again."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Conflict, Invalid, InvalidTransition
from content.procedures import preparing
from content.procedures.codes import parse_procedure_code
from content.procedures.kinds import EntryKind
from content.procedures.merging import reads
from content.procedures.merging.models import ImportRun
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.prepared import PreparedDecision
from portal.editorial.decisions import schemas
from portal.editorial.decisions.page import kind_of, taken_procedures
from portal.forms.accessible import AccessibleForm
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
POST = ("POST",)
ADD = "editorial/decisions/add.jinja2"
_LINE_REFUSED = {
    ("effective_on", "before_signing"): _("Ngày hiệu lực không được trước ngày ký quyết định."),
    ("replaced_by", "itself"): _("Thủ tục không thay thế cho chính nó."),
}


@view_config(
    route_name="editorial.decision.add",
    renderer=ADD,
    permission=Permission.DECISION_EDIT,
    methods=BOTH,
    uses_session=True,
)
def add(context: PreparedDecision, request: Request) -> Any:
    """Add a procedure by its code, or a waiting draft by one press."""
    back = request.route_path("editorial.decision", id=context.id)
    if context.decision_id is not None:
        return HTTPSeeOther(back)
    if request.method == "POST" and "ban-nhap" in request.POST:
        _add_waiting(request, context)
        return HTTPSeeOther(f"{back}#thu-tuc")
    if request.method == "POST" and "lan-nhap" in request.POST:
        _add_import(request, context)
        return HTTPSeeOther(f"{back}#thu-tuc")
    form = make_form(request, schemas.line(), _("Thêm vào quyết định"))
    page = form_page(request, ADD, form, prepared=context, back=back)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    _put(request, context, form, data)
    return HTTPSeeOther(f"{back}#thu-tuc")


def _put(
    request: Request, prepared: PreparedDecision, form: AccessibleForm, data: dict[str, Any]
) -> None:
    kind = schemas.kind_of(data)
    successor = None
    if kind is EntryKind.REPLACED and data["replaced_by"]:
        successor = _found(request, form, data["replaced_by"], None, "replaced_by")
    try:
        preparing.put_line(
            prepared,
            _found(request, form, data["code"], data["level"], "code"),
            kind,
            effective_on=schemas.day(data["effective_on"]),
            replaced_by=successor,
            by=request.identity.account_id,
            now=request.now,
        )
    except Conflict:
        raise form.refuse(_("Thủ tục này đã có trong quyết định."), "code") from None
    except Invalid as invalid:
        name, code = next(iter(invalid.problems.items()))
        raise form.refuse(_LINE_REFUSED[name, code], name) from None


def _found(
    request: Request, form: AccessibleForm, given: str, level: str | None, field: str
) -> Procedure:
    code = parse_procedure_code(given)
    query = select(Procedure).where(
        Procedure.code == code.base if code else Procedure.slug == given[:100]
    )
    if level:
        query = query.where(Procedure.level == level)
    found = list(request.db.scalars(query.order_by(Procedure.is_primary.desc(), Procedure.id)))
    if not found:
        raise form.refuse(_("Không có thủ tục nào mang mã này."), field)
    if len(found) > 1 and field == "code":
        raise form.refuse(_("Mã này có ở nhiều cấp; ông/bà vui lòng chọn cấp thực hiện."), "level")
    return found[0]


def _add_waiting(request: Request, prepared: PreparedDecision) -> None:
    """A draft of the list; what is no draft any more is passed over."""
    asked = str(request.POST["ban-nhap"])
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 18:
        return
    version = request.db.get(ProcedureVersion, int(asked))
    if version is None or version.state.is_frozen:
        return
    _put_waiting(request, prepared, version)


def _add_import(request: Request, prepared: PreparedDecision) -> None:
    """Every draft of one import that no decision has yet, one line each."""
    asked = posted(request, "lan-nhap")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 18
    run = request.db.get(ImportRun, int(asked)) if is_number else None
    taken = set(request.db.scalars(taken_procedures()))
    for version in reads.drafts_of(request.db, run) if run is not None else ():
        if version.procedure_id not in taken:
            _put_waiting(request, prepared, version)


def _put_waiting(request: Request, prepared: PreparedDecision, version: ProcedureVersion) -> None:
    """What is in the decision already stays as it is."""
    try:
        preparing.put_line(
            prepared,
            version.procedure,
            kind_of(version.procedure),
            by=request.identity.account_id,
            now=request.now,
        )
    except (Conflict, InvalidTransition):
        return


@view_config(
    route_name="editorial.decision.drop",
    permission=Permission.DECISION_EDIT,
    methods=POST,
    uses_session=True,
)
def drop(context: PreparedDecision, request: Request) -> Response:
    """Take a procedure out again; a second click changes nothing."""
    asked = str(request.POST.get("dong", ""))
    line = next((one for one in context.lines if str(one.id) == asked), None)
    if line is not None and context.decision_id is None:
        preparing.drop_line(context, line, by=request.identity.account_id, now=request.now)
    target = request.route_path("editorial.decision", id=context.id)
    return HTTPSeeOther(f"{target}#thu-tuc")
