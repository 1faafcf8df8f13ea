"""What small forms of editors share: one page, saving, each refusal at its field.

Shape is the schema's, refusals are content's; who calls this only says what they are in words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.errors import Conflict, Invalid
from portal.forms.accessible import AccessibleForm
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _

BOTH = ("GET", "HEAD", "POST")
POST_ONLY = ("POST",)
FORM = "editorial/authority/form.jinja2"
#: What the buttons of an order send → how far a line moves.
STEPS = {"len": -1, "xuong": 1}

Reasons = Mapping[str, Any]


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
    renderer: str = FORM,
    notice: Notice = Notice.SITE_SAVED,
    **more: Any,
) -> Any:
    """A page with one form: shown filled with ``data``, saved by ``save``, then ``back``."""
    form = make_form(request, schema, button)
    page = form_page(request, renderer, form, heading=heading, back=back, **more)
    if request.method != "POST":
        form.fill(data)
        return page
    return saved(request, form, back, save, reasons, notice)


def saved(
    request: Request,
    form: AccessibleForm,
    target: str,
    save: Callable[[dict[str, Any]], object],
    reasons: Reasons,
    notice: Notice = Notice.SITE_SAVED,
) -> Response:
    """Accept the form and save it; what is refused is said at its field."""
    data = form.accept(request.POST)
    try:
        save(data)
    except Invalid as refused:
        field = next((one for one in refused.problems if one in form.deform), None)
        raise form.refuse(reasons[refused.code], field) from None
    except Conflict:
        words = _("Người khác vừa sửa mục này. Phần ông/bà ghi vẫn ở dưới đây; hãy mở lại để so.")
        raise form.refuse(words) from None
    return say(HTTPSeeOther(target), notice)
