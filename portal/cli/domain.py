"""Commands that explain a rule: due."""

import argparse
from typing import Any

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
    """Explain a due date."""
    raise NotImplementedError
