"""One process: what holds, its history, beginning a draft, writing, publishing, comparing."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition
from content.people.models import Account
from content.procedures.models import Procedure
from content.procedures.projecting import case_names
from content.processes.graph import Fault, Graph
from content.processes.limits import limit_hours, limit_words
from content.processes.models import ProcessVersion
from content.processes.reads import differences, in_force, versions_of
from content.processes.service import ProcessService, Written, with_people
from content.processes.template import standard
from content.words import clock_and_day, local, plain
from portal.editorial.procedures.rows_form import RowsForm
from portal.editorial.processes import form as process_form
from portal.editorial.processes import words
from portal.editorial.saving import BOTH, POST_ONLY, number_of, revision_of
from portal.http.notices import Notice, say
from portal.http.pages import form_page, posted
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/processes/process.jinja2"
EDIT = "editorial/processes/edit.jinja2"


def to_process(request: Request, procedure: Procedure, case: str = "") -> str:
    """The page of a procedure's process, or of that of a case."""
    query = {"th": case} if case else {}
    url: str = request.route_path("editorial.process", id=procedure.id, _query=query)
    return url


def to_version(request: Request, version: ProcessVersion, name: str = "") -> str:
    """An address of one version."""
    url: str = request.route_path(f"editorial.process.version{name}", id=version.id)
    return url


def cases_of(procedure: Procedure) -> list[str]:
    """The cases that may have a process of their own."""
    version = procedure.current_version
    return case_names(version.document) if version else []


def case_of(request: Request, procedure: Procedure, given: str) -> str:
    """A case of the procedure. Raises 404 for another."""
    if given and given not in cases_of(procedure):
        raise HTTPNotFound
    return given


@view_config(
    route_name="editorial.process",
    renderer=PAGE,
    permission=Permission.PROCESS_EDIT,
    uses_session=True,
)
def show(context: Procedure, request: Request) -> dict[str, Any]:
    """What holds today, all versions, and the draft."""
    case = case_of(request, context, request.GET.get("th", ""))
    version = context.current_version
    holds = in_force(request.db, context.id, case, local(request.now).date())
    graph = holds.graph if holds else standard(limit_hours(version))
    told, agrees = words.sum_words(graph, limit_hours(version), limit_words(version))
    known = versions_of(request.db, context.id, case)
    draft = known[0] if known and known[0].is_draft else None
    return {
        "procedure": context,
        "case": case,
        "cases": [(to_process(request, context, one), one) for one in cases_of(context)],
        "all_url": to_process(request, context),
        "holds": holds,
        "is_general": bool(case and holds and not holds.case),
        "steps": rows_of(graph),
        "sum": told,
        "agrees": agrees,
        "versions": [_line(request, one) for one in known if not one.is_draft],
        "draft": draft,
        "draft_url": to_version(request, draft) if draft else None,
        "begin_url": request.route_path("editorial.process.begin", id=context.id),
        "back": request.route_path("editorial.processes"),
    }


def rows_of(graph: Graph) -> list[dict[str, Any]]:
    """The table 5.7."""
    return [
        {
            "key": one.key.upper(),
            "name": one.name,
            "who": one.who,
            "hours": "–" if one.hours is None else f"{plain(one.hours)} giờ",
            "result": one.result,
            "returns": words.keys(one.returns_to),
            "next": words.keys(one.next),
        }
        for one in graph.steps
    ]


def _line(request: Request, one: ProcessVersion) -> dict[str, Any]:
    return {
        "version": one,
        "published": clock_and_day(one.published_at) if one.published_at else "",
        "by": one.published_by.name if one.published_by else "",
        "pdf": to_version(request, one, ".pdf"),
        "compare": to_version(request, one, ".compare") if one.number > 1 else None,
    }


