"""What small forms of editors share: one page, saving, each refusal at its field.

Shape is the schema's, refusals are content's; who calls this only says what they are in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.errors import Conflict, Invalid
from portal.editorial import clash
from portal.editorial.translations.context import screen_of
from portal.forms import fields
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _

BOTH = ("GET", "HEAD", "POST")
POST_ONLY = ("POST",)
FORM = "editorial/authority/form.jinja2"
#: What the buttons of an order send → how far a line moves.
STEPS = {"len": -1, "xuong": 1}

#: The words of each code, or what makes them.
Reasons = Mapping[str, Any] | Callable[[Invalid], Any]


def steps_of(request: Request) -> int:
    """How far a line moves; nonsense moves nothing."""
    return STEPS.get(str(request.POST.get("huong")), 0)


def revision_of(data: Mapping[str, Any]) -> int:
    """The revision that the form was opened with; nonsense is none."""
    given = data.get("revision") or "0"
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def number_of(text: object) -> int | None:
    """A row's id from an address or a form; ``None`` for nonsense."""
    if not isinstance(text, str) or not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return int(text)


def form_of(  # noqa: PLR0913 - the named parts of one form
    request: Request,
    schema: Any,
    button: str,
    *,
    heading: str,
    back: str,
    data: Mapping[str, Any],
    save: Callable[[dict[str, Any]], object],
    reasons: Reasons,
    of: str | None = None,
    preset: Mapping[str, Any] | None = None,
    renderer: str = FORM,
    notice: Notice = Notice.SITE_SAVED,
    **more: Any,
) -> Any:
    """A page with one form: shown filled with ``data``, saved by ``save``, then ``back``.

    ``of`` is the row as audit lines name it (``unit:3``), where there is one already: the
    second of two editors then gets both wordings merged. ``data`` is what the row says now;
    ``preset`` is filled in over it when the form is opened.
    """
    schema.add(fields.hidden(clash.MARK))
    form = make_form(request, schema, button)
    page = form_page(request, renderer, form, heading=heading, back=back, **more)
    if request.method != "POST":
        page["english"] = screen_of(request, of)
        form.fill(clash.marked(data) | dict(preset or {}))
        return page
    return saved(request, form, back, save, reasons, notice, Guarded(of, data) if of else None)


@dataclass(frozen=True)
class Guarded:
    """A row that two may edit at once: its name in audit lines, what its form shows now."""

    subject: str
    before: Mapping[str, Any]


def saved(
    request: Request,
    form: AccessibleForm,
    target: str,
    save: Callable[[dict[str, Any]], object],
    reasons: Reasons,
    notice: Notice = Notice.SITE_SAVED,
    guarded: Guarded | None = None,
) -> Response:
    """Accept the form and save it; what is refused is said at its field."""
    data = form.accept(request.POST)
    if guarded is not None:
        data = clash.chosen(data, guarded.before, request.POST)
    try:
        save(data)
    except Invalid as refused:
        field = next((one for one in refused.problems if one in form.deform), None)
        words = reasons(refused) if callable(reasons) else reasons[refused.code]
        raise form.refuse(words, field) from None
    except Conflict:
        raise _conflict(request, form, data, guarded) from None
    if guarded is not None:
        clash.keep(request, guarded.subject, guarded.before)
    return say(HTTPSeeOther(target), notice)


def _conflict(
    request: Request, form: AccessibleForm, data: dict[str, Any], guarded: Guarded | None
) -> FormInvalid:
    if guarded is None:
        return form.refuse(
            _("Người khác vừa sửa mục này. Phần ông/bà ghi vẫn ở dưới đây; hãy mở lại để so.")
        )
    with request.db.no_autoflush:
        found = clash.merge(request, form, guarded.subject, data, guarded.before)
        return clash.refused(request, form, guarded.subject, found)
