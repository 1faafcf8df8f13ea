"""An article written by its form."""

from typing import Any

from tests.support.officer import Officer

WORDS = {
    "section": "hien-dai-hoa",
    "title": "Cầu Nậm Thẳm thông xe",
    "lead": "UBND xã báo lúc 8h ngày 23/11/2026.",
    "body": "## Vì sao\n\nCầu cũ đã yếu.",
    "tags": "Giao thông, Cầu",
}


def press(one: Officer, ending: str, **fields: str) -> Any:
    """Send the form of the page whose address ends so."""
    form = one.form(ending)
    for name, value in fields.items():
        form[name] = value
    response = form.submit(expect_errors=True)
    one.page = response.follow() if response.status_int == 303 else response
    return one.page


def written(one: Officer, **changes: str) -> str:
    """The address of a new draft's preview."""
    one.go("/bien-tap/tin/moi")
    form = one.page.forms["f"]
    for name, value in (WORDS | changes).items():
        form[name] = value
    one.page = form.submit(status=303).follow()
    return str(one.page.request.path)
