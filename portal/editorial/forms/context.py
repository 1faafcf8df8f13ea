"""What a page of the builder is about: the wording being worked on, and its service."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.errors import NotFound
from content.procedures.form_building import FormBuilder
from content.procedures.form_working import WorkingForm
from content.procedures.forms import FormDefinition, Question, Section, parse
from portal.http.notices import Notice, say


@dataclass(frozen=True)
class FormContext:
    """A form as an editor sees it."""

    form: WorkingForm
    definition: FormDefinition
    request: Request

    @property
    def builder(self) -> FormBuilder:
        """The service, acting for whoever is signed in; asked by views only, since an
        address is resolved before the session may be looked at."""
        return builder_of(self.request)

    @property
    def key(self) -> str:
        """The form's key."""
        return self.form.key


def form_context(request: Request) -> FormContext:
    """The factory of every address of one form."""
    form = FormBuilder(request.db, request.now, None).find(request.matchdict["key"])
    return FormContext(form, parse(form.definition), request)


def builder_of(request: Request) -> FormBuilder:
    """The service, acting for whoever is signed in."""
    return FormBuilder(request.db, request.now, request.identity.account_id)


def url(request: Request, context: FormContext, route: str = "", **more: Any) -> str:
    """An address of the form."""
    name = f"editorial.form.{route}" if route else "editorial.form"
    path: str = request.route_path(name, key=context.key, **more)
    return path


def revision_of(request: Request) -> int:
    """The revision the editor saw; what cannot be read is none that ever was."""
    given = request.POST.get("revision", "")
    return int(given) if isinstance(given, str) and given.isdecimal() and len(given) < 10 else -1


def saved(request: Request, context: FormContext, definition: FormDefinition, to: str) -> Response:
    """Store the wording and go on. Raises ``Conflict`` if somebody was faster."""
    context.builder.save(context.form, definition, revision_of(request))
    return say(HTTPSeeOther(to), Notice.FORM_SAVED)


def surroundings(request: Request, context: FormContext) -> dict[str, Any]:
    """What stands around every page of a form."""
    return {
        "key": context.key,
        "form_title": context.definition.title or context.key,
        "revision": context.form.revision or 0,
        "based_on": context.form.based_on,
        "is_stored": context.form.id is not None,
        "home_url": url(request, context),
    }


def question_at(context: FormContext, request: Request) -> Question:
    """The question an address names. Raises ``NotFound``."""
    try:
        return context.definition.question(request.matchdict["id"])
    except KeyError:
        raise NotFound("question") from None


def section_at(context: FormContext, request: Request) -> Section:
    """The step an address names. Raises ``NotFound``."""
    try:
        return context.definition.section(request.matchdict["id"])
    except KeyError:
        raise NotFound("section") from None
