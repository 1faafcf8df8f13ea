"""One browser and one server for all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, Visitor, Way, chromium
from tests.support.servers import Server, in_this_process, serving
from tests.support.site import Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lies in this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; gone before other tests, which may not run beside the loop of its driver."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def server(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The portal as a process, on a copy of the sample."""
    with serving(sample, tmp_path_factory.mktemp("browser"), "--no-worker") as server:
        yield server


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The address of a site of the test's own, whose clock stands still."""
    with in_this_process(site) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Callable[[Way], Visitor]]:
    """Makes people who look at every page; complaints fail the test at its end."""
    people: list[Visitor] = []

    def come(way: Way) -> Visitor:
        people.append(Visitor(browser, server.url, way))
        return people[-1]

    yield come
    for one in people:
        one.close()
