"""Which process holds, what there was before, and how two versions differ."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.processes.graph import Graph, Step
from content.processes.models import ProcessState, ProcessVersion


def in_force(
    session: Session, procedure_id: int, case: str | None, today: date
) -> ProcessVersion | None:
    """The newest published version that holds today: that of the case, else the general one;
    ``None`` where nobody wrote one and the standard rows hold (``template.standard``)."""
    query = (
        select(ProcessVersion)
        .where(
            ProcessVersion.procedure_id == procedure_id,
            ProcessVersion.case.in_({case or "", ""}),
            ProcessVersion.state == ProcessState.PUBLISHED,
            ProcessVersion.effective_on <= today,
        )
        .order_by((ProcessVersion.case == "").asc(), ProcessVersion.number.desc())
    )
    return session.scalars(query.limit(1)).first()


def versions_of(session: Session, procedure_id: int, case: str = "") -> list[ProcessVersion]:
    """All versions of a procedure's process, the newest first."""
    query = select(ProcessVersion).where(
        ProcessVersion.procedure_id == procedure_id, ProcessVersion.case == case
    )
    return list(session.scalars(query.order_by(ProcessVersion.number.desc())))


@dataclass(frozen=True)
class Difference:
    """A step that two versions have differently: ``old`` or ``new`` is missing where only one
    has it; ``fields`` names what differs."""

    old: Step | None
    new: Step | None
    fields: tuple[str, ...] = ()


_COMPARED = ("name", "performer", "account_name", "hours", "result", "next", "returns_to")


def differences(old: Graph, new: Graph) -> tuple[Difference, ...]:
    """What changed from one version to another, in the order of the newer one."""
    found = [Difference(one, None) for one in old.steps if new.step(one.key) is None]
    for one in new.steps:
        was = old.step(one.key)
        if was is None:
            found.append(Difference(None, one))
            continue
        fields = tuple(name for name in _COMPARED if getattr(was, name) != getattr(one, name))
        if fields:
            found.append(Difference(was, one, fields))
    return tuple(found)
