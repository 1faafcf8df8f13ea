"""A record that says only a little, put on top of all that is known of its procedure.

A decision's annex has a few columns. What it does not say stays: for a file of our own on our
wording, for a national one on the last national wording, so that our edits elsewhere are not
taken for what the nation says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.kinds import PUBLIC, Level
from content.procedures.merging import queue
from content.procedures.merging.models import Source
from content.procedures.models import Procedure
from content.procedures.reading import Row
from content.procedures.records import Record, identity

#: What a new procedure needs before anybody knows more of it.
BARE: Record = {
    "field": None, "authority": None, "channels": [], "time_limit": None, "fee": [],
    "dossier": [], "forms": [], "legal_bases": [], "steps": [], "result": None,
}  # fmt: skip


def complete(session: Session, rows: Iterable[Row], source: Source) -> Iterator[Row]:
    """The rows of a file, partial ones whole; what is wrong with them is judged afterwards."""
    for row in rows:
        if not row.is_partial or row.problem is not None:
            yield row
            continue
        yield replace(row, record=_completed(session, row.record, source), is_partial=False)


def _completed(session: Session, given: Record, source: Source) -> Record:
    procedure = _procedure(session, given)
    if procedure is None:
        return {**BARE, **given}
    told = {**given, "level": procedure.level.value}
    known = queue.working(procedure) if source is Source.OWN else _national(session, procedure)
    return {**known, **_with_kept(known, told)}


def _with_kept(known: Record, told: Record) -> Record:
    """What the annex says in other words only is no change: a limit of the same length, the
    same amount to pay, documents we have with their dates."""
    kept = dict(told)
    if _same_number(known.get("time_limit"), told.get("time_limit"), ("value", "unit")):
        kept.pop("time_limit")
    old, new = known.get("fee") or [], told.get("fee") or []
    if len(old) == len(new) == 1 and _same_number(old[0], new[0], ("amount",)):
        kept.pop("fee")
    if told.get("legal_bases"):
        by_number = {one["number"]: one for one in known.get("legal_bases") or ()}
        kept["legal_bases"] = [by_number.get(one["number"], one) for one in told["legal_bases"]]
    return kept


def _same_number(old: Any, new: Any, names: tuple[str, ...]) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    return new.get(names[0]) is not None and all(old.get(one) == new.get(one) for one in names)


def _procedure(session: Session, given: Record) -> Procedure | None:
    """The procedure a row is about: at its level, or the only one of its code."""
    if given.get("level"):
        return queue.find(session, identity(given), Level(given["level"]))
    if not given.get("code"):
        return None
    query = select(Procedure).where(
        Procedure.code == given["code"].split(".000.")[0], Procedure.status.in_(PUBLIC)
    )
    found = list(session.scalars(query.limit(2)))
    return found[0] if len(found) == 1 else None


def _national(session: Session, procedure: Procedure) -> Record:
    return queue.national_wording(session, procedure)
