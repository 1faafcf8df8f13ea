"""Domain vectors: rules of the trade as data, one test each."""

import pytest

pytest.register_assert_rewrite(
    "tests.vectors.reading",
    "tests.vectors.calendar_groups",
    "tests.vectors.code_groups",
    "tests.vectors.state_groups",
)
