"""Versions of a form: publishing, what differs, moving drafts, and who files on it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.dossiers import form_moves
from content.errors import Conflict, Invalid, NotAllowed
from content.procedures.form_bindings import FormDefinitionVersion
from content.procedures.forms import marks, parse
from content.procedures.forms.changes import FormChange, changes
from content.procedures.forms.lint import can_be_published, lint
from content.procedures.kinds import Level
from content.text import clean
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import FormContext, surroundings, url
from portal.editorial.forms.words import about, finding_words
from portal.editorial.opened import name_of
from portal.forms import fields
from portal.http.derivers import PRIVATE
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

CONFLICT = 409
LEVELS = [(level.value, level.value[:1].upper() + level.value[1:]) for level in Level]


@view_config(
    route_name="editorial.form.publish",
    renderer="editorial/forms/publish.jinja2",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def before_publishing(context: FormContext, request: Request) -> dict[str, Any]:
    """Everything to look at first: what is new, what is faulty, which tests fail."""
    return _before(context, request)


def _before(context: FormContext, request: Request) -> dict[str, Any]:
    definition, found = context.definition, lint(context.definition)
    versions = context.builder.versions(context.key)
    replays = context.builder.replay(context.form, request.service(Places))
    wrote = request.identity.account_id in (context.form.writers or [])
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
        "needs_another": request.settings.editorial.four_eyes and wrote,
        "changed_by": None,
        "seen": marks.whole(definition),
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
    """Make it a version. A second click, or a fault found meanwhile, changes nothing; a
    wording that is not the one shown with the button is shown first, with status 409."""
    if context.form not in request.db:
        return HTTPSeeOther(url(request, context, "versions"))
    try:
        context.builder.publish(
            context.form,
            seen=posted(request, "dau"),
            places=request.service(Places),
            accept_failing=posted(request, "nhan-khac") == "1",
            four_eyes=request.settings.editorial.four_eyes,
        )
    except Conflict:
        return _changed_meanwhile(context, request)
    except (Invalid, NotAllowed):
        return HTTPSeeOther(url(request, context, "publish"))
    return say(HTTPSeeOther(url(request, context, "versions")), Notice.FORM_PUBLISHED)


def _changed_meanwhile(context: FormContext, request: Request) -> Response:
    """Nothing was written; the page says who changed the form, and shows it as it is now."""
    told = _before(context, request)
    by, at = context.form.changed_by, context.form.changed_at
    told["changed_by"] = {"name": name_of(request, by), "at": at}
    response = render_to_response("editorial/forms/publish.jinja2", told, request=request)
    response.status_int = CONFLICT
    response.headers["Cache-Control"] = PRIVATE
    return response


@view_config(
    route_name="editorial.form.versions",
    renderer="editorial/forms/versions.jinja2",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def versions(context: FormContext, request: Request) -> dict[str, Any]:
    """Published versions with what each changed; drafts still on older ones; any two compared."""
    found = context.builder.versions(context.key)
    older = [*found[1:], None][: len(found)]
    return {
        **surroundings(request, context),
        "heading": _("Các phiên bản"),
        "versions": [
            (one, changes(parse(before.definition), parse(one.definition)) if before else None)
            for one, before in zip(found, older, strict=True)
        ],
        "compared": _compared(request, found),
        "waiting": form_moves.waiting(request.db, context.key) if found else 0,
        "reports": form_moves.reports(request.db, context.key),
        "may_move": bool(request.has_permission(Permission.FORM_PUBLISH)),
        "move_url": url(request, context, "move"),
        "action": request.path,
    }


def _compared(
    request: Request, found: list[FormDefinitionVersion]
) -> tuple[int, int, list[FormChange]] | None:
    """What differs between the two numbers that the address names; ``None`` for others."""
    by_number = {str(one.number): one for one in found}
    old, new = by_number.get(request.GET.get("tu", "")), by_number.get(request.GET.get("den", ""))
    if old is None or new is None:
        return None
    return old.number, new.number, changes(parse(old.definition), parse(new.definition))


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
    renderer="editorial/forms/discard.jinja2",
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def discard(context: FormContext, request: Request) -> Any:
    """Asks once, with what would be lost, then gives up the working wording."""
    newest = context.builder.versions(context.key)[:1]
    if request.method != "POST":
        return {
            **surroundings(request, context),
            "heading": _("Bỏ bản đang soạn"),
            "action": request.path,
            "lost": changes(parse(newest[0].definition), context.definition) if newest else None,
        }
    context.builder.discard(context.form)
    is_known = bool(newest)
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
        fields.checkbox("instead", _("Thay biểu mẫu thủ tục đang dùng, nếu có")),
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
        level = Level(data["level"])
        context.builder.bind(context.key, data["code"], level, instead=data["instead"])
    except Invalid as error:
        words = {
            "filed_on_another": _in_use(context, request, error.data.get("key")),
            "unknown": _("Không có thủ tục mã này ở cấp đã chọn."),
            "not_published": _("Biểu mẫu chưa công bố; hãy công bố trước."),
        }[error.problems["code"]]
        raise form.refuse(words, "code") from None
    return say(HTTPSeeOther(request.path), Notice.FORM_BOUND)


def _in_use(context: FormContext, request: Request, key: str | None) -> str:
    """That the procedure is filed on another form, by the name of that form."""
    newest = context.builder.versions(key)[:1] if key else []
    title = parse(newest[0].definition).title if newest else key
    said = _(
        "Thủ tục này đang dùng biểu mẫu “${title}”. Muốn thay, ông/bà chọn “Thay biểu mẫu thủ tục "
        "đang dùng” rồi bấm lại."
    ) % {"title": title}
    words: str = request.localizer.translate(said)
    return words


def _unbind(context: FormContext, request: Request) -> Response:
    code = clean(str(request.POST.get("ma", "")))
    level = str(request.POST.get("cap", ""))
    if level in {one.value for one in Level}:
        context.builder.unbind(context.key, code, Level(level))
    return say(HTTPSeeOther(request.path), Notice.FORM_BOUND)
