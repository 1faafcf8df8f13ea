"""What a page of the builder is about: the wording being worked on, and its service."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.errors import Conflict, DomainError, NotFound
from content.procedures.form_building import FormBuilder
from content.procedures.form_working import WorkingForm
from content.procedures.forms import FormDefinition, Question, Section, acts, marks, parse
from portal.editorial import writing
from portal.editorial.opened import name_of
from portal.http.notices import Notice, say
from portal.http.pages import posted

#: In an address: the part that somebody else changed before this press.
OVERTAKEN = "vua-doi"


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


def saved(request: Request, context: FormContext, definition: FormDefinition, to: str) -> Response:
    """Store the wording and go on."""
    context.builder.save(context.form, definition)
    return say(HTTPSeeOther(to), Notice.FORM_SAVED)


def demand_mark(request: Request, now: str, part: str) -> None:
    """Raises ``Conflict`` if a part is no longer what the page showed beside its button."""
    given = posted(request, "dau")
    if given and given != now:
        raise Conflict("part_changed", part=part)


def overtaken_at(request: Request, context: FormContext, error: DomainError, to: str) -> Response:
    """Back to a page, which says who changed what the press was about."""
    part = error.data.get("part", "") if isinstance(error, Conflict) else ""
    query = urlencode({OVERTAKEN: part or "1"})
    return HTTPSeeOther(f"{to}{'&' if '?' in to else '?'}{query}")


def deed(context: FormContext, part: str) -> tuple[int | None, datetime | None]:
    """Who changed a part last, and when; of a part nobody touched, who changed the form."""
    found = (context.form.touched or {}).get(part)
    if found is None:
        return context.form.changed_by, context.form.changed_at
    return found[0], datetime.fromisoformat(found[1])


def _overtaken(request: Request, context: FormContext) -> dict[str, Any] | None:
    part = request.GET.get(OVERTAKEN)
    if not part:
        return None
    by, at = deed(context, part)
    return {"name": name_of(request, by), "at": at, "what": _part_name(context, part)}


def _part_name(context: FormContext, part: str) -> str:
    kind, _colon, target = part.partition(":")
    if kind == "cau" and target in acts.question_ids(context.definition):
        return f"câu hỏi “{context.definition.question(target).label}”"
    titles = {one.id: one.title for one in context.definition.sections}
    if kind == "buoc" and target in titles:
        return f"bước “{titles[target]}”"
    return "phí theo câu trả lời" if part == marks.FEES else "biểu mẫu"


def subject_of(context: FormContext, part: str) -> str:
    """How kept text and locks name a part of a form, in a name of bounded length."""
    digest = hashlib.sha256(f"{context.key} {part}".encode()).hexdigest()
    return f"form_part:{digest[:32]}"


def begin(request: Request, context: FormContext, form: Any, part: str) -> writing.Writing:
    """Keep what is typed into the form of a part, and say who else has it open."""
    at = deed(context, part)[1] if part in (context.form.touched or {}) else None
    return writing.begin(request, subject_of(context, part), form, at)


def kept_text(request: Request, context: FormContext, part: str) -> dict[str, str]:
    """What was kept of a part and is asked for again; nothing where nobody asks."""
    return writing.asked_back(request, subject_of(context, part))


def attach(request: Request, context: FormContext, form: Any, part: str) -> None:
    """Go on keeping what is typed when the form comes back with errors."""
    writing.attach(request, form, subject_of(context, part))


def stored(
    request: Request, context: FormContext, definition: FormDefinition, to: str, part: str
) -> Response:
    """Store a part and forget what was kept of it."""
    answer = saved(request, context, definition, to)
    writing.finish(request, subject_of(context, part))
    return answer


def surroundings(request: Request, context: FormContext) -> dict[str, Any]:
    """What stands around every page of a form."""
    return {
        "key": context.key,
        "form_title": context.definition.title or context.key,
        "revision": context.form.revision or 0,
        "based_on": context.form.based_on,
        "is_stored": context.form.id is not None,
        "home_url": url(request, context),
        "overtaken": _overtaken(request, context),
        "clash": None,
        "w": None,
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


def fee_at(context: FormContext, given: str) -> int:
    """The place of a fee line that an address names. Raises ``NotFound``."""
    index = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else -1
    if not 0 <= index < len(context.definition.fees):
        raise NotFound("fee")
    return index
