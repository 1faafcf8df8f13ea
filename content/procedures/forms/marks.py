"""The parts of a form that people change one at a time, and whether two wordings of one differ.

A part is a question (with those inside it), a step's heading, the fees, or the title. Two
people who change different parts do not disturb each other.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from content.procedures.forms.definition import FormDefinition
from content.procedures.forms.serialise import to_json

FEES = "phi"
ABOUT = "ten"


def of_question(question_id: str) -> str:
    """The part that a question is."""
    return f"cau:{question_id}"


def of_section(section_id: str) -> str:
    """The part that a step's heading is."""
    return f"buoc:{section_id}"


def parts(definition: FormDefinition) -> dict[str, str]:
    """The digest of every part by its name."""
    told = to_json(definition)
    found = {
        FEES: _digest(told.get("fees")),
        ABOUT: _digest([told.get(name) for name in ("title", "form_code", "source_note")]),
    }
    for section in told.get("sections", ()):
        heading = {key: value for key, value in section.items() if key != "questions"}
        found[of_section(section["id"])] = _digest(heading)
        found |= dict(_of_questions(section.get("questions", ())))
    return found


def mark(definition: FormDefinition, part: str) -> str:
    """The digest of one part; empty where it is not there."""
    return parts(definition).get(part, "")


def of_step(definition: FormDefinition, section_id: str) -> str:
    """The digest of a step with all of its questions; empty where it is not there."""
    steps = to_json(definition).get("sections", ())
    return next((_digest(one) for one in steps if one["id"] == section_id), "")


def whole(definition: FormDefinition) -> str:
    """The digest of all of it."""
    return _digest(to_json(definition))


def changed(old: FormDefinition, new: FormDefinition) -> set[str]:
    """The parts that two wordings say differently; those taken away are not among them."""
    before, after = parts(old), parts(new)
    return {part for part, digest in after.items() if before.get(part) != digest}


def _of_questions(questions: Any) -> list[tuple[str, str]]:
    found = []
    for one in questions:
        found.append((of_question(one["id"]), _digest(one)))
        found += _of_questions(one.get("questions", ()))
    return found


def _digest(data: Mapping[str, Any] | list[Any] | None) -> str:
    told = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:20]
