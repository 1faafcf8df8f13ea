"""Reports in a browser: wide at the desk and narrow in a hand, looked at page by page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from content.procedures.kinds import Channel
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.content.figures.rows import made
from tests.support.servers import in_this_process
from tests.support.settled import add_settled
from tests.support.site import Site

CODES = ("1.004222", "1.001193", "2.000815", "1.000894", "1.004859", "1.003583")
SEVERAL_MONTHS = "ky=khac&tu=2026-08-01&den=2026-11-23"


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The site with four months of dossiers, behind a server of this process."""
    rows = []
    for number in range(90):
        day = date(2026, 8, 3) + timedelta(days=number)
        due = day + timedelta(days=7)
        end = due + timedelta(days=3 if number % 9 == 0 else -(number % 3))
        channel = list(Channel)[number % 3]
        rows.append(made(day, due, None if number % 7 == 3 else end, channel))
    add_settled(site, rows, CODES)
    with in_this_process(site) as address:
        yield address


def test_numbers_are_read_wide_and_narrow(browser: Browser, base: str) -> None:
    officer, passer_by = Visitor(browser, base, Way(WIDE)), Visitor(browser, base, Way(NARROW))
    officer.sign_in("motcua@example.vn")
    officer.go(f"/can-bo/bao-cao?{SEVERAL_MONTHS}", name="reports-01-home")
    officer.go(f"/can-bo/bao-cao/bieu-06?{SEVERAL_MONTHS}", name="reports-02-form")
    expect(officer.page.locator("svg.chart__picture")).to_be_visible()
    officer.go(f"/can-bo/bao-cao/ho-so?{SEVERAL_MONTHS}", name="reports-03-late")
    passer_by.go(f"/thong-ke?{SEVERAL_MONTHS}", name="reports-04-public")
    box = passer_by.page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= NARROW
    officer.close()
    passer_by.close()
