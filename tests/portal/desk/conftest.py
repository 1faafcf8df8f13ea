"""A site that the tests of a module share: each files its own dossiers and accepts none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.clock import StoppedClock
from tests.support.site import Site, open_site


@pytest.fixture(scope="module")
def desk_site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For tests in which nothing is decided."""
    with open_site(sample, tmp_path_factory.mktemp("desk"), StoppedClock()) as site:
        yield site
