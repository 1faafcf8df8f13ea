"""Drafts carried over to a new version of their form, by an explicit job, with a report.

A draft keeps the version of the form it was begun on until somebody moves it: the editor
for all drafts (this job), or its owner by agreeing to a new version of the procedure.
Dossiers that were sent are never touched: they hold the form they were filed under.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import audit
from content.dossiers.locking import lock
from content.dossiers.models import Draft
from content.errors import NotFound
from content.orm import Base, BigId, Document, Id
from content.outbox import enqueue
from content.procedures.form_bindings import MAX_KEY, FormDefinitionVersion, ProcedureForm
from content.procedures.forms import FormDefinition, parse
from content.procedures.forms.moving import move
from content.procedures.models import Procedure

JOB = "forms.move_drafts"


class DraftMove(Base):
    """What moving did to one draft: how many answers stayed, and which did not.

    ``losses`` are ``{"label", "said", "why"}``; the row goes with the draft's answers.
    """

    __tablename__ = "draft_move"

    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("draft.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(MAX_KEY), index=True)
    from_number: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    kept: Mapped[int] = mapped_column(Integer)
    losses: Mapped[list[Any]] = mapped_column(Document)
    moved_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


@dataclass(frozen=True)
class MoveReport:
    """One move of all drafts to a version: drafts, how many kept everything, answers."""

    number: int
    moved_at: datetime
    drafts: int
    whole: int
    kept: int
    lost: int


def ask_to_move(session: Session, key: str, *, now: datetime, actor_id: int | None) -> int:
    """Promise to move the open drafts of a form to its newest version; returns how many."""
    newest = _newest(session, key)
    count = session.scalar(select(func.count()).select_from(_waiting(newest).subquery())) or 0
    enqueue(session, JOB, key, now=now, payload={"number": newest.number, "actor_id": actor_id})
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="form.move_asked",
        subject=f"form:{key}",
        number=newest.number,
        drafts=count,
    )
    return count


def waiting(session: Session, key: str) -> int:
    """How many open drafts are on an older version of the form."""
    newest = _newest(session, key)
    return session.scalar(select(func.count()).select_from(_waiting(newest).subquery())) or 0


def move_drafts(session: Session, key: str, number: int, *, now: datetime) -> int:
    """Move every open draft of a form that is on an older version; returns how many.

    Run twice it finds nothing left. A newer version in the meantime is left to its own job.
    """
    form = FormDefinitionVersion
    target = session.scalars(select(form).where(form.key == key, form.number == number)).first()
    if target is None:
        raise NotFound("form")
    new = parse(target.definition)
    moved = 0
    for draft_id in session.scalars(_waiting(target)).all():
        draft = session.get_one(Draft, draft_id)
        lock(session, draft)
        if draft.dossier_id is None:
            _move(session, draft, target, new, now)
            moved += 1
    if moved:
        audit.record(
            session,
            now=now,
            actor_id=None,
            action="form.drafts_moved",
            subject=f"form:{key}",
            number=number,
            drafts=moved,
        )
    return moved


def reports(session: Session, key: str) -> list[MoveReport]:
    """What the moves of a form did, the newest first; drafts that are gone do not count."""
    found: dict[int, list[DraftMove]] = {}
    query = select(DraftMove).where(DraftMove.key == key).order_by(DraftMove.id)
    for one in session.scalars(query):
        found.setdefault(one.number, []).append(one)
    return [_report(number, found[number]) for number in sorted(found, reverse=True)]


def unseen(session: Session, draft: Draft) -> DraftMove | None:
    """What changed in a draft since its owner last agreed, the newest move."""
    query = select(DraftMove).where(DraftMove.draft_id == draft.id, DraftMove.seen_at.is_(None))
    return session.scalars(query.order_by(DraftMove.id.desc()).limit(1)).first()


def mark_seen(session: Session, draft: Draft, now: datetime) -> None:
    """The owner has read what changed."""
    for one in session.scalars(select(DraftMove).where(DraftMove.draft_id == draft.id)):
        one.seen_at = one.seen_at or now


def forget(session: Session, draft: Draft) -> None:
    """Delete what was told of a draft, with its answers."""
    session.execute(delete(DraftMove).where(DraftMove.draft_id == draft.id))


def _newest(session: Session, key: str) -> FormDefinitionVersion:
    form = FormDefinitionVersion
    query = select(form).where(form.key == key).order_by(form.number.desc()).limit(1)
    newest = session.scalars(query).first()
    if newest is None:
        raise NotFound("form")
    return newest


def _waiting(target: FormDefinitionVersion) -> Any:
    """Ids of open drafts on an older version, or begun before versions were remembered."""
    form, bound = FormDefinitionVersion, ProcedureForm
    older = select(form.id).where(form.key == target.key, form.number < target.number)
    same = and_(bound.code == Procedure.code, bound.level == Procedure.level)
    procedures = select(Procedure.id).join(bound, same).where(bound.key == target.key)
    unpinned = and_(Draft.form_id.is_(None), Draft.procedure_id.in_(procedures))
    return (
        select(Draft.id)
        .where(Draft.dossier_id.is_(None), or_(Draft.form_id.in_(older), unpinned))
        .order_by(Draft.id)
    )


def _move(
    session: Session,
    draft: Draft,
    target: FormDefinitionVersion,
    new: FormDefinition,
    now: datetime,
) -> None:
    before = session.get(FormDefinitionVersion, draft.form_id) if draft.form_id else None
    old = parse(before.definition) if before else new
    result = move(old, new, draft.answers)
    draft.answers = result.answers
    draft.form_id = target.id
    session.add(
        DraftMove(
            draft_id=draft.id,
            key=target.key,
            from_number=before.number if before else None,
            number=target.number,
            kept=result.kept,
            losses=[asdict(loss) for loss in result.losses],
            moved_at=now,
        )
    )


def _report(number: int, rows: list[DraftMove]) -> MoveReport:
    return MoveReport(
        number=number,
        moved_at=max(row.moved_at for row in rows),
        drafts=len(rows),
        whole=sum(not row.losses for row in rows),
        kept=sum(row.kept for row in rows),
        lost=sum(len(row.losses) for row in rows),
    )
