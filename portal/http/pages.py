"""Pages around forms: shown empty, and shown again with errors and status 422.

A view names its page before it accepts what was sent; if that is refused, the exception
view renders the same page with the form that carries the errors, and the transaction is
aborted, so a refused form has written nothing.
"""

from typing import Any
from urllib.parse import urlsplit

from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from portal.forms.accessible import AccessibleForm, ButtonSpec, FormInvalid
from portal.forms.renderer import FormRenderer
from portal.http.derivers import PRIVATE

PAGE = "form_page"
UNPROCESSABLE = 422


def make_form(
    request: Request, schema: Any, submit: str, *more: ButtonSpec, action: str | None = None
) -> AccessibleForm:
    """A form that posts to this very address, unless told another."""
    return AccessibleForm(
        schema,
        action=action or request.path_qs,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        buttons=[("gui", "", submit, "primary"), *more],
    )


def form_page(request: Request, renderer: str, form: Any, **values: Any) -> dict[str, Any]:
    """Name the page of this request's form; returns what the page shows."""
    page = {"form": form, **values}
    request.made[PAGE] = (renderer, page)
    return page


def refused_page(request: Request, form: Any) -> Response:
    """The page with the form's errors, status 422."""
    renderer, page = request.made[PAGE]
    response = render_to_response(renderer, {**page, "form": form}, request=request)
    response.status_int = UNPROCESSABLE
    response.headers["Cache-Control"] = PRIVATE
    return response


def form_invalid(error: FormInvalid, request: Request) -> Response:
    """The exception view."""
    return refused_page(request, error.form)


def posted(request: Request, name: str) -> str:
    """The text sent under ``name``; empty where nothing or a file was sent.

    A file in a text's place has no truth value: asking it for one is a fault."""
    given = request.POST.get(name)
    return given if isinstance(given, str) else ""


def local_path(given: object, default: str) -> str:
    """A path of this site to go to next; anything else (a file, say) becomes ``default``."""
    if not isinstance(given, str) or not given.startswith("/") or given.startswith(("//", "/\\")):
        return default
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or any(ord(char) < 32 for char in given):
        return default
    return given


def includeme(config: Configurator) -> None:
    """One renderer for all forms, and the view of refused ones."""
    config.registry["form_renderer"] = FormRenderer()
    config.add_exception_view(form_invalid, context=FormInvalid)
