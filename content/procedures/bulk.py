"""Fees and limits of many procedures at once: first every change, then all into drafts.

The same computation makes the preview and the change; the mark of the preview says that
nothing moved in between. Never touches what people read.
"""

import copy
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content import audit
from content.errors import Conflict, TooMany
from content.procedures.drafting import DraftService
from content.procedures.kinds import CURRENT, VersionState
from content.procedures.labels import value_in_words, where_in_words
from content.procedures.merging.queue import working
from content.procedures.models import Procedure
from content.procedures.records import Record, digest
from content.text import fold

#: More than anybody looks through; narrow the choice instead.
MAX_PROCEDURES = 300
#: What the list of saves says of it.
NOTE = "Sửa nhiều thủ tục cùng lúc"
#: Đồng to which a percentage of a fee is rounded.
FEE_STEP = 100
#: To what a shortened limit is rounded up, by its unit: never to nothing.
LIMIT_STEPS = {"giờ": 1.0, "ngày": 0.5, "ngày làm việc": 0.5, "tuần": 1.0, "tháng": 1.0, "năm": 1.0}


class Act(StrEnum):
    """What is done to each procedure."""

    FEE_SET = "fee_set"
    FEE_PERCENT = "fee_percent"
    LIMIT_PERCENT = "limit_percent"


@dataclass(frozen=True)
class Chosen:
    """Which procedures: of a sector, of an agency, with words in name or code."""

    sector_id: int | None = None
    agency: str = ""
    words: str = ""


@dataclass(frozen=True)
class Task:
    """``number`` is đồng for ``FEE_SET``, else per cent; ``kind`` narrows to phí or lệ phí."""

    act: Act
    number: int
    kind: str | None = None


@dataclass(frozen=True)
class Line:
    """One field of one procedure, before and after, in words."""

    procedure: Procedure
    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """Every change, and the procedures that cannot be changed now."""

    lines: list[Line]
    waiting: list[Procedure]
    mark: str


def procedures(session: Session, chosen: Chosen) -> list[Procedure]:
    """Those chosen, in force or to be checked. ``TooMany`` above the limit."""
    columns = select(Procedure.id, Procedure.name, Procedure.code, Procedure.authority)
    narrowed = columns.where(Procedure.status.in_(CURRENT))
    if chosen.sector_id is not None:
        narrowed = narrowed.where(Procedure.sector_id == chosen.sector_id)
    ids = [row.id for row in session.execute(narrowed) if _is_meant(row, chosen)]
    if len(ids) > MAX_PROCEDURES:
        raise TooMany("procedures", retry_after=0)
    query = (
        select(Procedure)
        .where(Procedure.id.in_(ids))
        .options(selectinload(Procedure.versions))
        .order_by(Procedure.name_sort, Procedure.id)
    )
    return list(session.scalars(query))


def preview(session: Session, chosen: Chosen, task: Task) -> Preview:
    """What would change; writes nothing."""
    lines: list[Line] = []
    waiting: list[Procedure] = []
    mark = hashlib.sha256()
    for procedure, record, changes in _changes(session, chosen, task):
        if _awaits(procedure):
            waiting.append(procedure)
            continue
        mark.update(f"{procedure.id}{digest(record)}".encode())
        lines += [
            Line(
                procedure,
                where_in_words(path),
                _before(record, path, old),
                value_in_words(path, new),
            )
            for path, old, new in changes
        ]
    return Preview(lines, waiting, mark.hexdigest())


def apply(
    session: Session,
    chosen: Chosen,
    task: Task,
    *,
    mark: str,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Write what was previewed into drafts; how many procedures.

    Raises ``Conflict`` if anything moved since the preview.
    """
    if preview(session, chosen, task).mark != mark:
        raise Conflict("changed_meanwhile")
    service = DraftService(session, now, actor_id)
    count = 0
    for procedure, _record, _lines in list(_changes(session, chosen, task)):
        if not _awaits(procedure):
            draft = service.open(procedure)
            service.rewrite(draft, lambda document: _take_over(document, task), NOTE)
            count += 1
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="procedure.bulk",
        subject="catalogue",
        act=task.act.value,
        number=task.number,
        procedures=count,
    )
    return count


def _is_meant(row: Any, chosen: Chosen) -> bool:
    words = fold(chosen.words).split()
    told = fold(f"{row.name} {row.code or ''}")
    agency = fold(chosen.agency).strip()
    return all(word in told for word in words) and agency in fold(row.authority or "")


def _changes(
    session: Session, chosen: Chosen, task: Task
) -> Iterator[tuple[Procedure, Record, list[tuple[str, Any, Any]]]]:
    for procedure in procedures(session, chosen):
        record = working(procedure)
        changes = list(_planned(record, task))
        if changes:
            yield procedure, record, changes


def _planned(record: Record, task: Task) -> Iterator[tuple[str, Any, Any]]:
    after = copy.deepcopy(record)
    _take_over(after, task)
    if task.act is Act.LIMIT_PERCENT:
        old, new = record.get("local_limit"), after.get("local_limit")
        if old != new:
            yield "local_limit", old, new
        return
    pairs = zip(record.get("fee") or (), after.get("fee") or (), strict=True)
    for place, (one, other) in enumerate(pairs):
        if one.get("amount") != other.get("amount"):
            yield f"fee[{place}].amount", one.get("amount"), other["amount"]


def _before(record: Record, path: str, old: Any) -> str:
    """What stands there now; of a limit also what the law gives, from which it is worked out."""
    told = value_in_words(path, old)
    if path != "local_limit":
        return told
    return f"{told}; theo quy định: {value_in_words('time_limit', record.get('time_limit'))}"


def _take_over(record: Record, task: Task) -> None:
    """Change a record in place."""
    if task.act is Act.LIMIT_PERCENT:
        short = shortened(record.get("time_limit"), task.number)
        if short is not None and _is_shorter(short, record.get("local_limit")):
            record["local_limit"] = short
        return
    for fee in record.get("fee") or ():
        if task.kind and fee.get("kind") != task.kind:
            continue
        if fee.get("currency") not in (None, "VND"):
            continue
        if task.act is Act.FEE_SET:
            fee["amount"] = task.number
        elif fee.get("amount"):
            fee["amount"] = _with_percent(fee["amount"], task.number)


def _with_percent(amount: int, percent: int) -> int:
    """Rounded to the nearest step, half up; whole numbers only."""
    hundredfold = amount * (100 + percent)
    return max(0, (hundredfold + 50 * FEE_STEP) // (100 * FEE_STEP) * FEE_STEP)


def shortened(limit: Record | None, percent: int) -> Record | None:
    """The limit less some per cent, rounded up by its unit; ``None`` if that is no shorter."""
    value, unit = (limit or {}).get("value"), (limit or {}).get("unit")
    if not value or unit not in LIMIT_STEPS:
        return None
    step = LIMIT_STEPS[unit]
    # Hundredths are exact enough for a percentage of a limit, and keep 0.1 + 0.2 out.
    short = math.ceil(round(value * (100 - percent) / 100 / step, 6)) * step
    short = max(step, short)
    if short >= value:
        return None
    return {"value": int(short) if short == int(short) else short, "unit": unit, "text": None}


def _is_shorter(short: Record, own: Record | None) -> bool:
    """Whether it shortens the authority's own limit; one in another unit is not compared."""
    if not own or not own.get("value"):
        return True
    return bool(own.get("unit") == short["unit"] and short["value"] < own["value"])


def _awaits(procedure: Procedure) -> bool:
    return any(one.state is VersionState.AWAITING for one in procedure.versions)
