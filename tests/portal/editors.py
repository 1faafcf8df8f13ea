"""What an editor does at any page, and what can be read there."""

from typing import Any

from tests.support.officer import Officer


def fill(one: Officer, page: str, status: int = 303, /, **values: Any) -> Any:
    """Fill in the form of a page and send it."""
    form = one.go(page).forms["f"]
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    one.page = answer.follow() if status == 303 else answer
    return one.page


def words(page: Any, selector: str = "main") -> str:
    return str(page.html.select_one(selector).get_text(" ", strip=True))
