"""The queue: differences enter it with an import and leave it by somebody's decision.

Accepting writes into the draft of a procedure, never into what people read. Refusing is
an edit of ours: it holds until the national value changes again.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, InvalidTransition
from content.procedures.drafting import DraftService
from content.procedures.kinds import CURRENT, Level, VersionState
from content.procedures.merging.models import Decision, ImportBase, ImportDifference, ImportRun
from content.procedures.merging.threeway import Found, Kind, compare
from content.procedures.merging.units import Unit, is_single, put, same, value_at
from content.procedures.models import Procedure
from content.procedures.records import Record, canonical, digest, identity
from content.procedures.standing import newest_wording

#: What the list of saves says of a national value taken over.
NOTE = "Nhận từ Cơ sở dữ liệu quốc gia"
#: Stands for the digest of what the national catalogue names no more.
GONE = "gone"


def working(procedure: Procedure) -> Record:
    """Our wording: that of the draft, else what waits for a decision, else the newest adopted."""
    for state in (VersionState.DRAFT, VersionState.AWAITING):
        found = [one for one in procedure.versions if one.state is state]
        if found:
            return found[-1].document
    newest = newest_wording(procedure)
    return newest.document if newest else {}


def find(session: Session, name: str, level: Level) -> Procedure | None:
    """The procedure of a record, whatever its standing."""
    query = select(Procedure).where(Procedure.identity == name, Procedure.level == level)
    return session.scalars(query).first()


def enter(session: Session, run: ImportRun, record: Record, *, now: datetime) -> int:
    """Compare a valid national record with ours; how many differences it adds to the queue."""
    theirs = canonical(record)
    name, level = identity(theirs), Level(theirs["level"])
    base = _base(session, name, level)
    mark = digest(theirs)
    if base is not None and base.digest == mark:
        return 0
    procedure = find(session, name, level)
    before = base.document if base else _first_wording(procedure)
    open_rows = _open(session, name, level)
    if procedure is None:
        added = _enter_new(session, run, theirs, open_rows)
    else:
        added = _enter_changes(session, run, procedure, before, theirs, open_rows)
    if base is None:
        base = ImportBase(identity=name, level=level)
        session.add(base)
    base.digest, base.document, base.imported_at = mark, theirs, now
    return added


def national_wording(session: Session, procedure: Procedure) -> Record:
    """What the national catalogue last said of a procedure, as far as we know."""
    base = _base(session, procedure.identity, procedure.level)
    return base.document if base else _first_wording(procedure)


def enter_gone(session: Session, run: ImportRun, names: Collection[tuple[str, Level]]) -> int:
    """After a file that is the whole national catalogue: what it names no more, once each.

    ``names`` are all it names. Only what an earlier import named and what is in force here.
    """
    added = 0
    for base in session.scalars(select(ImportBase).where(ImportBase.digest != GONE)):
        key = (base.identity, base.level)
        procedure = find(session, *key)
        if key in names or procedure is None or procedure.status not in CURRENT:
            continue
        for row in _open(session, *key):
            row.state = Decision.REPLACED
        row = _row(run, base.document, procedure, Kind.CONFLICT, (), base.document, None)
        row.is_gone, row.theirs = True, None
        session.add(row)
        base.digest = GONE
        added += 1
    return added


def preview(session: Session, record: Record) -> list[tuple[Kind, Found | None]]:
    """What ``enter`` would add to the queue; of a procedure we do not have, the kind alone."""
    theirs = canonical(record)
    name, level = identity(theirs), Level(theirs["level"])
    base, procedure = _base(session, name, level), find(session, name, level)
    if base is not None and base.digest == digest(theirs):
        return []
    if procedure is None:
        return [(Kind.NEW, None)]
    before = base.document if base else _first_wording(procedure)
    return [(one.kind, one) for one in compare(before, working(procedure), theirs)]


def accept(session: Session, row: ImportDifference, *, actor_id: int | None, now: datetime) -> None:
    """Take the national value into the draft.

    Raises ``Conflict`` if ours changed since (the row then shows what it is now), or if a
    version waits for a decision; ``Invalid`` if the record would no longer be valid.
    """
    _demand_open(row)
    theirs = row.theirs
    if row.is_gone:
        # To abolish it takes a decision; that somebody saw it is all there is to write.
        _decide(session, row, Decision.ACCEPTED, actor_id, now)
        return
    if row.procedure is None:
        _accept_new(session, row, actor_id, now)
    else:
        service = DraftService(session, now, actor_id)
        draft = service.open(row.procedure)
        unit: Unit = tuple(row.unit)
        here = value_at(draft.document, unit)
        if not same(here, theirs):
            if not same(here, row.ours) or not _has_place(draft.document, unit):
                raise Conflict("changed_meanwhile", difference=row.id)
            base = _base(session, row.identity, row.level)
            model = base.document if base else {}
            service.rewrite(draft, lambda record: put(record, unit, theirs, model), NOTE)
    _decide(session, row, Decision.ACCEPTED, actor_id, now)


def refuse(session: Session, row: ImportDifference, *, actor_id: int | None, now: datetime) -> None:
    """Keep ours."""
    _demand_open(row)
    _decide(session, row, Decision.REFUSED, actor_id, now)


def refresh(row: ImportDifference) -> None:
    """Let a row show what ours is by now; what agrees by now is replaced."""
    if row.procedure is None or row.is_gone:
        return
    row.ours = value_at(working(row.procedure), tuple(row.unit))
    row.kind = Found(tuple(row.unit), row.base, row.ours, row.theirs).kind
    if same(row.ours, row.theirs) or not _has_place(working(row.procedure), tuple(row.unit)):
        row.state = Decision.REPLACED


def _accept_new(
    session: Session, row: ImportDifference, actor_id: int | None, now: datetime
) -> None:
    if find(session, row.identity, row.level) is not None:
        raise Conflict("procedure_exists", difference=row.id)
    DraftService(session, now, actor_id).create(row.theirs)


def _has_place(record: Record, unit: Unit) -> bool:
    """A field of an item that is gone can no longer be written."""
    return len(unit) < 3 or is_single(value_at(record, unit[:2]))


def _enter_new(
    session: Session, run: ImportRun, theirs: Record, open_rows: Sequence[ImportDifference]
) -> int:
    for row in open_rows:
        row.state = Decision.REPLACED
    session.add(_row(run, theirs, None, Kind.NEW, (), None, None))
    return 1


def _enter_changes(
    session: Session,
    run: ImportRun,
    procedure: Procedure,
    before: Record,
    theirs: Record,
    open_rows: Sequence[ImportDifference],
) -> int:
    ours = working(procedure)
    found = {one.unit: one for one in compare(before, ours, theirs)}
    for row in open_rows:
        unit: Unit = tuple(row.unit)
        if not unit:
            # It was gone, or new, and is neither any more.
            row.state = Decision.REPLACED
            continue
        new = found.get(unit)
        if new is None and same(value_at(theirs, unit), row.theirs):
            continue
        row.state = Decision.REPLACED
        if new is not None:
            # What was never decided is no change of ours: the older base still counts.
            found[unit] = Found(unit, row.base, new.ours, new.theirs)
    for one in found.values():
        session.add(_row(run, theirs, procedure, one.kind, one.unit, one.base, one.ours))
    return len(found)


def _row(
    run: ImportRun,
    theirs: Record,
    procedure: Procedure | None,
    kind: Kind,
    unit: Unit,
    base: object,
    ours: object,
) -> ImportDifference:
    return ImportDifference(
        run=run,
        procedure=procedure,
        identity=identity(theirs),
        level=Level(theirs["level"]),
        name=theirs["name"],
        kind=kind,
        part=unit[0] if unit else "",
        unit=list(unit),
        base=base,
        ours=ours,
        theirs=value_at(theirs, unit) if unit else theirs,
        state=Decision.OPEN,
    )


def _base(session: Session, name: str, level: Level) -> ImportBase | None:
    query = select(ImportBase).where(ImportBase.identity == name, ImportBase.level == level)
    return session.scalars(query).first()


def _first_wording(procedure: Procedure | None) -> Record:
    """Where no import kept a base, the first wording we ever had is the one that was imported."""
    return procedure.versions[0].document if procedure and procedure.versions else {}


def _open(session: Session, name: str, level: Level) -> Sequence[ImportDifference]:
    query = select(ImportDifference).where(
        ImportDifference.state == Decision.OPEN,
        ImportDifference.identity == name,
        ImportDifference.level == level,
    )
    return session.scalars(query).all()


def _demand_open(row: ImportDifference) -> None:
    if row.state is not Decision.OPEN:
        raise InvalidTransition("already_decided", difference=row.id)


def _decide(
    session: Session, row: ImportDifference, state: Decision, actor_id: int | None, now: datetime
) -> None:
    row.state, row.decided_by, row.decided_at = state, actor_id, now
    subject = f"procedure:{row.procedure_id}" if row.procedure_id else "catalogue"
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action=f"import.{state.value}",
        subject=subject,
        difference=row.id,
    )
