"""The numbers of the dashboard."""

from tests.support.officer import Officer


def numbers(one: Officer) -> dict[str, tuple[str, str]]:
    """Words → (number, address) of the dashboard."""
    page = one.go("/bien-tap")
    return {
        link.span.get_text(): (link.strong.get_text(), link["href"])
        for link in page.html.select(".work a")
    }
