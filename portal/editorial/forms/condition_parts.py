"""The parts of a condition: taken apart for a page, put together again. Pure."""

from content.errors import NotFound
from content.procedures.forms import (
    AllOf,
    AnyOf,
    Condition,
    FormDefinition,
    Kind,
    Question,
    sentence,
)
from content.procedures.forms.definition import places

MAX_PARTS = 20
#: The choice of a group that is not there yet.
NEW_GROUP = "moi"

Join = type[AllOf] | type[AnyOf]


def taken_apart(when: Condition | None) -> tuple[Join, tuple[Condition, ...]]:
    """How the parts of a condition are joined, and the parts."""
    if isinstance(when, AllOf | AnyOf):
        return type(when), when.parts
    return AllOf, () if when is None else (when,)


def put_together(joined: Join, parts: tuple[Condition, ...]) -> Condition | None:
    """The condition of these parts; none without any, a lone one bare."""
    if not parts:
        return None
    if len(parts) == 1 and joined is AllOf:
        return parts[0]
    return joined(parts)


def with_part(
    joined: Join, parts: tuple[Condition, ...], part: Condition, group: str | None
) -> Condition | None:
    """The condition with one part more: beside the others, in a group, or in a new one."""
    if len(parts) >= MAX_PARTS:
        raise NotFound("condition")
    other: Join = AnyOf if joined is AllOf else AllOf
    if group == NEW_GROUP:
        return put_together(joined, (*parts, other((part,))))
    if group is not None and group.isdecimal() and int(group) < len(parts):
        inner = parts[int(group)]
        if isinstance(inner, AllOf | AnyOf):
            grown = type(inner)((*inner.parts, part))
            return put_together(joined, tuple(grown if one is inner else one for one in parts))
    return put_together(joined, (*parts, part))


def without(parts: tuple[Condition, ...], where: str) -> tuple[Condition, ...]:
    """The parts without the one at "2", or at "2.0" inside a group."""
    outer, _dot, inner = where.partition(".")
    if not outer.isdecimal() or (inner and not inner.isdecimal()):
        return parts
    kept: list[Condition] = []
    for index, part in enumerate(parts):
        if index != int(outer):
            kept.append(part)
        elif inner and isinstance(part, AllOf | AnyOf):
            left = tuple(one for i, one in enumerate(part.parts) if i != int(inner))
            kept += [type(part)(left)] if left else []
    return tuple(kept)


def lines(
    definition: FormDefinition, parts: tuple[Condition, ...]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(place, words, the lines inside a group)."""
    lines = []
    for index, part in enumerate(parts):
        inner = [
            (f"{index}.{i}", sentence(definition, one, lead=""))
            for i, one in enumerate(part.parts if isinstance(part, AllOf | AnyOf) else ())
        ]
        lines.append((str(index), sentence(definition, part, lead="").strip(), inner))
    return lines


def earlier_of(
    definition: FormDefinition,
    question: str | None,
    section: str | None,
    groups: tuple[str, ...],
) -> list[Question]:
    """What a condition may look at: earlier questions, within the same groups."""
    found = []
    for its_section, one, its_groups in places(definition):
        if one.id == question or its_section.id == section:
            break
        in_reach = groups[: len(its_groups)] == its_groups and one.id not in groups
        if in_reach and one.kind is not Kind.STATEMENT:
            found.append(one)
    return found
