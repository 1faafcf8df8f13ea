"""Submission: complete or refused with every reason, once, and whole."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from content.audit import AuditEntry
from content.dossiers.holder import Holder
from content.dossiers.lookup_codes import parse_lookup_code, secret_matches
from content.dossiers.models import Attachment, Delivery, Dossier
from content.dossiers.states import Status
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files import StoredFile
from content.outbox import OutboxJob
from content.procedures import publishing
from content.procedures.kinds import Filing
from tests.content.dossiers_service.world import RECORD, World


def test_a_complete_draft_becomes_a_dossier_waiting_at_its_desk(world: World, clock) -> None:
    dossier = world.submitted(clock())
    assert dossier.status is Status.SUBMITTED
    assert parse_lookup_code(dossier.lookup_code) == dossier.lookup_code
    assert dossier.code is None
    assert dossier.due_date is None
    assert dossier.applicant_name == "Nguyễn Thị Hoa"
    assert dossier.applicant_key == "nguyen thi hoa"
    assert dossier.applicant_email == "congdan@example.vn"
    assert [file.paper for file in dossier.attachments] == ["Giấy tờ chứng minh chỗ ở hợp pháp"]
    # Monday 10:00, Tuesday is a holiday: 5.5 hours are left today.
    assert dossier.answer_by == datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def test_submission_leaves_a_log_line_an_audit_line_and_one_mail(world: World, clock) -> None:
    dossier = world.submitted(clock())
    line = world.session.scalars(select(AuditEntry).where(AuditEntry.action.like("dossier%"))).one()
    assert (line.action, line.subject) == ("dossier.submit_online", f"dossier:{dossier.id}")
    assert line.data == {"status": 1}
    world.session.refresh(dossier)
    event = dossier.events[0]
    assert (event.number, event.from_status, event.to_status) == (1, None, Status.SUBMITTED)
    job = world.session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).one()
    assert job.payload["template"] == "submitted"
    assert job.payload["to"] == "congdan@example.vn"
    assert job.payload["values"]["lookup_code"] == dossier.lookup_code
    secret = world.dossiers(clock()).secret_of(dossier)
    assert secret
    assert secret not in str(job.payload)


def test_a_second_submission_reaches_the_same_acknowledgement(world: World, clock) -> None:
    draft = world.draft(clock())
    first = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    secret = world.dossiers(clock()).secret_of(first)
    clock.move(seconds=2)
    second = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert second is first
    assert world.dossiers(clock()).secret_of(second) == secret
    assert len(world.session.scalars(select(Dossier)).all()) == 1
    assert len(world.session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()) == 1


def test_the_secret_is_kept_as_a_digest_only(world: World, clock) -> None:
    dossier = world.submitted(clock())
    secret = world.dossiers(clock()).secret_of(dossier)
    assert secret_matches(secret, dossier.secret_digest)
    columns = list(vars(dossier).values())
    assert secret not in map(str, columns)


def test_only_the_signed_in_owner_submits(world: World, clock) -> None:
    draft = world.draft(clock(), holder=Holder(token_digest="a" * 64))
    for account in (None, world.citizen):
        with pytest.raises(NotAllowed, match="sign_in_first"):
            world.dossiers(clock()).submit(draft, account, declared=True)
    assert world.drafts(clock()).adopt("a" * 64, world.citizen.id) == 1
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert dossier.owner_id == world.citizen.id
    assert dossier.attachments[0].file.owner_id == world.citizen.id


def test_an_empty_draft_is_refused_with_everything_that_is_missing(world: World, clock) -> None:
    draft = world.drafts(clock()).begin(world.procedure, world.holder)
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=False)
    assert refused.value.problems == {
        "form:ho_ten": "required",
        "form:co_con": "required",
        "form:ly_do": "required",
        "paper:1": "required",
        "agency": "required",
        "delivery": "required",
        "declaration": "required",
    }
    assert draft.dossier_id is None
    assert not world.session.scalars(select(Dossier)).all()


def test_an_absent_paper_needs_a_reason(world: World, clock) -> None:
    draft = world.draft(clock())
    token = world.drafts(clock()).attachments(draft)[0].token
    world.drafts(clock()).detach(draft, token)
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {"paper:1": "required"}
    world.drafts(clock()).excuse(draft, {"paper:1": "shown_at_desk"})
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert dossier.absences == [
        {"paper": "Giấy tờ chứng minh chỗ ở hợp pháp", "why": "shown_at_desk"}
    ]
    assert dossier.attachments == []


def test_results_by_post_need_an_address(world: World, clock) -> None:
    draft = world.draft(clock())
    choice = {"case": None, "agency_id": world.commune.id, "delivery": Delivery.POST}
    world.drafts(clock()).choose(draft, **choice)
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {"delivery_address": "required"}
    world.drafts(clock()).choose(draft, **choice, delivery_address="Số 5, xã An Bình")
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert dossier.delivery_address == "Số 5, xã An Bình"


def test_hidden_answers_and_foreign_files_are_never_stored(world: World, clock) -> None:
    now, drafts = clock(), world.drafts(clock())
    draft = world.draft(now)
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoa", "co_con": "co"})
    drafts.keep(draft, "noi_o", {"ly_do": "Về ở.", "ten_con": "Bé Na", "la": "lạ"})
    assert draft.answers["ten_con"] == "Bé Na"
    drafts.keep(draft, "nguoi_khai", {"ho_ten": "Hoa", "co_con": "khong"})
    claimed = {"token": "x" * 32, "name": "a.pdf", "size": 1, "type": "application/pdf"}
    row = {"ten": "An", "anh": [{**claimed, "digest": "0"}]}
    drafts.keep(draft, "noi_o", {"ly_do": "Về ở.", "thanh_vien": [row]})
    with pytest.raises(Invalid) as refused:
        world.dossiers(now).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {"form:thanh_vien/0/anh": "file_gone"}
    drafts.keep(draft, "noi_o", {"ly_do": "Về ở.", "thanh_vien": [{"ten": "An"}]})
    dossier = world.dossiers(now).submit(draft, world.citizen, declared=True)
    assert dossier.answers == {
        "ho_ten": "Hoa",
        "co_con": "khong",
        "ly_do": "Về ở.",
        "thanh_vien": [{"ten": "An"}],
    }
    assert draft.answers == {}


def test_a_file_in_a_row_goes_along_with_what_we_know_of_it(world: World, clock) -> None:
    now = clock()
    draft = world.draft(now)
    photo = world.attach(draft, now, slot="answers")
    unused = world.attach(draft, now, slot="answers")
    claimed = {"token": photo.token, "name": "lie.exe", "size": 1, "type": "text/html"}
    row = {"ten": "An", "anh": [{**claimed, "digest": "0"}]}
    world.drafts(now).keep(draft, "noi_o", {"ly_do": "Về ở.", "thanh_vien": [row]})
    dossier = world.dossiers(now).submit(draft, world.citizen, declared=True)
    told = dossier.answers["thanh_vien"][0]["anh"][0]
    assert (told["name"], told["type"]) == ("so-do.pdf", "application/pdf")
    assert told["digest"] == photo.file.sha256
    assert {one.token for one in dossier.attachments} >= {photo.token}
    world.session.flush()
    assert world.session.get(Attachment, unused.id) is None
    assert world.session.get(StoredFile, unused.file_id) is None


def test_lost_bytes_stop_the_submission(world: World, clock) -> None:
    draft = world.draft(clock())
    attachment = world.drafts(clock()).attachments(draft)[0]
    world.store.delete(attachment.file.key)
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {f"file:{attachment.token}": "file_lost"}


def test_a_superseded_version_shows_the_difference_and_asks_again(world: World, clock) -> None:
    draft = world.draft(clock())
    papers = [RECORD["dossier"][1], {"name": "Ảnh 3x4", "originals": 2, "copies": 0}]
    world.publish(clock(), time_limit={"value": 3, "unit": "ngày làm việc"}, dossier=papers)
    with pytest.raises(Conflict, match="version_superseded") as conflict:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert "time_limit.value" in {one.path for one in conflict.value.data["differences"]}
    world.drafts(clock()).follow(draft)
    # The file has followed its paper to the new place.
    assert [one.slot for one in world.drafts(clock()).attachments(draft)] == ["paper:0"]
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {"paper:1": "required"}
    world.attach(draft, clock(), slot="paper:1")
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert dossier.version is world.procedure.current_version


def test_nothing_is_filed_where_filing_has_ended(world: World, clock) -> None:
    draft = world.draft(clock())
    publishing.set_filing(world.procedure, Filing.NATIONAL, information_only=False)
    with pytest.raises(InvalidTransition, match="not_filed_here"):
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    with pytest.raises(InvalidTransition, match="not_filed_here"):
        world.drafts(clock()).begin(world.procedure, world.holder)


def test_an_agency_without_a_desk_receives_nothing(world: World, clock) -> None:
    draft = world.draft(clock())
    world.commune.kind = "commune"
    with pytest.raises(Invalid) as refused:
        world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert refused.value.problems == {"agency": "does_not_receive"}
