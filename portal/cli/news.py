"""Commands about news: import-news."""

import argparse
import sys
from pathlib import Path
from typing import Any

from content.news.importing import ImportRefused, import_news
from portal.cli.program import CommandFailed, Program


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    imports = commands.add_parser("import-news", help="import news (JSON lines)")
    imports.add_argument("file", type=Path)
    imports.set_defaults(run=run_import)


def run_import(program: Program, args: argparse.Namespace) -> int:
    """Import; nothing is written if any line is refused."""
    try:
        lines = args.file.read_text("utf-8").splitlines()
        with program.writing() as session:
            result = import_news(session, lines, program.now)
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{args.file}: không phải UTF-8 ({error.reason})") from error
    except ImportRefused as refused:
        for one in refused.rejections:
            print(f"dòng {one.line}: {one.reason}", file=sys.stderr)
        raise CommandFailed(f"{refused}; chưa ghi gì") from refused
    print(f"thêm {result.added}, đổi {result.changed}, giữ nguyên {result.unchanged}")
    return 0
