"""One maker of letters for all tests, as a process has one."""

import pytest

from content.letters.render import Letters


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters()
