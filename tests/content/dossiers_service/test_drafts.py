"""Drafts: kept at each step, never lost to a second tab, found by their owner alone."""

import io

import pytest
from sqlalchemy import select

from content.dossiers.holder import Holder
from content.dossiers.models import Attachment, Draft
from content.dossiers.papers import AnsweredBy, missing_papers, papers_to_give
from content.dossiers.rules import FileLimits
from content.errors import Conflict, Invalid, InvalidTransition, NotFound, TooMany
from content.files import MemoryStore, StoredFile
from content.procedures import publishing
from content.procedures.kinds import Filing
from portal.database import Database
from tests.content.dossiers_service.world import (
    HOME_PAPER,
    PDF,
    RECORD,
    RELIGIOUS,
    World,
    build,
    reopen,
)

VISITOR = Holder(token_digest="b" * 64)


def test_two_tabs_on_different_steps_keep_each_others_answers(
    any_database: Database, clock
) -> None:
    store = MemoryStore()
    with any_database.writing_sessions.begin() as session:
        world = build(session, clock(), store)
        key = world.drafts(clock()).begin(world.procedure, world.holder).key
    steps = (
        ("nguoi_khai", {"ho_ten": "Hoa", "co_con": "khong"}),
        ("noi_o", {"ly_do": "Về ở."}),
    )
    # Both tabs have read the draft before either writes.
    sessions = [any_database.sessions(), any_database.sessions()]
    tabs = [reopen(session, store) for session in sessions]
    drafts = [tab.drafts(clock()).find(key, tab.holder) for tab in tabs]
    for session in sessions:
        session.rollback()
    for session, tab, draft, (step, answers) in zip(sessions, tabs, drafts, steps, strict=True):
        tab.drafts(clock()).keep(draft, step, answers)
        session.commit()
        session.close()
    with any_database.sessions() as session:
        draft = session.scalars(select(Draft)).one()
        assert draft.answers == {"ho_ten": "Hoa", "co_con": "khong", "ly_do": "Về ở."}


