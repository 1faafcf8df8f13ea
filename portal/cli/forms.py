"""Commands about forms: form export, form import."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from content.procedures.form_building import FormBuilder
from content.procedures.forms import DefinitionError, marks, parse
from portal.cli.program import CommandFailed, Program


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    form = commands.add_parser("form", help="export or import a form definition (JSON)")
    acts = form.add_subparsers(dest="act", required=True, metavar="ACT")
    exports = acts.add_parser("export", help="write a definition to a file or to standard output")
    exports.add_argument("key", help="key of the form, such as ct01-cu-tru")
    exports.add_argument("file", type=Path, nargs="?")
    exports.set_defaults(run=run_export)
    imports = acts.add_parser("import", help="take a definition in as a working wording")
    imports.add_argument("file", type=Path)
    imports.add_argument("--publish", action="store_true", help="publish it if it has no faults")
    imports.set_defaults(run=run_import)


def run_export(program: Program, args: argparse.Namespace) -> int:
    """The wording being worked on, else the newest version."""
    with program.writing() as session:
        definition = FormBuilder(session, program.now, None).find(args.key).definition
        text = json.dumps(definition, ensure_ascii=False, indent=1) + "\n"
    if args.file:
        args.file.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


def run_import(program: Program, args: argparse.Namespace) -> int:
    """Take it in; nothing is written if it cannot be read."""
    try:
        data = json.loads(args.file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CommandFailed(f"{args.file}: không phải JSON ({type(error).__name__})") from error
    try:
        with program.writing() as session:
            builder = FormBuilder(session, program.now, None)
            form = builder.take_in(data)
            seen = marks.whole(parse(form.definition))
            number = builder.publish(form, seen=seen).number if args.publish else None
            key = form.key
    except DefinitionError as error:
        for one in error.problems:
            print(f"{one.place or 'đầu tệp'}: {one.code}", file=sys.stderr)
        raise CommandFailed("định nghĩa không đọc được; chưa ghi gì") from error
    print(f"{key}: " + (f"đã công bố phiên bản {number}" if number else "bản đang soạn"))
    return 0
