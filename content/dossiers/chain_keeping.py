"""Writing the chain of a procedure: which agencies, which tasks, how many working days each.

A chain is put in use only when its days fill the procedure's limit, so that the date of the
receipt and the end of the chain are one; whatever is changed takes it out of use first.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.agencies.models import Agency
from content.calendar.model import LimitUnit
from content.dossiers.chain_models import MAX_TASK, ChainOrder, ChainTask, ChainTemplate
from content.dossiers.deadlines import limit_of
from content.errors import Conflict, Invalid
from content.procedures.kinds import Channel
from content.procedures.models import Procedure
from content.text import clean

MOST_TASKS = 12
MOST_DAYS = 366
MAX_BASIS = 2_000


class ChainKeeper:
    """Chains of procedures, as one person writes them."""

    def __init__(self, session: Session, now: datetime, actor_id: int | None) -> None:
        self.session = session
        self.now = now
        self.actor_id = actor_id

    def of(self, procedure: Procedure) -> ChainTemplate | None:
        """The chain of a procedure, in use or not."""
        query = select(ChainTemplate).where(ChainTemplate.procedure_id == procedure.id)
        return self.session.scalars(query).first()

    def save(
        self, procedure: Procedure, order: ChainOrder, legal_basis: str, *, revision: int
    ) -> ChainTemplate:
        """Order and law of a chain, new (``revision`` 0) or known. Raises ``Invalid``
        (``legal_basis``), ``Conflict``."""
        found = self.of(procedure)
        self._demand(found, revision)
        basis = clean(legal_basis, multiline=True)
        if not basis or len(basis) > MAX_BASIS:
            raise Invalid({"legal_basis": "too_long" if basis else "required"})
        chain = found or ChainTemplate(procedure=procedure)
        chain.order, chain.legal_basis, chain.in_use = order, basis, False
        self.session.add(chain)
        self._note(chain, "chain.save")
        return chain

    def save_task(
        self,
        chain: ChainTemplate,
        task: ChainTask | None,
        values: Mapping[str, Any],
        *,
        revision: int,
    ) -> ChainTask:
        """A task, new or known: ``agency_id``, ``task``, ``working_days``, ``leads``. Raises
        ``Invalid`` for these, ``Conflict``."""
        self._demand(chain, revision)
        text, days = clean(values["task"]), values["working_days"]
        agency_id = values["agency_id"]
        problems = _task_problems(text, days)
        if agency_id is not None and self.session.get(Agency, agency_id) is None:
            problems["agency"] = "unknown"
        if task is None and len(chain.tasks) >= MOST_TASKS:
            problems["task"] = "too_many"
        if problems:
            raise Invalid(problems)
        if task is None:
            task = ChainTask(position=len(chain.tasks) + 1)
            chain.tasks.append(task)
        task.agency_id, task.task, task.working_days = agency_id, text, days
        if values["leads"]:
            for one in chain.tasks:
                one.leads = False
        task.leads = values["leads"]
        self._changed(chain, "chain.task")
        return task

    def drop_task(self, chain: ChainTemplate, task: ChainTask) -> None:
        """A task less; the others close up."""
        chain.tasks.remove(task)
        self._number(chain)
        self._changed(chain, "chain.task_dropped")

    def move_task(self, chain: ChainTemplate, task: ChainTask, steps: int) -> None:
        """A task earlier (-1) or later (+1)."""
        at = chain.tasks.index(task)
        to = min(max(at + steps, 0), len(chain.tasks) - 1)
        chain.tasks.insert(to, chain.tasks.pop(at))
        self._number(chain)
        self._changed(chain, "chain.task_moved")

    def put_in_use(self, chain: ChainTemplate, *, revision: int) -> None:
        """Dossiers received from now on may begin it. Raises ``Invalid`` (``chain``) where it
        does not hold together, ``Conflict``."""
        self._demand(chain, revision)
        problem = problem_of(chain)
        if problem is not None:
            raise problem
        if not any(one.leads for one in chain.tasks):
            # Of different levels the last one decides (art. 19.7).
            chain.tasks[-1].leads = True
        chain.in_use = True
        self._note(chain, "chain.in_use")

    def put_out_of_use(self, chain: ChainTemplate) -> None:
        """No dossier begins it any more."""
        chain.in_use = False
        self._note(chain, "chain.out_of_use")

    def _number(self, chain: ChainTemplate) -> None:
        for position, one in enumerate(chain.tasks, 1):
            one.position = position

    def _changed(self, chain: ChainTemplate, action: str) -> None:
        chain.in_use = False
        # Tasks are rows of their own; the chain's revision must tell that they changed.
        chain.changes += 1
        self._note(chain, action)

    def _demand(self, chain: ChainTemplate | None, revision: int) -> None:
        if (chain.revision if chain else 0) != revision:
            raise Conflict("changed_meanwhile")

    def _note(self, chain: ChainTemplate, action: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=self.actor_id,
            action=action,
            subject=f"chain:{chain.procedure_id or chain.procedure.id}",
            tasks=[[one.agency_id, one.working_days] for one in chain.tasks],
        )


def _task_problems(text: str, days: int) -> dict[str, str]:
    problems = {}
    if not text or len(text) > MAX_TASK:
        problems["task"] = "too_long" if text else "required"
    if not 1 <= days <= MOST_DAYS:
        problems["working_days"] = "out_of_range"
    return problems


def total_days(chain: ChainTemplate) -> int:
    """Working days of the whole: the sum, or the longest where all work together."""
    days = [one.working_days for one in chain.tasks]
    return max(days, default=0) if chain.order is ChainOrder.TOGETHER else sum(days)


def limit_in_days(procedure: Procedure) -> int | None:
    """The procedure's limit in whole working days; ``None`` where it has none such."""
    version = procedure.current_version
    limit = limit_of(version, Channel.COUNTER) if version else None
    if limit is None or limit["unit"] != LimitUnit.WORKING_DAY.value or not limit["value"]:
        return None
    value = float(limit["value"])
    return int(value) if value == int(value) else None


def problem_of(chain: ChainTemplate) -> Invalid | None:
    """Why a chain cannot be used: ``too_few``, ``lead_missing``, ``lead_too_short``,
    ``sum_differs`` (``total``, ``limit``)."""
    days = [one.working_days for one in chain.tasks]
    if len(days) < 2:
        return Invalid({"chain": "too_few"})
    leads = [one for one in chain.tasks if one.leads]
    if chain.order is ChainOrder.TOGETHER:
        if len(leads) != 1:
            return Invalid({"chain": "lead_missing"})
        if leads[0].working_days < max(days):
            return Invalid({"chain": "lead_too_short"})
    limit, total = limit_in_days(chain.procedure), total_days(chain)
    if limit is not None and limit != total:
        return Invalid({"chain": "sum_differs"}, total=total, limit=limit)
    return None
