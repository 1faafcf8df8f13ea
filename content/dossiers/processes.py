"""Which process a dossier follows, and where it may go from its step."""

from datetime import datetime

from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.processes.graph import Graph, Performer, Step
from content.processes.limits import hours_of
from content.processes.models import UNDO_MINUTES, ProcessVersion
from content.processes.reads import in_force
from content.processes.template import standard
from content.words import local


def adopt(session: Session, dossier: Dossier, now: datetime) -> None:
    """The process of the day, for the whole way of the dossier."""
    found = in_force(session, dossier.procedure_id, dossier.case, local(now).date())
    dossier.process_id = found.id if found else None


def process_of(session: Session, dossier: Dossier) -> ProcessVersion | None:
    """The version it began with, if it was not the standard rows."""
    return session.get(ProcessVersion, dossier.process_id) if dossier.process_id else None


def graph_of(session: Session, dossier: Dossier) -> Graph:
    """The steps of its way; the standard rows fill the limit that the dossier froze."""
    kept = process_of(session, dossier)
    if kept is not None:
        return kept.graph
    limit = dossier.time_limit or {}
    return standard(hours_of(limit.get("value"), limit.get("unit")))


def undo_minutes(session: Session, dossier: Dossier) -> int:
    """How long its last internal step may be taken back."""
    kept = process_of(session, dossier)
    return kept.undo_minutes if kept else UNDO_MINUTES


def desk_step(graph: Graph) -> Step | None:
    """The step of reception: the last one at the desk before the first one inside."""
    entries = graph.entries()
    found = [
        one
        for one in graph.steps
        if not one.is_inside and any(step.key in one.next for step in entries)
    ]
    return found[-1] if found else None


def steps_on(graph: Graph, step_key: str | None) -> tuple[Step, ...]:
    """The inside steps that come next; where the dossier stands nowhere yet, the first ones.

    After the last one the result goes to the desk, which is no internal step.
    """
    here = graph.step(step_key)
    if here is None:
        return graph.entries()
    return tuple(one for one in graph.after(here) if one.is_inside)


def steps_back(graph: Graph, step_key: str | None) -> tuple[Step, ...]:
    """The inside steps it may be sent back to."""
    here = graph.step(step_key)
    return tuple(one for one in graph.before(here) if one.is_inside) if here else ()


def step_of_return(graph: Graph, step_key: str | None) -> Step | None:
    """The step at the desk where the result is handed out."""
    here = graph.place(step_key) if step_key else 0
    entries = graph.entries()
    first = max(here, graph.place(entries[0].key) if entries else 0)
    later = graph.steps[first:]
    return next((one for one in later if one.performer is Performer.ONE_STOP), None)


def leader_comes(graph: Graph, step_key: str | None) -> bool:
    """Whether a leader's step is here or still to come; not where the dossier stands nowhere,
    as one of an older system or of a chain does."""
    here = graph.step(step_key)
    if here is None:
        return False
    return any(one.performer is Performer.LEADER for one in (here, *graph.onwards(here)))


def clerk_step(graph: Graph, step_key: str | None) -> Step | None:
    """The clerk's step that is still to come; ``None`` where it is here already, where the
    process has none, and where the dossier stands nowhere."""
    here = graph.step(step_key)
    if here is None or here.performer is Performer.CLERK:
        return None
    return next((one for one in graph.onwards(here) if one.performer is Performer.CLERK), None)