@view_config(
    route_name="editorial.process.begin",
    permission=Permission.PROCESS_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def begin(context: Procedure, request: Request) -> Response:
    """A draft; the one that is open, if there is one."""
    case = case_of(request, context, posted(request, "th"))
    draft = service(request).begin(context, case, me(request))
    return HTTPSeeOther(to_version(request, draft))


@view_config(
    route_name="editorial.process.version",
    renderer=EDIT,
    permission=Permission.PROCESS_EDIT,
    methods=BOTH,
    uses_session=True,
)
def write(context: ProcessVersion, request: Request) -> Any:
    """The draft's form; row buttons change the page only. A published one is read."""
    if not context.is_draft:
        return HTTPSeeOther(to_process(request, context.procedure, context.case))
    form, page, people = _form_page(request, context)
    if request.method != "POST" or form.pressed(request.POST):
        return page

    def keep(said: Written, revision: int) -> None:
        service(request).keep(context, me(request), said, revision=revision)

    _take(request, context, form, page, people, keep)
    return say(HTTPSeeOther(to_version(request, context)), Notice.PROCESS_SAVED)


def _form_page(
    request: Request, draft: ProcessVersion
) -> tuple[RowsForm, dict[str, Any], dict[int, Account]]:
    people = process_form.officials(request)
    form = process_form.make(request, draft, people)
    return form, edit_page(request, draft, form), people


def _take(
    request: Request,
    draft: ProcessVersion,
    form: RowsForm,
    page: dict[str, Any],
    people: dict[int, Account],
    do: Callable[[Written, int], None],
) -> None:
    """``do`` with what the form says. Refused, it says why, with everything typed kept."""
    data = form.accept(request.POST)
    said = process_form.written(data)
    page.update(_sum(draft, said.graph))
    try:
        do(process_form.with_graph(said, with_people(said.graph, people)), revision_of(data))
    except Invalid as refused:
        raise form.refuse(problems_of(refused, page["sum"])) from None
    except Conflict:
        raise form.refuse({"": changed_words(draft)}) from None


def edit_page(request: Request, draft: ProcessVersion, form: Any) -> dict[str, Any]:
    """The form, the sum as it is kept, and what publication will ask for."""
    return form_page(
        request,
        EDIT,
        form,
        draft=draft,
        procedure=draft.procedure,
        **_sum(draft, draft.graph),
        saved=clock_and_day(draft.saved_at),
        by=draft.drafted_by.name,
        publish_url=to_version(request, draft, ".publish"),
        discard_url=to_version(request, draft, ".discard"),
        pdf_url=to_version(request, draft, ".pdf"),
        compare_url=to_version(request, draft, ".compare") if draft.number > 1 else None,
        back=to_process(request, draft.procedure, draft.case),
    )


def _sum(draft: ProcessVersion, graph: Graph) -> dict[str, Any]:
    version = draft.procedure.current_version
    told, agrees = words.sum_words(graph, limit_hours(version), limit_words(version))
    return {"sum": told, "agrees": agrees}


def changed_words(draft: ProcessVersion) -> Any:
    """Who was faster; what was typed stays in the form."""
    told = _(
        "${who} đã lưu bản này lúc ${when}. Chưa ghi gì của ông/bà; nội dung vừa gõ vẫn ở dưới. "
        "Mở lại trang này ở thẻ khác để xem bản mới rồi ghép."
    )
    return told % {"who": draft.drafted_by.name, "when": clock_and_day(draft.saved_at)}


def problems_of(refused: Invalid, told: Any) -> dict[str, Any]:
    """Refusals by path of the form; ``told`` is the sum in words."""
    faults = refused.data.get("faults")
    if not faults:
        return {name: words.OTHERS[code] for name, code in refused.problems.items()}
    if any(one.fault is Fault.HOURS_DIFFER for one in faults):
        return {"steps": told}
    return words.at_fields(faults)


@view_config(
    route_name="editorial.process.version.publish",
    renderer=EDIT,
    permission=Permission.PROCESS_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: ProcessVersion, request: Request) -> Any:
    """Save what the form says and put it in force, in one act: nobody issues what is not on
    their screen. What is missing is named, nothing is written, nothing typed is lost."""
    done = HTTPSeeOther(to_process(request, context.procedure, context.case))
    if not context.is_draft:
        return say(done, Notice.PROCESS_PUBLISHED)
    form, page, people = _form_page(request, context)

    def put_in_force(said: Written, revision: int) -> None:
        service(request).publish(context, me(request), said, revision=revision)

    _take(request, context, form, page, people, put_in_force)
    return say(done, Notice.PROCESS_PUBLISHED)


@view_config(
    route_name="editorial.process.version.discard",
    permission=Permission.PROCESS_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def discard(context: ProcessVersion, request: Request) -> Response:
    """Throw the draft away; what somebody saved meanwhile stays."""
    done = HTTPSeeOther(to_process(request, context.procedure, context.case))
    try:
        service(request).discard(context, me(request), revision=_seen(request))
    except (Conflict, InvalidTransition):
        return say(done, Notice.PROCESS_STAYS)
    return say(done, Notice.PROCESS_DISCARDED)


@view_config(
    route_name="editorial.process.version.compare",
    renderer="editorial/processes/compare.jinja2",
    permission=Permission.PROCESS_EDIT,
    uses_session=True,
)
def compare(context: ProcessVersion, request: Request) -> dict[str, Any]:
    """A version beside the one before it."""
    known = versions_of(request.db, context.procedure_id, context.case)
    before = next((one for one in known if one.number < context.number), None)
    if before is None:
        raise HTTPNotFound
    return {
        "procedure": context.procedure,
        "old": before,
        "new": context,
        "lines": words.difference_lines(differences(before.graph, context.graph)),
        "back": to_process(request, context.procedure, context.case),
    }


def service(request: Request) -> ProcessService:
    """Processes as of this request."""
    return ProcessService(request.db, request.now)


def me(request: Request) -> Account:
    """Who writes."""
    account: Account = request.db.get_one(Account, request.identity.account_id)
    return account


def _seen(request: Request) -> int:
    found = number_of(posted(request, "revision"))
    return -1 if found is None else found
