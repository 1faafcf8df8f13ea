"""One act for many dossiers, as an officer does it from a list."""

from typing import Any

from tests.support.officer import Officer


def choose(who: Officer, act: str, *names: str) -> Any:
    """Tick these applicants' lines of the list and choose what to do."""
    form = who.form("/hang-loat")
    for place, name in enumerate(who.rows()):
        if name in names:
            form.fields["ho-so"][place].checked = True
    form["viec"] = act
    response = form.submit()
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def go_on(who: Officer, **given: Any) -> Any:
    """Fill in what the act asks for, and do it."""
    form = who.page.forms["f"]
    for name, value in given.items():
        form[name] = value
    response = form.submit("gui", status=[303, 422])
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def option(who: Officer, name: str, words: str) -> str:
    """The value of a choice by its words."""
    field = who.page.html.select(f"[name='{name}'] option, input[name='{name}']")
    for one in field:
        label = one.get_text(" ", strip=True) or who.page.html.select_one(
            f"label[for='{one.get('id')}']"
        ).get_text(" ", strip=True)
        if words in label:
            return str(one["value"])
    raise LookupError(words)
