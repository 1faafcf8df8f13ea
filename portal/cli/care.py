"""Commands that look after a site: verify."""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from content import audit
from content.files import FileService
from content.outbox import backlog
from portal.cli.program import CommandFailed, Program

TOO_OLD = timedelta(minutes=10)


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    verify = commands.add_parser("verify", help="files, index, audit chain and outbox")
    verify.set_defaults(run=run_verify)


def run_verify(program: Program, _args: argparse.Namespace) -> int:
    """Print what is off; exit 1 if anything is."""
    problems = [*database_problems(program), *index_problems(program)]
    for problem in problems:
        print(problem)
    if problems:
        raise CommandFailed(f"{len(problems)} chỗ không đúng, đã kể ở trên")
    print("Tệp, chỉ mục, nhật ký và hộp việc đều đúng.")
    return 0


def database_problems(program: Program) -> Iterator[str]:
    """Stored files against digests, the audit chain, the age of the outbox."""
    with program.reading() as session:
        for damaged in FileService(session, program.file_store).damaged():
            yield f"tệp {damaged.file_id} ({damaged.key}): {damaged.reason}"
        for seal in audit.broken_seals(session):
            span = f"{seal.first_entry}–{seal.last_entry}"
            yield f"nhật ký: dấu niêm {seal.seal_id} không khớp ({span})"
        waiting = backlog(session, program.now)
    if waiting.oldest and program.now - waiting.oldest > TOO_OLD:
        since = f"{waiting.oldest:%Y-%m-%d %H:%M} UTC"
        yield f"hộp việc: {waiting.waiting} việc chờ, việc đến hạn lâu nhất chưa ai nhận từ {since}"
    if waiting.given_up:
        yield f"hộp việc: {waiting.given_up} việc đã thôi thử lại"


def index_problems(program: Program) -> Iterator[str]:
    """The search index against the database."""
    from search.indexer import differences  # noqa: PLC0415 - imports the search engine
    from search.whoosh_index import WhooshIndex  # noqa: PLC0415 - imports the search engine

    with program.reading() as session:
        index = WhooshIndex(program.settings.index_dir)
        yield from (f"chỉ mục: {line}" for line in differences(session, index))
