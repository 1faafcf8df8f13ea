"""The command line: ``portal -c FILE.ini COMMAND``.

Exit 0 on success, 1 on a refused or failed job with one clear line on standard error,
2 on wrong usage. Commands are grouped in modules; each adds its own to the parser.
"""

import argparse
import sys
from collections.abc import Sequence

from content.errors import DomainError
from portal.cli import accounts, bringing_in, care, catalogue, domain, forms, index, news, site
from portal.cli.program import CommandFailed, Program
from portal.settings import SettingsError

GROUPS = (site, catalogue, news, index, domain, accounts, bringing_in, care, forms)


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(prog="portal", description="Cổng dịch vụ công")
    top.add_argument("-c", "--config", default="development.ini", help="settings file (.ini)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add_commands(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    args = parser().parse_args(argv)
    try:
        with Program(args.config) as program:
            return args.run(program, args) or 0
    except (CommandFailed, SettingsError, FileNotFoundError) as error:
        print(f"portal {args.command}: {error}", file=sys.stderr)
    except DomainError as error:
        facts = ", ".join(f"{key}={value}" for key, value in error.data.items())
        print(f"portal {args.command}: {error.code} {facts}".rstrip(), file=sys.stderr)
    except BrokenPipeError:
        return 0
    return 1
