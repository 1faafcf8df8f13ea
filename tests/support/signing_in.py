"""Signing in by the page for it, without scripts."""

from typing import Any

from tests.support.officer import PASSWORD
from tests.support.site import PortalClient, Site


def form_of(page: Any, field: str) -> Any:
    return next(form for form in page.forms.values() if field in form.fields)


def sign_in(client: PortalClient, email: str, password: str, **options: Any) -> Any:
    form = form_of(client.get("/dang-nhap" + options.pop("query", "")), "password")
    form["email"], form["password"] = email, password
    return form.submit(**options)


def editor(site: Site, email: str = "bientap@example.vn") -> PortalClient:
    client = site.client()
    sign_in(client, email, PASSWORD, status=303)
    return client
