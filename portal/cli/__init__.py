"""The command line: ``portal -c FILE.ini COMMAND``.

Exit 0 on success, 1 on a refused or failed job with one clear line on standard error,
2 on wrong usage. Commands are grouped in modules; each adds its own to the parser.
"""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError, ProgrammingError

from content.errors import DomainError
from portal.cli import (
    accounts,
    backup,
    bringing_in,
    care,
    catalogue,
    domain,
    forms,
    index,
    news,
    site,
)
from portal.cli.program import CommandFailed, Program
from portal.cli.refusals import database_refusal, refusal
from portal.settings import SettingsError

#: What is wrong with a file that was named, or its folder.
_FILE_WORDS = {
    FileNotFoundError: "không có tệp hoặc thư mục này",
    IsADirectoryError: "là thư mục, không phải tệp",
    NotADirectoryError: "không phải thư mục",
    PermissionError: "không được phép đọc hoặc ghi",
}
GROUPS = (site, catalogue, news, index, domain, accounts, bringing_in, care, backup, forms)


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
    except (CommandFailed, SettingsError) as error:
        print(f"portal {args.command}: {error}", file=sys.stderr)
    except tuple(_FILE_WORDS) as error:
        print(f"portal {args.command}: {error.filename}: {_words(error)}", file=sys.stderr)
    except DomainError as error:
        print(f"portal {args.command}: {refusal(error)}", file=sys.stderr)
    except (OperationalError, ProgrammingError) as error:
        words = database_refusal(error)
        if words is None:
            raise
        print(f"portal {args.command}: {words}", file=sys.stderr)
    except BrokenPipeError:
        return 0
    return 1


def _words(error: OSError) -> str:
    return next(words for kind, words in _FILE_WORDS.items() if isinstance(error, kind))
