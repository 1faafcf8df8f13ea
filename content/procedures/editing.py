"""Changing a procedure: always in a draft of a new version, never in what people read.

Every change is checked as an import would be, and raises ``Invalid`` with the path of
each problem. Publish the draft with ``publishing.submit`` and ``publishing.publish``.
"""

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition
from content.procedures.difference import Difference, differences, set_at
from content.procedures.kinds import Level, Status, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.naming import SlugBook
from content.procedures.projecting import name_sort, set_document
from content.procedures.records import Record, canonical, identity
from content.procedures.standing import newest_wording
from content.procedures.validation import problems_of

#: The lists of a record in which items are added and removed.
LISTS = ("fee", "dossier", "forms", "legal_bases", "time_limit_by_channel", "steps")


def new_procedure(session: Session, record: Record, *, now: datetime) -> ProcedureVersion:
    """A procedure that only editors see yet; its first draft."""
    _check(record)
    record = canonical(record)
    procedure = Procedure(
        code=record.get("code"),
        level=Level(record["level"]),
        identity=identity(record),
        slug=SlugBook(session).take(record),
        name=record["name"],
        name_sort=name_sort(record["name"]),
        status=Status.DRAFT,
        is_primary=False,
        updated_at=now,
    )
    session.add(procedure)
    return add_draft(procedure, record, now)


def find_same(session: Session, record: Record) -> Procedure | None:
    """The procedure that has this identity at this level already."""
    query = select(Procedure).where(
        Procedure.identity == identity(canonical(record)),
        Procedure.level == Level(record["level"]),
    )
    return session.scalars(query).first()


def open_draft(procedure: Procedure, *, now: datetime) -> ProcedureVersion:
    """The draft of a procedure, made from its newest wording if there is none yet."""
    waiting = [one for one in procedure.versions if one.state is VersionState.AWAITING]
    if waiting:
        raise Conflict("version_awaits_decision", version=waiting[0].id)
    drafts = [one for one in procedure.versions if one.state is VersionState.DRAFT]
    if drafts:
        return drafts[0]
    newest = newest_wording(procedure)
    if newest is None:
        raise InvalidTransition("nothing_to_edit", procedure=procedure.id)
    return add_draft(procedure, newest.document, now)


def discard_draft(session: Session, draft: ProcedureVersion) -> None:
    """Throw a draft away."""
    _demand_draft(draft)
    draft.procedure.versions.remove(draft)
    session.delete(draft)


def revise(draft: ProcedureVersion, change: Callable[[Record], None]) -> None:
    """Let ``change`` alter a copy of the record; it is kept if it is still valid."""
    _demand_draft(draft)
    record = copy.deepcopy(draft.document)
    change(record)
    _check(record)
    _keep_identity(draft.document, record)
    set_document(draft, record)


def set_field(draft: ProcedureVersion, path: str, value: Any) -> None:
    """Write one field by its path, as the difference shows it: ``fee[0].amount``."""
    revise(draft, lambda record: set_at(record, path, value))


def add_item(draft: ProcedureVersion, name: str, item: Any, *, at: int | None = None) -> None:
    """Put a fee, paper, form, legal basis… into its list, at the end unless told otherwise."""

    def change(record: Record) -> None:
        items = _list(record, name)
        items.insert(len(items) if at is None else at, item)

    revise(draft, change)


def remove_item(draft: ProcedureVersion, name: str, place: int) -> None:
    """Take an item out of its list."""

    def change(record: Record) -> None:
        items = _list(record, name)
        if not 0 <= place < len(items):
            raise Invalid({f"{name}[{place}]": "no_such_field"})
        del items[place]

    revise(draft, change)


def set_fee(draft: ProcedureVersion, place: int, **fields: Any) -> None:
    """Change fields of a fee: kind, amount, unit, currency, channels, condition, exempt, dates."""
    _set_fields(draft, f"fee[{place}]", fields)


def set_paper(draft: ProcedureVersion, place: int, **fields: Any) -> None:
    """Change fields of a paper: name, originals, copies, form_name, case, obligatory."""
    _set_fields(draft, f"dossier[{place}]", fields)


def set_legal_basis(draft: ProcedureVersion, place: int, **fields: Any) -> None:
    """Change number or date of a legal basis."""
    _set_fields(draft, f"legal_bases[{place}]", fields)


def set_limit(draft: ProcedureVersion, **fields: Any) -> None:
    """Change value, unit or text of the statutory limit."""

    def change(record: Record) -> None:
        limit = record.get("time_limit") or {"value": None, "unit": None, "text": None}
        record["time_limit"] = {**limit, **fields}

    revise(draft, change)


def rename_case(draft: ProcedureVersion, old: str, new: str | None) -> None:
    """Give a case another name on all its papers; ``None`` makes them papers of everyone."""

    def change(record: Record) -> None:
        papers = [one for one in record.get("dossier") or () if one.get("case") == old]
        if not papers:
            raise Invalid({"dossier": "no_such_case"})
        for paper in papers:
            paper["case"] = new

    revise(draft, change)


def changes(draft: ProcedureVersion) -> tuple[Difference, ...]:
    """What a draft would change in the newest wording."""
    newest = newest_wording(draft.procedure)
    return differences(newest.document if newest else {}, draft.document)


def add_draft(procedure: Procedure, record: Record, now: datetime) -> ProcedureVersion:
    """One more draft; whether there may be one, the caller knows."""
    number = max((one.number for one in procedure.versions), default=0) + 1
    draft = ProcedureVersion(number=number, state=VersionState.DRAFT, created_at=now)
    set_document(draft, record)
    procedure.versions.append(draft)
    return draft


def _set_fields(draft: ProcedureVersion, path: str, fields: dict[str, Any]) -> None:
    def change(record: Record) -> None:
        for name, value in fields.items():
            set_at(record, f"{path}.{name}", value)

    revise(draft, change)


def _list(record: Record, name: str) -> list[Any]:
    if name not in LISTS:
        raise Invalid({name: "no_such_field"})
    if record.get(name) is None:
        record[name] = []
    items: list[Any] = record[name]
    return items


def _check(record: Record) -> None:
    problems = problems_of(record)
    if problems:
        raise Invalid({problem.path: problem.code for problem in problems}, "broken_record")


def _keep_identity(before: Record, after: Record) -> None:
    """Code and level tell who a procedure is; another code is another procedure."""
    for name in ("code", "level"):
        if before.get(name) != after.get(name):
            raise Invalid({name: "identity_is_fixed"})


def _demand_draft(draft: ProcedureVersion) -> None:
    if draft.state is not VersionState.DRAFT:
        raise InvalidTransition("not_a_draft", version=draft.id, state=draft.state)
