"""What an editor does most at the builder of forms."""

from typing import Any

from tests.support.site import PortalClient

CHIEF = "truongbientap@example.vn"


def form_with(page: Any, field: str, value: str | None = None) -> Any:
    """The form that has a field (of that value)."""
    return next(
        form
        for form in page.forms.values()
        if field in form.fields and (value is None or form[field].value == value)
    )


def act(page: Any, viec: str, **fields: str) -> Any:
    form = next(
        one
        for one in page.forms.values()
        if "viec" in one.fields
        and one["viec"].value == viec
        and all(one[name].value == value for name, value in fields.items() if name in ("muc",))
    )
    for name, value in fields.items():
        form[name] = value
    return form.submit(status=303).follow()


def begin(client: PortalClient, title: str) -> Any:
    form = form_with(client.get("/bien-tap/bieu-mau/moi"), "title")
    form["title"] = title
    return form.submit(status=303).follow()
