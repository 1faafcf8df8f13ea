"""One procedure for editors: all sections at a glance, and the acts on its draft."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition
from content.procedures import checking, completeness, editing, remarks
from content.procedures.difference import Difference
from content.procedures.drafting import draft_of, part_of, subject_of, waiting
from content.procedures.kinds import PUBLIC
from content.procedures.labels import SECTIONS, value_in_words, where_in_words
from content.procedures.models import Procedure
from content.procedures.projecting import case_names
from content.procedures.records import Record
from content.procedures.standing import coming_end, coming_version, today
from content.procedures.wording import status_in_words
from content.writing import revisions
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import drafts, names, to
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.procedures.rows import capital, procedure_url
from portal.security.permissions import Permission

POST = ("POST",)
BOTH = ("GET", "HEAD", "POST")


@view_config(
    route_name="editorial.procedure",
    renderer="editorial/procedures/procedure.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def procedure(context: Procedure, request: Request) -> dict[str, Any]:
    """All sections of what is being worked on, else of what people read."""
    draft, awaiting = draft_of(context), waiting(context)
    version = draft or awaiting or context.current_version
    record = version.document if version else {}
    gaps = completeness.gaps(record)
    check = checking.find(request.db, context)
    told = remarks.remarks_of(request.db, context)
    history = revisions.history(request.db, subject_of(draft)) if draft else []
    changed = editing.changes(draft) if draft else ()
    people = [check.checked_by if check else None, *(one.settled_by for one in told)]
    return {
        "procedure": context,
        "draft": draft,
        "awaiting": awaiting,
        "version": version,
        "status_words": capital(status_in_words(context.status, context.status_since)),
        "sections": [_section(context, request, record, one, gaps, changed) for one in SECTIONS],
        "gaps": [(one, to(request, ".section", context, section=one.section)) for one in gaps],
        "advice": [
            (one, to(request, ".section", context, section=one.section))
            for one in completeness.advice(record)
        ],
        "changed": changed,
        "coming": coming_version(context, today(request.now)),
        "ends_on": coming_end(context, today(request.now)),
        "check": check,
        "is_due": bool(check and check.review_by and check.review_by <= today(request.now)),
        "remarks": [(one, to(request, ".remark", context, remark=one.id)) for one in told],
        "remark_words": words.REMARKS,
        "history": [(one, to(request, ".restore", context, number=one.number)) for one in history],
        "names": names(request, [*people, *(one.written_by for one in history)]),
        "urls": _urls(request, context),
        "public_url": _public_url(request, context),
        "versions": sorted(context.versions, key=lambda one: -one.number),
        "state_words": words.STATES,
        "may_settle": bool(request.has_permission(Permission.PROCEDURE_SETTLE)),
    }


def _section(
    procedure: Procedure,
    request: Request,
    record: Record,
    section: str,
    gaps: tuple[completeness.Gap, ...],
    changed: tuple[Difference, ...],
) -> dict[str, Any]:
    keys = SECTIONS[section][1]
    return {
        "slug": section,
        "title": SECTIONS[section][0],
        "url": to(request, ".section", procedure, section=section),
        "facts": _facts(record, section),
        "gaps": [one for one in gaps if one.section == section],
        "is_changed": any(one.path.startswith(keys) for one in changed) if keys else False,
    }


def _facts(record: Record, section: str) -> list[tuple[str, str]]:
    if section == "truong-hop":
        cases = case_names(record)
        return [(_("Trường hợp"), "\n".join(cases))] if cases else []
    facts: list[tuple[str, str]] = []
    for key, value in part_of(record, section).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            told = enumerate(value)
            facts += [(where_in_words(f"{key}[{n}]"), value_in_words(key, one)) for n, one in told]
        elif value not in (None, [], {}, ""):
            facts.append((where_in_words(key), value_in_words(key, value)))
    return facts


def _urls(request: Request, procedure: Procedure) -> dict[str, str]:
    acts = ("open", "send", "take_back", "discard", "preview", "compare", "checked", "filing")
    return {name: to(request, f".{name}", procedure) for name in acts}


def _public_url(request: Request, procedure: Procedure) -> str | None:
    return procedure_url(request, procedure.address) if procedure.status in PUBLIC else None


@view_config(
    route_name="editorial.procedure.open",
    permission=Permission.PROCEDURE_EDIT,
    methods=POST,
    uses_session=True,
)
def open_draft(context: Procedure, request: Request) -> Response:
    """Begin to edit: the first section of the draft."""
    try:
        drafts(request).open(context)
    except (Conflict, InvalidTransition):
        # A stale page: the procedure's own page says what is the case.
        return HTTPSeeOther(to(request, "", context))
    return HTTPSeeOther(to(request, ".section", context, section="chung"))


@view_config(
    route_name="editorial.procedure.send",
    permission=Permission.PROCEDURE_EDIT,
    methods=POST,
    uses_session=True,
)
def send(context: Procedure, request: Request) -> Response:
    """Hand the draft over for a publication decision. A second press changes nothing."""
    target = HTTPSeeOther(to(request, "", context))
    draft = draft_of(context)
    if draft is None:
        return target
    try:
        drafts(request).send(draft)
    except Invalid:
        # The page lists what is missing.
        return target
    return say(target, Notice.PROCEDURE_SENT)


@view_config(
    route_name="editorial.procedure.take_back",
    permission=Permission.PROCEDURE_EDIT,
    methods=POST,
    uses_session=True,
)
def take_back(context: Procedure, request: Request) -> Response:
    """Take a waiting version back to work on it."""
    target = HTTPSeeOther(to(request, "", context))
    version = waiting(context)
    if version is None:
        return target
    drafts(request).take_back(version)
    return say(target, Notice.PROCEDURE_TAKEN_BACK)


@view_config(
    route_name="editorial.procedure.discard",
    renderer="editorial/procedures/discard.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def discard(context: Procedure, request: Request) -> Any:
    """Asks once, then throws the draft away."""
    draft = draft_of(context)
    target = to(request, "", context)
    if draft is None:
        return HTTPSeeOther(target)
    if request.method != "POST":
        return {
            "procedure": context,
            "changed": _told(editing.changes(draft)),
            "back": target,
            "is_only": len(context.versions) == 1,
            "kept_by": drafts(request).kept_by(draft),
        }
    gone = len(context.versions) == 1
    try:
        drafts(request).discard(draft)
    except Conflict:
        # The page that asks says which decision names it: its line has to go first.
        return HTTPSeeOther(request.path)
    listing = request.route_path("editorial.procedures")
    return say(HTTPSeeOther(listing if gone else target), Notice.DRAFT_DROPPED)


def _told(changed: tuple[Difference, ...]) -> list[str]:
    return list(dict.fromkeys(where_in_words(one.path) for one in changed))


@view_config(
    route_name="editorial.procedure.restore",
    permission=Permission.PROCEDURE_EDIT,
    methods=POST,
    uses_session=True,
)
def restore(context: Procedure, request: Request) -> Response:
    """Give the draft the wording of one of its earlier saves."""
    target = HTTPSeeOther(to(request, "", context))
    draft = draft_of(context)
    if draft is None:
        return target
    drafts(request).restore(draft, int(request.matchdict["number"][:9]))
    return say(target, Notice.PROCEDURE_SAVED)


@view_config(
    route_name="editorial.procedure.checked",
    renderer="editorial/procedures/checked.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def checked(context: Procedure, request: Request) -> Any:
    """“Đã kiểm tra”: compared with the source today; when to do so again."""
    form = make_form(
        request,
        _review_schema(),
        _("Ghi đã kiểm tra"),
        ("chi-hen", "1", _("Chỉ hẹn ngày, chưa kiểm tra"), "secondary"),
    )
    page = form_page(
        request,
        "editorial/procedures/checked.jinja2",
        form,
        procedure=context,
        back=to(request, "", context),
    )
    if request.method != "POST":
        proposed = today(request.now) + checking.USUAL_REVIEW
        form.fill({"review_by": proposed.isoformat()})
        return page
    data = form.accept(request.POST)
    by, review_by = request.identity.account_id, _day(data["review_by"])
    is_checked = posted(request, "chi-hen") != "1"
    try:
        if is_checked:
            checking.mark_checked(request.db, context, by=by, now=request.now, review_by=review_by)
        else:
            checking.plan_review(request.db, context, review_by, by=by, now=request.now)
    except Invalid as error:
        raise form.refuse(words.problem(error.problems["review_by"]), "review_by") from None
    told = Notice.PROCEDURE_CHECKED if is_checked else Notice.REVIEWS_PLANNED
    return say(HTTPSeeOther(to(request, "", context)), told)


def _review_schema() -> Any:
    return fields.mapping(fields.date("review_by", _("Kiểm tra lại trước ngày")))


def _day(text: str) -> date:
    return date.fromisoformat(text)
