"""The worker's timers on a site: officers are told by mail, lapsed dossiers are stopped."""

import dataclasses

from sqlalchemy import select

from content.dossiers.proposals import ProposalKind, open_proposal
from content.dossiers.states import Status
from content.dossiers.supplements import SupplementService, Wanted
from content.outbox import OutboxJob
from portal import mail
from portal.cli.working import make_worker, stop_a_batch, watch_deadlines
from tests.support.clocked import clocked
from tests.support.dossiers import account, file_all, services, stored
from tests.support.handling import in_progress, opened, rule
from tests.support.site import Site


def test_mails_of_deadlines_are_rendered_and_leave_once(site: Site) -> None:
    code = in_progress(site)
    with clocked(site) as program:
        site.clock.move(days=4)  # Friday: the date is today
        assert watch_deadlines(program) == 1
        assert watch_deadlines(program) == 0
        site.clock.move(days=1)
        assert watch_deadlines(program) == 1
        assert make_worker(program).drain() >= 4
    letters = [one.read_text("utf-8") for one in sorted((site.folder / "mail").glob("*.eml"))]
    told = [one for one in letters if "chuyenvien@example.vn" in one]
    assert len(told) == 2
    assert any(f"/can-bo/ho-so/{code}" in one for one in told)


def test_who_never_answered_is_stopped(site: Site) -> None:
    code = file_all(site)[0]
    rule(site, code, supplement_wait_days=1)
    with opened(site, code) as (session, dossier):
        rules = services(site, session)[1].rules
        wanted = Wanted({"paper:0": ""}, "Bản chụp bị mờ.")
        service = SupplementService(session, site.clock(), rules)
        service.ask(dossier, account(session, "motcua@example.vn"), wanted)
    with clocked(site) as program:
        assert stop_a_batch(program) == 0
        site.clock.move(days=3)
        assert stop_a_batch(program) == 1
        assert stop_a_batch(program) == 0
        make_worker(program).drain()
    assert stored(site, code).status is Status.STOPPED
    with site.database.sessions() as session:
        failed = session.scalars(select(OutboxJob.last_error).where(OutboxJob.kind == "mail"))
        assert not [one for one in failed if one]


def test_a_draft_of_the_apology_waits_for_its_reason(site: Site) -> None:
    code = in_progress(site)
    with clocked(site) as program:
        site.clock.move(days=3)  # Thursday: one working day is left
        watch_deadlines(program)
    with opened(site, code) as (session, dossier):
        prepared = open_proposal(session, dossier, ProposalKind.APOLOGY)
        assert prepared is not None
        assert prepared.text == ""


def test_official_domains(site: Site) -> None:
    settings = dataclasses.replace(site.settings.mail, official=("sonhamau.gov.vn",))
    assert mail.is_official(settings, "a@Sonhamau.gov.vn")
    assert mail.is_official(settings, "a@xa.sonhamau.gov.vn")
    assert not mail.is_official(settings, "a@gmail.com")
    assert not mail.is_official(settings, "a@khongsonhamau.gov.vn")
    assert mail.is_official(site.settings.mail, "a@gmail.com")
