"""The sample month: ``seed --month``."""

import sys

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from content.files import FileService
from content.outbox import OutboxJob
from content.seed.month.loader import Surroundings, seed_month
from content.seed.month.playing import Played
from content.words import local, short_date
from portal.cli.program import Program
from portal.filing import rules_of_worker
from portal.security.passwords import Argon2Hasher

#: Acts between two lines of progress.
_OFTEN = 25


def run_month(program: Program, count: int) -> None:
    """Play the month up to now in one transaction; on a terminal shows the day it has come to."""
    with program.writing() as session:
        before = session.scalar(select(func.max(OutboxJob.id))) or 0
        around = Surroundings(
            files=FileService(session, program.file_store),
            rules=rules_of_worker(session, program.settings),
            now=program.now,
        )
        for told in seed_month(session, around, Argon2Hasher(), count):
            if isinstance(told, str):
                _progress("")
                print(told)
            elif told.acts % _OFTEN == 0:
                _progress(_words(told, count))
        _forget_mails(session, before)
        _promise_now(session, before, program)


def _words(told: Played, count: int) -> str:
    return f"Tháng mẫu: ngày {short_date(local(told.now).date())}, {told.dossiers}/{count} hồ sơ"


def _progress(words: str) -> None:
    """One line, written over the last one; silent where nobody looks."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _forget_mails(session: Session, before: int) -> None:
    """What would have been written to people weeks ago is not sent today."""
    session.flush()  # a statement deletes only what has been written
    session.execute(delete(OutboxJob).where(OutboxJob.kind == "mail", OutboxJob.id > before))


def _promise_now(session: Session, before: int, program: Program) -> None:
    """The papers of weeks ago are asked for today: no worker is late with them."""
    due = {"created_at": program.now, "not_before": program.now}
    session.execute(update(OutboxJob).where(OutboxJob.id > before).values(due))
