"""Drafts keep the form they were begun on, until a logged job moves them."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.dossiers import form_moves
from content.dossiers.drafts import DraftService
from content.dossiers.models import Draft
from content.outbox import OutboxJob
from content.procedures import form_bindings
from content.procedures.form_bindings import StoredForms
from content.procedures.forms import FormDefinition, Kind, Question, Section
from tests.content.dossiers_service.world import World
from tests.support.clock import StoppedClock

A = Question("ho_ten", Kind.TEXT, "Họ tên", required=True)
B = Question("ly_do", Kind.TEXT, "Lý do")
FORM = FormDefinition("thu", "Thử", (Section("mot", "Một", (A, B)),))
NEXT = replace(FORM, sections=(Section("mot", "Một", (replace(A, label="Họ và tên"),)),))


def begun(world: World, session: Session, clock: StoppedClock) -> tuple[DraftService, Draft]:
    form_bindings.publish(session, FORM, clock())
    session.flush()
    code = world.procedure.code
    assert code is not None
    form_bindings.bind(session, code, world.procedure.level, "thu")
    drafts = DraftService(session, world.files, clock(), StoredForms(session))
    draft = drafts.begin(world.procedure, world.holder)
    drafts.keep(draft, "mot", {"ho_ten": "Lê A", "ly_do": "Đi học"})
    return drafts, draft


def test_a_draft_stays_on_its_version_until_it_is_moved(world: World, clock: StoppedClock) -> None:
    session = world.session
    drafts, draft = begun(world, session, clock)
    form_bindings.publish(session, NEXT, clock())
    session.flush()
    assert drafts.definition(draft) == FORM
    assert form_moves.waiting(session, "thu") == 1
    assert form_moves.ask_to_move(session, "thu", now=clock(), actor_id=None) == 1
    job = session.scalars(select(OutboxJob).where(OutboxJob.kind == form_moves.JOB)).one()
    assert form_moves.move_drafts(session, job.key, job.payload["number"], now=clock()) == 1
    assert form_moves.move_drafts(session, job.key, job.payload["number"], now=clock()) == 0
    assert drafts.definition(draft) == NEXT
    assert draft.answers == {"ho_ten": "Lê A"}
    told = form_moves.unseen(session, draft)
    assert told is not None
    assert told.losses == [{"label": "Lý do", "said": "Đi học", "why": "gone"}]
    report = form_moves.reports(session, "thu")[0]
    assert (report.number, report.drafts, report.whole, report.kept, report.lost) == (2, 1, 0, 1, 1)
    form_moves.mark_seen(session, draft, clock())
    assert form_moves.unseen(session, draft) is None
    assert "form.drafts_moved" in set(session.scalars(select(AuditEntry.action)))


def test_a_sent_dossier_is_never_touched(world: World, clock: StoppedClock) -> None:
    session = world.session
    _drafts, draft = begun(world, session, clock)
    draft.answers = {}
    dossier = world.dossiers(clock()).submit(world.draft(clock()), world.citizen, declared=True)
    filed = dict(dossier.answers), dict(dossier.form or {})
    form_bindings.publish(session, NEXT, clock())
    session.flush()
    form_moves.move_drafts(session, "thu", 2, now=clock())
    session.refresh(dossier)
    assert (dossier.answers, dossier.form) == filed


def test_a_deleted_draft_takes_its_report_with_it(world: World, clock: StoppedClock) -> None:
    session = world.session
    drafts, draft = begun(world, session, clock)
    form_bindings.publish(session, NEXT, clock())
    session.flush()
    form_moves.move_drafts(session, "thu", 2, now=clock())
    session.flush()
    drafts.drop(draft)
    session.flush()
    assert form_moves.reports(session, "thu") == []


def test_an_unknown_form_has_nothing_to_move(world: World, clock: StoppedClock) -> None:
    with pytest.raises(form_moves.NotFound):
        form_moves.ask_to_move(world.session, "khong-co", now=clock(), actor_id=None)
