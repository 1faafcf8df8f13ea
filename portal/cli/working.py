"""Putting the worker together: which handler does which job, and what runs by the clock."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import templates
from content import audit, changes
from content.agencies.keeping import begin_announced
from content.calendar.store import load_calendar
from content.dossiers import form_moves, lateness, officer_news, opinion_watch
from content.dossiers.drafts import DraftService
from content.dossiers.log import LETTER
from content.dossiers.stopping import StopService
from content.enquiries import forgetting
from content.figures import exports
from content.files import FileService
from content.letters import packs
from content.library.reading import read_file
from content.library.service import READ
from content.media.service import SMALLER
from content.media.smaller import make_smaller
from content.news import review as news_review
from content.newsletter import subscribing
from content.newsletter.issues import SEND, write_mails
from content.outbox import Job
from content.procedures import checking, decision_reminders
from content.procedures.form_bindings import StoredForms
from content.procedures.publishing import take_effect
from content.signing import stamping
from content.signing.register import CertificateRegister
from content.workbook import reminding
from content.writing import autosave, reviews, texts, trash
from portal import mail, make_app
from portal.cli.program import Program
from portal.editorial.imports import background
from portal.exchange_parts import Aside, ExchangeWork
from portal.filing import Kept, rules_of_worker, site_of_letters
from portal.links import checking as link_checking
from portal.links.inside import Inside
from portal.links.outside import Outside
from portal.paper_maker import PaperMaker
from portal.posting import PackMaker
from portal.report_exports import ExportMaker
from portal.signing_parts import signing_options
from portal.worker import Handler, Timer, Worker
from search.indexer import Indexer
from search.whoosh_index import WhooshIndex

PARENT_CHECK = 2.0


def make_worker(program: Program, *, aside: bool = False) -> Worker:
    """The worker of one site; ``aside``: other systems are talked to in a thread of its own."""
    settings = program.settings
    mail_templates = Path(templates.__file__).parent / "mail"
    indexer = Indexer(program.database.sessions, WhooshIndex(settings.index_dir))
    links = link_checker(program)
    work = ExchangeWork(program.database, program.file_store, settings, lambda: program.now)
    exchange = Aside(work) if aside else work
    handlers: dict[str, Handler] = {
        mail.KIND: mail.MailHandler(mail.make_mailer(settings), settings, mail_templates),
        changes.CHANGED: indexer.handle,
        form_moves.JOB: draft_mover(program),
        background.KIND: background.ImportHandler(
            program.writing, program.file_store, lambda: program.now
        ),
        LETTER: PaperMaker(
            program.database,
            program.file_store,
            site_of_letters(settings),
            lambda: program.now,
            Kept().letters,
        ),
        packs.JOB: PackMaker(program.database, program.file_store, settings, lambda: program.now),
        exports.JOB: ExportMaker(program.database, program.file_store, lambda: program.now),
        link_checking.JOB: links.handle,
        READ: lambda jobs: read_documents(program, jobs),
        SEND: lambda jobs: write_newsletters(program, jobs),
        SMALLER: lambda jobs: make_smaller_pictures(program, jobs),
        stamping.JOB: lambda jobs: stamp_documents(program, jobs),
        **exchange.handlers(),
    }
    build_index = Timer("build_missing_index", timedelta(minutes=1), indexer.ensure)
    look_at_links = Timer("look_at_links", timedelta(seconds=20), links.tick)
    clock = (look_at_links, *(Timer(*one) for one in exchange.timers()), *timers(program))
    return Worker(program.database, lambda: program.now, handlers, (build_index, *clock))


def link_checker(program: Program) -> link_checking.LinkChecker:
    """What tries links: those of this site by the application itself, made when needed."""
    settings = program.settings

    def inside() -> Inside:
        app = make_app(settings, database=program.database, file_store=program.file_store)
        return Inside(app, settings.site.base_url)

    return link_checking.LinkChecker(
        link_checking.Ground(
            program.reading,
            program.writing,
            lambda: program.now,
            urlsplit(settings.site.base_url).netloc,
        ),
        inside,
        Outside() if settings.editorial.check_other_hosts else None,
    )


def make_smaller_pictures(program: Program, jobs: list[Job]) -> None:
    """Encode pictures of the library once more, smaller."""
    for job in jobs:
        make_smaller(
            program.reading,
            program.writing,
            program.file_store,
            program.now,
            int(job.key),
            job.payload["digest"],
        )


def stamp_documents(program: Program, jobs: list[Job]) -> None:
    """Ask for timestamps that could not be had when a document was signed."""
    for job in jobs:
        stamping.stamp(
            program.reading,
            program.writing,
            program.file_store,
            program.now,
            signing_options(program.settings),
            job.key,
        )


def read_documents(program: Program, jobs: list[Job]) -> None:
    """Read the text of files of legal documents."""
    for job in jobs:
        at = program.now
        read_file(program.reading, program.writing, program.file_store, at, int(job.key))


def write_newsletters(program: Program, jobs: list[Job]) -> None:
    """Put the mails of issues into the outbox, a batch in a transaction."""
    for job in jobs:
        more = True
        while more:
            with program.writing() as session:
                more = write_mails(session, int(job.key), program.now)


def draft_mover(program: Program) -> Handler:
    """Carries open drafts over to the version of their form that a job names."""

    def run(jobs: list[Job]) -> None:
        for job in jobs:
            with program.writing() as session:
                form_moves.move_drafts(session, job.key, job.payload["number"], now=program.now)

    return run


def timers(program: Program) -> tuple[Timer, ...]:
    """What runs by the clock."""

    def seal_audit() -> None:
        with program.writing() as session:
            while audit.seal(session, program.now):
                session.flush()  # the next batch starts after this one

    def sweep_files() -> None:
        with program.writing() as session:
            FileService(session, program.file_store).sweep()

    def take_back_what_is_over() -> None:
        with program.writing() as session:
            news_review.take_back_what_is_over(session, program.now)

    def empty_the_bin() -> None:
        with program.writing() as session:
            trash.purge(session, program.now)
            autosave.purge(session, program.now)

    return (
        Timer("watch_deadlines", timedelta(minutes=15), until_none(program, watch_deadlines)),
        Timer("tell_officers", timedelta(minutes=1), until_none(program, tell_officers)),
        Timer("forget_news", timedelta(hours=1), lambda: forget_news(program)),
        Timer("opinions", timedelta(minutes=15), until_none(program, remind_of_opinions)),
        Timer("stop_what_lapsed", timedelta(minutes=15), until_none(program, stop_a_batch)),
        Timer("publish_what_is_due", timedelta(minutes=1), lambda: follow_the_day(program)),
        Timer("take_back_what_is_over", timedelta(minutes=1), take_back_what_is_over),
        Timer("hours_of_the_day", timedelta(minutes=15), lambda: follow_the_hours(program)),
        Timer("empty_the_bin", timedelta(hours=1), empty_the_bin),
        Timer("find_what_editors_write", timedelta(hours=1), lambda: find_texts(program)),
        Timer("remind_of_work", timedelta(hours=1), until_none(program, remind_of_work)),
        Timer("certificates_that_end", timedelta(hours=1), lambda: remind_of_ends(program)),
        Timer("forget_who_asked", timedelta(hours=1), lambda: forget_who_asked(program)),
        Timer("forget_exports", timedelta(hours=1), lambda: forget_exports(program)),
        Timer("forget_unconfirmed", timedelta(hours=1), lambda: forget_unconfirmed(program)),
        Timer("purge_drafts", timedelta(hours=1), until_none(program, purge_a_batch)),
        Timer("seal_audit", timedelta(minutes=1), seal_audit),
        Timer("sweep_files", timedelta(hours=1), sweep_files),
    )


def until_none(program: Program, batch: Callable[[Program], int]) -> Callable[[], None]:
    """Batch after batch, each in a transaction of its own, until one finds nothing."""

    def run() -> None:
        while batch(program):
            pass

    return run


def follow_the_day(program: Program) -> None:
    """Bring into force what the day brings, and remind of what it asks for."""
    with program.writing() as session:
        take_effect(session, now=program.now)
        checking.remind(session, now=program.now)
        reviews.remind(session, now=program.now)
        decision_reminders.remind(session, load_calendar(session), now=program.now)


def follow_the_hours(program: Program) -> None:
    """Readers see the hours that were announced for today."""
    with program.writing() as session:
        begin_announced(session, program.now)


def find_texts(program: Program) -> None:
    """Keep the words of what editors cannot find yet, a batch a transaction."""
    more = True
    while more:
        with program.writing() as session:
            more = bool(texts.complete(session))


def watch_deadlines(program: Program) -> int:
    """Tell of dossiers near or past their date, a batch in a transaction of its own; how
    many there were."""
    settings = program.settings
    with program.writing() as session:
        rules = rules_of_worker(session, settings)
        return lateness.watch(
            session, rules, program.now, lambda to: mail.is_official(settings.mail, to)
        )


def tell_officers(program: Program) -> int:
    """Write mails of what is new for officers, a batch in a transaction of its own."""
    settings = program.settings
    with program.writing() as session:
        return officer_news.send(
            session, program.now, lambda to: mail.is_official(settings.mail, to)
        )


def forget_news(program: Program) -> None:
    """What officers were told of long ago is not needed."""
    with program.writing() as session:
        officer_news.forget(session, program.now)


def remind_of_opinions(program: Program) -> int:
    """Remind of opinions that are awaited, a batch in a transaction of its own."""
    settings = program.settings
    with program.writing() as session:
        return opinion_watch.remind(
            session,
            load_calendar(session),
            program.now,
            lambda to: mail.is_official(settings.mail, to),
        )


def stop_a_batch(program: Program) -> int:
    """Stop dossiers whose applicants were waited for in vain; how many there were."""
    with program.writing() as session:
        rules = rules_of_worker(session, program.settings)
        service = StopService(session, program.now, rules)
        return sum(service.expire_by_clock(one) for one in service.expired())


def remind_of_work(program: Program) -> int:
    """Tell owners of entries of the book of work that are due, a batch in a transaction of its
    own; how many there were."""
    settings = program.settings
    with program.writing() as session:
        return reminding.remind(
            session, program.now, lambda to: mail.is_official(settings.mail, to)
        )


def remind_of_ends(program: Program) -> None:
    """Tell the owners of certificates that end soon."""
    with program.writing() as session:
        CertificateRegister(session, program.now).remind()


def forget_who_asked(program: Program) -> None:
    """Erase who asked what was answered long ago."""
    with program.writing() as session:
        forgetting.forget(session, program.now, program.settings.editorial.enquiry_days)


def forget_unconfirmed(program: Program) -> None:
    """Erase addresses of the newsletter that nobody confirmed."""
    with program.writing() as session:
        subscribing.forget_unconfirmed(session, program.now)


def forget_exports(program: Program) -> None:
    """Delete exported lists of dossiers after a week: they hold people's names."""
    with program.writing() as session:
        exports.forget(session, program.now)


def purge_a_batch(program: Program) -> int:
    """Delete some expired drafts in a transaction of their own; how many there were."""
    with program.writing() as session:
        files = FileService(session, program.file_store)
        return DraftService(session, files, program.now, StoredForms(session)).purge_expired()


def stop_with_parent(worker: Worker, parent: int | None) -> None:
    """Stop on SIGTERM, and when the process that started us is gone."""
    signal.signal(signal.SIGTERM, lambda *_: worker.stopping.set())
    signal.signal(signal.SIGINT, lambda *_: worker.stopping.set())
    if parent is None:
        return

    def watch() -> None:
        while not worker.stopping.wait(PARENT_CHECK):
            if os.getppid() != parent:
                worker.stopping.set()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
