"""The engines, each as an empty index ready for changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.index import Index
from search.memory_index import MemoryIndex
from search.whoosh_index import WhooshIndex


@pytest.fixture(params=["memory", "whoosh"])
def bare_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An index that was never built."""
    index = MemoryIndex() if request.param == "memory" else WhooshIndex(tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def index(bare_index: Index) -> Index:
    """An index without documents."""
    bare_index.rebuild([])
    return bare_index
