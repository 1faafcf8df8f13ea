"""Versions of a form: publishing, what differs, moving drafts, and who files on it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.dossiers import form_moves
from content.errors import Invalid
from content.procedures.form_bindings import FormDefinitionVersion
from content.procedures.forms import parse
from content.procedures.forms.changes import FormChange, changes
from content.procedures.forms.lint import can_be_published, lint
from content.procedures.kinds import Level
from content.text import clean
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import FormContext, surroundings, url
from portal.editorial.forms.words import about, finding_words
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

LEVELS = [(level.value, level.value[:1].upper() + level.value[1:]) for level in Level]


@view_config(
    route_name="editorial.form.publish",
    renderer="editorial/forms/publish.jinja2",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def before_publishing(context: FormContext, request: Request) -> dict[str, Any]:
    """Everything to look at first: what is new, what is faulty, which tests fail."""
    definition, found = context.definition, lint(context.definition)
    versions = context.builder.versions(context.key)
    replays = context.builder.replay(context.form, request.service(Places))
    return {
        **surroundings(request, context),
        "heading": _("Công bố biểu mẫu"),
        "changes": _changes(versions[0], context) if versions else None,
        "faults": [(about(definition, one.target)[0], finding_words(one)) for one in found
                   if one.is_fault],
        "advice": [(about(definition, one.target)[0], finding_words(one)) for one in found
                   if not one.is_fault],
        "failed": [one.recorded.name for one in replays if not one.passed],
        "may_publish": bool(request.has_permission(Permission.FORM_PUBLISH)),
        "is_ready": can_be_published(found) and context.form.id is not None,
        "action": url(request, context, "publish.now"),
        "next_number": (versions[0].number if versions else 0) + 1,
    }  # fmt: skip


def _changes(newest: FormDefinitionVersion, context: FormContext) -> list[FormChange]:
    return changes(parse(newest.definition), context.definition)


@view_config(
    route_name="editorial.form.publish.now",
    permission=Permission.FORM_PUBLISH,
    methods=("POST",),
    uses_session=True,
)
def publish(context: FormContext, request: Request) -> Response:
    """Make it a version. A second click, or a fault found meanwhile, changes nothing."""
    if context.form not in request.db:
        return HTTPSeeOther(url(request, context, "versions"))
    try:
        context.builder.publish(context.form)
    except Invalid:
        return HTTPSeeOther(url(request, context, "publish"))
    return say(HTTPSeeOther(url(request, context, "versions")), Notice.FORM_PUBLISHED)


@view_config(
    route_name="editorial.form.versions",
    renderer="editorial/forms/versions.jinja2",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def versions(context: FormContext, request: Request) -> dict[str, Any]:
    """Published versions with what each changed; drafts still on older ones."""
    found = context.builder.versions(context.key)
    older = [*found[1:], None]
    return {
        **surroundings(request, context),
        "heading": _("Các phiên bản"),
        "versions": [
            (one, changes(parse(before.definition), parse(one.definition)) if before else None)
            for one, before in zip(found, older, strict=True)
        ],
        "waiting": form_moves.waiting(request.db, context.key) if found else 0,
        "reports": form_moves.reports(request.db, context.key),
        "may_move": bool(request.has_permission(Permission.FORM_PUBLISH)),
        "move_url": url(request, context, "move"),
    }


@view_config(
    route_name="editorial.form.move",
    permission=Permission.FORM_PUBLISH,
    methods=("POST",),
    uses_session=True,
)
def move(context: FormContext, request: Request) -> Response:
    """Ask for the open drafts to be carried over; the worker does it."""
    target = url(request, context, "versions")
    if not context.builder.versions(context.key):
        return HTTPSeeOther(target)
    actor = request.identity.account_id
    form_moves.ask_to_move(request.db, context.key, now=request.now, actor_id=actor)
    return say(HTTPSeeOther(target), Notice.FORM_MOVING)


@view_config(
    route_name="editorial.form.discard",
    permission=Permission.FORM_EDIT,
    methods=("POST",),
    uses_session=True,
)
def discard(context: FormContext, request: Request) -> Response:
    """Give up the working wording."""
    context.builder.discard(context.form)
    is_known = bool(context.builder.versions(context.key))
    target = url(request, context) if is_known else request.route_path("editorial.forms")
    return say(HTTPSeeOther(target), Notice.FORM_DISCARDED)


@view_config(
    route_name="editorial.form.bindings",
    renderer="editorial/forms/bindings.jinja2",
    permission=Permission.FORM_PUBLISH,
    methods=BOTH,
    uses_session=True,
)
def bindings(context: FormContext, request: Request) -> Any:
    """The procedures filed on the form; they take effect at once."""
    if request.method == "POST" and request.POST.get("viec") == "bo":
        return _unbind(context, request)
    schema = fields.mapping(
        fields.text("code", _("Mã thủ tục"), hint=_("Ví dụ: 2.000635"), short=True),
        fields.choice("level", _("Cấp giải quyết"), LEVELS),
    )
    form = make_form(request, schema, _("Dùng biểu mẫu cho thủ tục này"))
    page = form_page(
        request,
        "editorial/forms/bindings.jinja2",
        form,
        heading=_("Thủ tục dùng biểu mẫu"),
        bound=context.builder.bindings(context.key),
        is_published=bool(context.builder.versions(context.key)),
        action=request.path,
        **surroundings(request, context),
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    try:
        context.builder.bind(context.key, data["code"], Level(data["level"]))
    except Invalid as error:
        words = {
            "unknown": _("Không có thủ tục mã này ở cấp đã chọn."),
            "not_published": _("Biểu mẫu chưa công bố; hãy công bố trước."),
        }[error.problems["code"]]
        raise form.refuse(words, "code") from None
    return say(HTTPSeeOther(request.path), Notice.FORM_BOUND)


def _unbind(context: FormContext, request: Request) -> Response:
    code = clean(str(request.POST.get("ma", "")))
    level = str(request.POST.get("cap", ""))
    if level in {one.value for one in Level}:
        context.builder.unbind(context.key, code, Level(level))
    return say(HTTPSeeOther(request.path), Notice.FORM_BOUND)
