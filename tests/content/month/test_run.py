"""A month of dossiers by several processes at once, on both databases: every promise holds.

``MONTH=3000`` plays as many as the whole month of an authority; otherwise it is a short one.
"""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from content.dossiers.chain_models import ChainOrder, ChainPart
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.states import Status
from content.words import local
from portal.database import Database
from tests.content.month.invariants import INVARIANTS, every
from tests.content.month.town import NOW, play_at_once, prepare

#: Dossiers and processes, by database; SQLite has one writer at a time.
SHORT = {"sqlite": (60, 2), "postgresql": (60, 3)}


@pytest.mark.slow
def test_a_month_by_several_processes_keeps_every_promise(
    any_database: Database, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    name = any_database.engine.dialect.name
    count, processes = SHORT[name]
    count = int(os.environ.get("MONTH", count))
    prepare(any_database)
    made = play_at_once(any_database, tmp_path / "files", count, processes)
    assert len(made) == len(set(made)) == count
    with any_database.writing_sessions.begin() as session:
        assert sorted(made) == [one.id for one in every(session)], "no dossier is lost"
        for holds in INVARIANTS:
            holds(session)
        states = Counter(session.scalars(select(Dossier.status)))
        acts = Counter(session.scalars(select(DossierEvent.action)))
        ended = session.scalars(select(ChainPart).where(ChainPart.finished_at.is_not(None))).all()
        orders = Counter(one.order for one in ended)
        late = sum(local(one.finished_at).date() > one.due_date for one in ended)
        overdue = [one for one in every(session) if one.finished_at is None and _is_late(one)]
    assert {Status.RETURNED, Status.RESOLVED, Status.IN_PROGRESS} <= set(states)
    assert {"accept", "receive_at_counter", "receive_by_post", "complete"} <= set(acts)
    assert {"request_supplement_process", "payment_confirmed", "apologise_and_extend"} <= set(acts)
    assert {"resolve_at_once"} <= set(acts)
    assert set(orders) == set(ChainOrder)
    record_property(
        "told",
        f"a month on {name}: {count} dossiers, {processes} processes, "
        f"{sum(acts.values())} moves, {len(overdue)} overdue, "
        f"{acts['resolve_at_once']} in one visit, {len(ended)} parts of chains ended, {late} late",
    )


def _is_late(dossier: Dossier) -> bool:
    return dossier.due_date is not None and dossier.due_date < NOW.date()
