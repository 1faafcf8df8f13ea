"""Editing: in drafts only, checked as an import is."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition
from content.procedures import editing, publishing, reads
from content.procedures.kinds import EntryKind, LimitUnit, Status, VersionState
from content.procedures.merging import queue
from content.procedures.models import ProcedureVersion
from content.procedures.publishing import Publication
from content.procedures.standing import coming_version
from content.procedures.standing import today as day_of
from tests.content.procedures.conftest import NOW, adopted, decision, record

TODAY = day_of(NOW)


@pytest.fixture
def draft(session: Session) -> ProcedureVersion:
    (version,) = adopted(session, record())
    return editing.open_draft(version.procedure, now=NOW)


def paths(draft: ProcedureVersion) -> list[str]:
    return [one.path for one in editing.changes(draft)]


def test_a_draft_begins_as_what_people_read_and_is_made_once(draft, session):
    assert paths(draft) == []
    assert draft.number == 2
    assert editing.open_draft(draft.procedure, now=NOW) is draft
    assert draft.document is not draft.procedure.current_version.document


def test_a_draft_goes_on_from_what_is_coming_not_from_what_it_replaces(draft, session):
    procedure = draft.procedure
    editing.set_fee(draft, 0, amount=9000)
    publishing.submit(draft)
    coming = decision("13/QĐ-UBND", signed_on=TODAY, effective_on=TODAY + timedelta(days=6))
    publishing.publish(session, coming, [Publication(draft, EntryKind.AMENDED)], now=NOW)
    assert procedure.current_version.number == 1
    assert queue.working(procedure)["fee"][0]["amount"] == 9000
    following = editing.open_draft(procedure, now=NOW)
    assert following.document["fee"][0]["amount"] == 9000
    assert paths(following) == []
    assert coming_version(procedure, TODAY) is draft
    assert coming_version(procedure, TODAY + timedelta(days=6)) is None


def test_items_are_added_and_removed_as_one_difference_each(draft):
    editing.add_item(draft, "dossier", {"name": "Ảnh 4x6", "originals": 2}, at=0)
    assert paths(draft) == ["dossier[0]"]
    editing.remove_item(draft, "dossier", 0)
    assert paths(draft) == []
    editing.add_item(draft, "fee", {"kind": "phí", "amount": 0})
    editing.add_item(draft, "steps", "Nộp hồ sơ")
    assert paths(draft) == ["fee[1]", "steps"]


def test_a_limit_can_be_written_where_there_was_none(draft):
    editing.set_field(draft, "time_limit", None)
    editing.set_limit(draft, value=5, unit="ngày")
    assert draft.document["time_limit"] == {"value": 5, "unit": "ngày", "text": None}
    assert (draft.limit_value, draft.limit_unit) == (5, LimitUnit.DAY)
    editing.set_field(draft, "local_limit", {"value": 2, "unit": "ngày làm việc", "text": None})
    assert (draft.local_limit_value, draft.local_limit_unit) == (2, LimitUnit.WORKING_DAY)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda draft: editing.set_fee(draft, 0, amount=-5), "fee[0].amount"),
        (lambda draft: editing.set_fee(draft, 7, amount=5), "fee[7].amount"),
        (lambda draft: editing.set_paper(draft, 0, name=""), "dossier[0].name"),
        (lambda draft: editing.rename_case(draft, "Không có", "x"), "dossier"),
        (lambda draft: editing.remove_item(draft, "forms", 9), "forms[9]"),
        (lambda draft: editing.add_item(draft, "levels", "xã"), "levels"),
        (lambda draft: editing.set_field(draft, "code", "1.999999"), "code"),
        (lambda draft: editing.set_field(draft, "name.first", "x"), "name.first"),
        (lambda draft: editing.set_field(draft, "fee[0][0]", "x"), "fee[0][0]"),
    ],
)
def test_a_bad_change_is_refused_and_leaves_the_draft_as_it_was(draft, change, path):
    before = draft.document
    with pytest.raises(Invalid) as refused:
        change(draft)
    assert list(refused.value.problems) == [path]
    assert draft.document == before


def test_what_waits_or_is_published_cannot_be_edited(draft, session):
    publishing.submit(draft)
    with pytest.raises(InvalidTransition):
        editing.set_field(draft, "result", "x")
    with pytest.raises(Conflict):
        editing.open_draft(draft.procedure, now=NOW)
    with pytest.raises(InvalidTransition):
        editing.discard_draft(session, draft)
    with pytest.raises(InvalidTransition):
        editing.set_field(draft.procedure.current_version, "result", "x")


def test_a_draft_can_be_thrown_away(draft, session):
    procedure = draft.procedure
    session.flush()
    editing.discard_draft(session, draft)
    session.flush()
    held = select(func.count()).where(ProcedureVersion.procedure_id == procedure.id)
    assert session.scalar(held) == 1


def test_a_new_procedure_is_seen_by_editors_only_until_published(session: Session):
    draft = editing.new_procedure(session, record(code=None, name="Thủ tục mới"), now=NOW)
    session.flush()
    assert draft.procedure.status is Status.DRAFT
    assert reads.find(session, "thu-tuc-moi") is None
    with pytest.raises(InvalidTransition):
        publishing.abolish(session, decision("9/QĐ"), [draft.procedure], now=NOW)
    publishing.submit(draft)
    publishing.publish(session, decision(), [Publication(draft)], now=NOW)
    session.flush()
    found = reads.find(session, "thu-tuc-moi")
    assert found is draft.procedure
    assert found.current_version.state is VersionState.PUBLISHED
    assert found.sector.name == "Hộ tịch"


def test_a_broken_new_procedure_is_refused(session: Session):
    with pytest.raises(Invalid):
        editing.new_procedure(session, record(level="làng"), now=NOW)


def test_nothing_can_be_drafted_from_nothing(session: Session):
    draft = editing.new_procedure(session, record(), now=NOW)
    session.flush()
    procedure = draft.procedure
    editing.discard_draft(session, draft)
    with pytest.raises(InvalidTransition):
        editing.open_draft(procedure, now=NOW)
