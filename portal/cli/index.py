"""Commands about search: reindex, search-eval."""

from typing import Any


def add_commands(commands: Any) -> None: ...
