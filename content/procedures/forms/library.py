"""Form definitions kept as files, one JSON document each."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from content.procedures.forms.definition import FormDefinition
from content.procedures.forms.serialise import from_json


def read_folder(folder: Path) -> list[FormDefinition]:
    """Every ``*.json`` of a folder, by file name. Raises ``DefinitionError``."""
    return [
        from_json(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]


def sample_definitions() -> list[FormDefinition]:
    """The forms of the sample authority, built from the items of real ones."""
    return read_folder(Path(str(files("content.seed"))) / "forms")


def by_procedure(definitions: Iterable[FormDefinition]) -> dict[str, FormDefinition]:
    """Procedure code → its definition; a code bound twice is an error of the data."""
    found: dict[str, FormDefinition] = {}
    for definition in definitions:
        for code in definition.procedure_codes:
            if code in found:
                raise ValueError(f"{code} is bound to {found[code].id} and {definition.id}")
            found[code] = definition
    return found
