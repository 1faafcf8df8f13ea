"""What can be wrong with a definition, told to the editor all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.errors import DomainError


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """What is wrong with a definition: where (ids joined by "/"), a code, and data."""

    place: str
    code: str
    data: Mapping[str, Any]


class DefinitionError(DomainError):
    """A definition that cannot be used; ``problems`` lists everything found."""

    def __init__(self, problems: list[DefinitionProblem]) -> None:
        super().__init__("form_definition", problems=problems)
        self.problems = problems
