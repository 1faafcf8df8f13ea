"""Writing internal processes: draft, refusals, publication. The only writer of the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition
from content.people.models import MAX_NAME, Account
from content.procedures.models import Procedure
from content.processes.graph import MAX_RESULT, Fault, Graph, Problem, Step, problems
from content.processes.limits import limit_hours, limit_words
from content.processes.models import (
    MAX_CODE,
    MAX_UNDO_MINUTES,
    MAX_WORDS,
    ProcessState,
    ProcessVersion,
)
from content.processes.reads import versions_of
from content.processes.sheet import PARTS
from content.processes.template import standard
from content.words import local

#: An issue that holds later than this has a slip in its year.
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Written:
    """What the editor of a process says."""

    graph: Graph
    code: str = ""
    undo_minutes: int = 30
    effective_on: date | None = None
    changes: str = ""
    author: str = ""
    reviewer: str = ""
    approver: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


class ProcessService:
    """Processes, as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def begin(self, procedure: Procedure, case: str, by: Account) -> ProcessVersion:
        """The open draft; else a new one, from the newest version or the standard rows."""
        known = versions_of(self.session, procedure.id, case)
        if known and known[0].is_draft:
            return known[0]
        last = known[0] if known else None
        graph = last.graph if last else standard(limit_hours(procedure.current_version))
        draft = ProcessVersion(
            procedure=procedure,
            case=case,
            number=last.number + 1 if last else 1,
            code=last.code if last else f"QT-{procedure.key}"[:MAX_CODE],
            steps=graph.as_json(),
            words=dict(last.words) if last else {},
            undo_minutes=last.undo_minutes if last else 30,
            reviewer=last.reviewer if last else "",
            approver=last.approver if last else "",
            author=by.name,
            drafted_by=by,
            saved_at=self.now,
        )
        self.session.add(draft)
        self.session.flush()  # its address and its audit line need the id
        self._note(draft, by, "begin")
        return draft

    def keep(self, draft: ProcessVersion, by: Account, written: Written, *, revision: int) -> None:
        """Save the draft. Raises ``Invalid`` with ``faults`` for a graph that is none (a sum
        that differs is told, and refused at publication), ``Conflict("process_changed")``."""
        self._take(draft, revision)
        _demand(written)
        found = _but_sum(problems(written.graph, None))
        if found:
            raise Invalid({"steps": found[0].fault.value}, "process_faults", faults=found)
        draft.steps = written.graph.as_json()
        draft.code = written.code.strip()
        draft.words = {key: text for key, text in written.words.items() if text.strip()}
        draft.undo_minutes = written.undo_minutes
        draft.effective_on = written.effective_on
        draft.changes = written.changes
        draft.author, draft.reviewer = written.author, written.reviewer
        draft.approver = written.approver
        draft.drafted_by, draft.saved_at = by, self.now
        self._note(draft, by, "save")

    def publish(
        self,
        draft: ProcessVersion,
        by: Account,
        written: Written | None = None,
        *,
        revision: int,
    ) -> None:
        """Put the draft in force from its day on, for dossiers passed on from then on; with
        ``written`` saved as it is said there, in the same act.

        Raises as ``keep``, ``Invalid`` with ``faults`` also for a sum that is not the limit, and
        ``Invalid`` for ``code``, ``approver``, ``effective_on`` (``required``, ``before_last``,
        ``too_far_off``), from the second issue on for ``changes``.
        """
        if written is not None:
            self.keep(draft, by, written, revision=revision)
            self.session.flush()  # the row's revision is counted when it is written
            revision = draft.revision
        self._take(draft, revision)
        version = draft.procedure.current_version
        found = problems(draft.graph, limit_hours(version))
        if found:
            raise Invalid({"steps": found[0].fault.value}, "process_faults", faults=found)
        missing = {name: "required" for name in _needed(draft) if not getattr(draft, name)}
        wrong = missing or self._day_problem(draft)
        if wrong:
            raise Invalid(wrong)
        draft.limit_words = limit_words(version)
        draft.published_by, draft.published_at = by, self.now
        draft.state = ProcessState.PUBLISHED
        self._note(draft, by, "publish")

    def discard(self, draft: ProcessVersion, by: Account, *, revision: int) -> None:
        """Throw a draft away."""
        self._take(draft, revision)
        self._note(draft, by, "discard")
        self.session.delete(draft)

    def _day_problem(self, draft: ProcessVersion) -> dict[str, str]:
        """A day that no issue has: before the last one's, or in another year by a slip."""
        assert draft.effective_on is not None  # asked before
        known = versions_of(self.session, draft.procedure_id, draft.case)
        days = [one.effective_on for one in known if one.effective_on and not one.is_draft]
        if days and draft.effective_on < max(days):
            return {"effective_on": "before_last"}
        if draft.effective_on > local(self.now).date() + FARTHEST:
            return {"effective_on": "too_far_off"}
        return {}

    def _take(self, draft: ProcessVersion, revision: int) -> None:
        self.session.flush()  # refreshing would forget what we have changed ourselves
        self.session.refresh(draft, with_for_update=True)
        if not draft.is_draft:
            raise InvalidTransition("process_published", process=draft.id)
        if draft.revision != revision:
            raise Conflict("process_changed")

    def _note(self, draft: ProcessVersion, by: Account, what: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=by.id,
            action=f"process.{what}",
            subject=f"process:{draft.id}",
            number=draft.number,
        )


def with_people(graph: Graph, accounts: Mapping[int, Account]) -> Graph:
    """The steps with the names of the people they name. Raises ``Invalid`` for somebody who
    has not the step's role, at ``steps[0].account``."""
    return Graph(
        tuple(
            one if one.account_id is None else replace(one, account_name=_name(at, one, accounts))
            for at, one in enumerate(graph.steps)
        )
    )


def _name(at: int, step: Step, accounts: Mapping[int, Account]) -> str:
    account = accounts.get(step.account_id or 0)
    if account is None or step.performer not in {one.role.value for one in account.memberships}:
        raise Invalid({f"steps[{at}].account": "not_this_role"})
    return account.name


def _but_sum(found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(one for one in found if one.fault is not Fault.HOURS_DIFFER)


def _needed(draft: ProcessVersion) -> list[str]:
    return ["code", "approver", "effective_on"] + (["changes"] if draft.number > 1 else [])


def _demand(written: Written) -> None:
    """Lengths, and that nothing stands where nobody reads it."""
    short = {"author": written.author, "reviewer": written.reviewer, "approver": written.approver}
    wrong = {name: "too_long" for name, text in short.items() if len(text) > MAX_NAME}
    if len(written.code) > MAX_CODE:
        wrong["code"] = "too_long"
    if any(len(text) > MAX_WORDS for text in (written.changes, *written.words.values())):
        wrong["words"] = "too_long"
    if any(len(one.result) > MAX_RESULT for one in written.graph.steps):
        wrong["steps"] = "too_long"
    if set(written.words) - {one.key for one in PARTS}:
        wrong["words"] = "unknown"
    if not 0 <= written.undo_minutes <= MAX_UNDO_MINUTES:
        wrong["undo_minutes"] = "out_of_range"
    if wrong:
        raise Invalid(wrong)
