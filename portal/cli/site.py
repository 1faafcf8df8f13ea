"""Commands that make and run a site: init, seed, serve, worker."""

import argparse
import os
import sys
from typing import Any

from sqlalchemy import delete

from content.changes import CHANGED
from content.outbox import OutboxJob
from content.schema import is_current, upgrade
from portal.cli.program import CommandFailed, Program

#: Of a sample month; the whole of it is one transaction.
MOST_DOSSIERS = 20_000


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    init = commands.add_parser("init", help="create or upgrade the schema; places and days off")
    init.set_defaults(run=run_init)
    seed = commands.add_parser("seed", help="load the sample authority (idempotent)")
    seed.add_argument("--month", action="store_true", help="and a month of dossiers up to now")
    seed.add_argument("--count", type=_how_many, help="with --month: how many dossiers (400)")
    seed.set_defaults(run=run_seed, wrong=seed.error)
    prepare = commands.add_parser("prepare", help="init, and on a sample site seed and reindex")
    prepare.set_defaults(run=run_prepare)
    serve = commands.add_parser("serve", help="serve over HTTP, with the worker beside")
    serve.add_argument("--prepare", action="store_true", help="do `prepare` first")
    serve.add_argument("--no-worker", action="store_true", help="leave the worker out")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="drain the outbox and run the timers")
    worker.add_argument("--once", action="store_true", help="stop when nothing is due")
    worker.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    worker.set_defaults(run=run_worker)


def run_init(program: Program, _args: argparse.Namespace) -> int:
    """Create or upgrade the schema; a new one gets the facts that every site needs."""
    from content.seed.basics import seed_places, seed_working_days  # noqa: PLC0415 - large files

    done = upgrade(program.database.engine)
    print("Lược đồ dữ liệu: đã cập nhật." if done else "Lược đồ dữ liệu: đã mới nhất.")
    if done:
        with program.writing() as session:
            for line in (*seed_places(session), *seed_working_days(session)):
                print(line)
    return 0


def run_seed(program: Program, args: argparse.Namespace) -> int:
    """Load the sample authority, and a month of dossiers if wanted; refused where sample
    content is not allowed."""
    month = getattr(args, "month", False)
    if not month and getattr(args, "count", None) is not None:
        args.wrong("--count needs --month")
    from content.seed.loader import seed  # noqa: PLC0415 - reads large files

    if not program.settings.development:
        raise CommandFailed("sample content is for development only (portal.development)")
    from portal.security.passwords import Argon2Hasher  # noqa: PLC0415 - only for seeding

    with program.writing() as session:
        for line in seed(session, program.now, Argon2Hasher()):
            print(line)
    if month:
        from content.seed.month.loader import DOSSIERS  # noqa: PLC0415 - loads every service
        from portal.cli.month import run_month  # noqa: PLC0415 - loads every service

        run_month(program, args.count or DOSSIERS)
    return 0


def _how_many(text: str) -> int:
    """The number of dossiers, as typed."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= MOST_DOSSIERS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_DOSSIERS}")
    return number


def run_prepare(program: Program, args: argparse.Namespace) -> int:
    """Whatever is missing before a first start; quick when nothing is."""
    run_init(program, args)
    if program.settings.development:
        run_seed(program, args)
    from portal.cli.index import is_missing, run_reindex  # noqa: PLC0415 - imports the engine

    if is_missing(program):
        run_reindex(program, args)
        forget_index_jobs(program)
    return 0


def forget_index_jobs(program: Program) -> None:
    """A fresh index holds all that was promised to it before."""
    with program.writing() as session:
        session.execute(delete(OutboxJob).where(OutboxJob.kind == CHANGED))


def _prepared_from_nothing(program: Program, args: argparse.Namespace) -> bool:
    was_new = not is_current(program.database.engine)
    run_prepare(program, args)
    return was_new


def start_anew(program: Program, args: argparse.Namespace) -> None:
    """Become a fresh process that serves: loading a whole catalogue took 100 MB, which this
    one would keep."""
    program.database.engine.dispose()
    sys.stdout.flush()
    rest = ["--no-worker"] if args.no_worker else []
    command = [sys.executable, "-m", "portal", "-c", str(program.config), "serve", *rest]
    os.execv(command[0], command)  # noqa: S606 - our own


def run_serve(program: Program, args: argparse.Namespace) -> int:
    """Serve until stopped."""
    if args.prepare and _prepared_from_nothing(program, args):
        start_anew(program, args)
    from portal.cli.server import serve  # noqa: PLC0415 - imports the web application

    return serve(program, with_worker=not args.no_worker)


def run_worker(program: Program, args: argparse.Namespace) -> int:
    """Drain the outbox once or for ever."""
    from portal.cli.working import make_worker, stop_with_parent  # noqa: PLC0415 - imports search
    from portal.http.log import setup_logging  # noqa: PLC0415 - imports the web application

    setup_logging(program.settings.log_level)
    worker = make_worker(program, aside=not args.once)
    if args.once:
        worker.run_timers()
        print(f"{worker.drain()} việc đã làm", file=sys.stderr)
        return 0
    stop_with_parent(worker, args.parent)
    worker.run()
    return 0
