"""Commands about procedures: import and export."""

import argparse
from pathlib import Path
from typing import Any

from portal.cli.program import CommandFailed, Program


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    imports = commands.add_parser("import-procedures", help="import procedures (JSON, JSON lines)")
    imports.add_argument("file", type=Path)
    imports.add_argument(
        "--dry-run", action="store_true", help="show the difference, write nothing"
    )
    imports.add_argument(
        "--publish", action="store_true", help="make the imported versions visible"
    )
    imports.set_defaults(run=run_import)
    exports = commands.add_parser("export-procedures", help="export procedures (JSON, JSON lines)")
    exports.add_argument("file", type=Path)
    exports.set_defaults(run=run_export)


def run_import(program: Program, args: argparse.Namespace) -> int:
    """Import; nothing is written if any record is refused."""
    raise CommandFailed("not connected")


def run_export(program: Program, args: argparse.Namespace) -> int:
    """Export."""
    raise CommandFailed("not connected")