def test_a_step_kept_again_replaces_its_own_answers_only(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoa", "dien_thoai": "0912345678"})
    drafts.keep(draft, "noi_o", {"ly_do": "Về ở.", "ho_ten": "không phải của bước này"})
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoà"})
    assert draft.answers == {"ho_ten": "Hoà", "ly_do": "Về ở."}
    assert draft.step == "nguoi_khai"
    with pytest.raises(NotFound):
        drafts.keep(draft, "khong_co", {})


def test_what_nobody_can_store_is_cleaned(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoa\x00 \ud800\u202eB", "co_con": {"a": 1}})
    world.session.flush()
    world.session.refresh(draft)
    assert draft.answers == {"ho_ten": "Hoa \ufffdB"}


def test_answers_beyond_all_measure_are_refused(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    with pytest.raises(TooMany, match="answers_too_large"):
        drafts.keep(draft, "noi_o", {"ly_do": "a" * 600_000})


def test_a_draft_is_found_by_its_holder_alone(world: World, clock) -> None:
    drafts = world.drafts(clock())
    mine = drafts.begin(world.procedure, world.holder)
    visitors = drafts.begin(world.procedure, VISITOR)
    assert drafts.find(mine.key, world.holder) is mine
    assert drafts.find(visitors.key, VISITOR) is visitors
    strangers = (Holder(), Holder(token_digest="c" * 64), Holder(account_id=world.officer.id))
    for draft in (mine, visitors):
        for stranger in strangers:
            with pytest.raises(NotFound):
                drafts.find(draft.key, stranger)
    assert drafts.drafts_of(Holder()) == []
    assert drafts.drafts_of(VISITOR) == [visitors]
    with pytest.raises(NotFound):
        drafts.find("nothing\x00here", world.holder)


def test_the_draft_comes_along_at_sign_in(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, VISITOR)
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoa"})
    assert drafts.adopt("b" * 64, world.citizen.id) == 1
    assert drafts.adopt("b" * 64, world.officer.id) == 0
    assert drafts.find(draft.key, world.holder).answers == {"ho_ten": "Hoa"}
    with pytest.raises(NotFound):
        drafts.find(draft.key, VISITOR)


def test_a_submitted_draft_can_be_found_but_not_changed(world: World, clock) -> None:
    draft = world.draft(clock())
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    drafts = world.drafts(clock())
    assert drafts.find(draft.key, world.holder).dossier is dossier
    assert drafts.drafts_of(world.holder) == []
    with pytest.raises(Conflict, match="draft_submitted"):
        drafts.keep(draft, "noi_o", {"ly_do": "Khác."})
    with pytest.raises(Conflict, match="draft_submitted"):
        world.attach(draft, clock())


def test_drafts_expire_and_take_their_files_along(world: World, clock) -> None:
    old = world.draft(clock())
    sent = world.submitted(clock())
    clock.move(days=20)
    young = world.draft(clock())
    clock.move(days=11)
    with pytest.raises(NotFound):
        world.drafts(clock()).find(old.key, world.holder)
    assert world.drafts(clock()).purge_expired() == 2
    world.session.flush()
    assert list(world.session.scalars(select(Draft))) == [young]
    files = set(world.session.scalars(select(StoredFile.key)))
    assert len(files) == 2
    assert len(world.session.scalars(select(Attachment)).all()) == 2
    assert world.files.sweep(older_than=-1) == 1
    world.session.refresh(sent)
    assert world.files.open(sent.attachments[0].file).read() == PDF


def test_files_have_limits_of_size_number_and_sum(world: World, clock) -> None:
    draft = world.drafts(clock()).begin(world.procedure, world.holder)
    drafts = world.drafts(clock(), FileLimits(file=100, dossier=150, count=3))

    def attach(size: int) -> Attachment:
        source = io.BytesIO(b"x" * size)
        return drafts.attach(
            draft, source, name="a.pdf", media_type="application/pdf", slot=HOME_PAPER
        )

    with pytest.raises(Invalid) as refused:
        attach(0)
    assert refused.value.problems == {"file": "file_empty"}
    with pytest.raises(TooMany, match="file_too_large"):
        attach(101)
    first = attach(100)
    with pytest.raises(TooMany, match="files_too_large"):
        attach(51)
    attach(25)
    attach(25)
    with pytest.raises(TooMany, match="too_many_files"):
        attach(1)
    drafts.detach(draft, first.token)
    drafts.detach(draft, "unknown")
    assert [one.position for one in drafts.attachments(draft)] == [2, 3]
    assert attach(1).position == 4
    assert drafts.attachment(draft, first.token) is None


def test_a_case_brings_its_own_papers(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder, case=RELIGIOUS)
    papers = papers_to_give(draft.version, draft.case, drafts.definition(draft))
    assert [paper.slot for paper in papers] == ["paper:0", "paper:1", "paper:2", "paper:3"]
    assert [one.name for one in missing_papers(papers, [], {})] == [
        RECORD["dossier"][1]["name"],
        RECORD["dossier"][3]["name"],
    ]
    assert papers[0].answered_by is AnsweredBy.THE_FORM
    drafts.choose(draft, case=None, agency_id=None)
    papers = papers_to_give(draft.version, draft.case, drafts.definition(draft))
    assert [paper.slot for paper in papers] == ["paper:0", "paper:1", "paper:2"]
    with pytest.raises(Invalid):
        drafts.begin(world.procedure, world.holder, case="Không có")


def test_reasons_for_absent_papers_come_from_a_closed_list(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    for absences in ({"paper:1": "vì vậy"}, {"paper:99": "already_held"}, {"x": ""}):
        with pytest.raises(Invalid):
            drafts.excuse(draft, absences)
    drafts.excuse(draft, {"paper:1": "already_held", "paper:2": "not_applicable"})
    drafts.excuse(draft, {"paper:1": ""})
    assert draft.absences == {"paper:2": "not_applicable"}


def test_following_a_new_version_keeps_what_still_fits(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder, case=RELIGIOUS)
    drafts.excuse(draft, {"paper:1": "already_held", "paper:2": "not_applicable"})
    world.attach(draft, clock(), slot="paper:3")
    world.publish(clock(), dossier=[RECORD["dossier"][2], RECORD["dossier"][1]])
    drafts.follow(draft)
    assert draft.version is world.procedure.current_version
    assert draft.case is None
    assert draft.absences == {"paper:1": "already_held", "paper:0": "not_applicable"}
    assert drafts.attachments(draft) == []


def test_choices_are_checked(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    for agency_id in (987654, -1, 10**30):
        with pytest.raises(Invalid):
            drafts.choose(draft, case=None, agency_id=agency_id)
    with pytest.raises(Invalid):
        drafts.choose(draft, case=None, agency_id=None, delivery_address="x" * 501)
    with pytest.raises(Invalid):
        drafts.choose(draft, case="Lạ", agency_id=None)


def test_a_file_needs_a_slot_that_is_asked_for(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    for slot in ("", "paper:4", "paper:-1", "x" * 200, "paper:1\x00"):
        with pytest.raises(Invalid) as refused:
            world.attach(draft, clock(), slot=slot)
        assert refused.value.problems == {"slot": "unknown"}
    source = io.BytesIO(PDF)
    kept = drafts.attach(
        draft, source, name="a\x00" + "b" * 400, media_type="application/pdf", slot="answers"
    )
    assert kept.name == "a " + "b" * 253
    assert drafts.attachments(draft, "answers") == [kept]
    assert drafts.attachments(draft, "paper:1") == []


def test_a_draft_of_an_ended_procedure_cannot_follow(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder)
    publishing.set_filing(world.procedure, Filing.COUNTER, information_only=False)
    with pytest.raises(InvalidTransition, match="not_filed_here"):
        drafts.follow(draft)


def test_following_keeps_a_case_that_is_still_offered(world: World, clock) -> None:
    drafts = world.drafts(clock())
    draft = drafts.begin(world.procedure, world.holder, case=RELIGIOUS)
    world.publish(clock(), time_limit={"value": 9, "unit": "ngày", "text": None})
    drafts.follow(draft)
    assert draft.case == RELIGIOUS


def test_a_draft_that_its_owner_drops_is_gone_with_its_files(world: World, clock) -> None:
    draft = world.draft(clock())
    world.drafts(clock()).drop(draft)
    world.session.flush()
    for table in (Draft, Attachment, StoredFile):
        assert world.session.scalars(select(table)).all() == []
