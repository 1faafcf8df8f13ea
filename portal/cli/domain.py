"""Commands that explain a rule: due."""

import argparse
from typing import Any

from sqlalchemy import inspect

from content.calendar.explain import explain_due
from content.calendar.holidays_seed import default_calendar
from content.calendar.models import CalendarEntry
from content.calendar.store import load_calendar
from portal.cli.program import Program


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    due = commands.add_parser("due", help="due date and the ledger of every day")
    due.add_argument(
        "received_at", help="2026-11-23T10:00 (Vietnamese time unless it says otherwise)"
    )
    due.add_argument("limit", help="5, or 0.5")
    due.add_argument(
        "unit",
        choices=["working_day", "day", "month", "week", "year", "working_hour", "same_day"],
    )
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=run_due)


def run_due(program: Program, args: argparse.Namespace) -> int:
    """Explain a due date by the calendar of this site, or the default one before ``init``."""
    if inspect(program.database.engine).has_table(CalendarEntry.__tablename__):
        with program.reading() as session:
            calendar = load_calendar(session)
    else:
        calendar = default_calendar()
    print(explain_due(calendar, args.received_at, args.limit, args.unit, as_json=args.json))
    return 0
