"""What tests of faults share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def collected() -> Iterator[None]:
    """Files that a fault left to the garbage collector are closed within the test.

    Whoosh leaves those it cannot read, and a traceback keeps an upload's temporary file.
    """
    yield
    gc.collect()
