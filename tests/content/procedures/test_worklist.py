"""The editors' list: what is missing, what is due, what readers said."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Invalid, InvalidTransition
from content.outbox import OutboxJob
from content.people.models import Account, AccountKind
from content.procedures import checking, remarks
from content.procedures.drafting import DraftService
from content.procedures.kinds import Level
from content.procedures.remarks import RemarkKind
from content.procedures.worklist import Asked, Missing, Work, Worklist, counts
from tests.content.procedures.conftest import NOW, adopted, record

DAY = date(2026, 11, 23)


def found(session: Session, **asked: object) -> list[str | None]:
    page = Worklist().find(session, Asked(**asked), day=DAY)
    return sorted(row.line.code for row in page.items)


@pytest.fixture
def three(session: Session):
    steps = {"steps": ["Nộp"]}
    return adopted(
        session,
        record(code="1.000001", **steps),
        record(code="1.000002", name="Khác hẳn", fee=[], level="tỉnh", levels=["tỉnh"], **steps),
        record(code="1.000003", name="Không bước", time_limit={"value": 3, "unit": None}),
    )


def test_filters_find_by_words_level_and_what_is_missing(session, three):
    assert found(session) == ["1.000001", "1.000002", "1.000003"]
    assert found(session, words="khac HAN") == ["1.000002"]
    assert found(session, words="1.000003") == ["1.000003"]
    assert found(session, level=Level.PROVINCE) == ["1.000002"]
    assert found(session, missing=Missing.FEE) == ["1.000002"]
    assert found(session, missing=Missing.UNIT) == ["1.000003"]
    assert found(session, missing=Missing.STEPS) == ["1.000003"]
    assert found(session, missing=Missing.FILE) == ["1.000001", "1.000002", "1.000003"]
    (sector,) = Worklist().by_sector(session, day=DAY)
    assert (sector.name, sector.total, sector.missing[Missing.FEE]) == ("Hộ tịch", 3, 1)


def test_drafts_are_found_while_they_last(session, three):
    service = DraftService(session, NOW, None)
    draft = service.open(three[0].procedure)
    session.flush()
    assert found(session, work=Work.DRAFT) == ["1.000001"]
    service.save(draft, "giay-to", {"sets": 1, "dossier": [{"name": "Đơn", "originals": 1}]})
    service.send(draft)
    session.flush()
    assert found(session, work=Work.AWAITING) == ["1.000001"]
    assert counts(session, day=DAY)[Work.DRAFT] == 0


def test_a_new_procedure_is_in_the_list_before_anybody_reads_it(session):
    DraftService(session, NOW, None).create(record(code="1.000009"))
    session.flush()
    assert found(session) == ["1.000009"]


def test_a_check_says_who_when_and_when_again(session, three):
    procedure = three[0].procedure
    check = checking.mark_checked(session, procedure, by=None, now=NOW)
    session.flush()
    assert check.review_by == DAY + checking.USUAL_REVIEW
    assert checking.due(session, DAY) == {}
    assert checking.due(session, check.review_by) == {procedure.id: check.review_by}
    with pytest.raises(Invalid):
        checking.mark_checked(session, procedure, by=None, now=NOW, review_by=DAY)
    with pytest.raises(Invalid):
        checking.plan_review(session, procedure, date(2099, 1, 1), by=None, now=NOW)


def test_who_checked_is_reminded_once(session, three):
    person = Account(
        kind=AccountKind.OFFICIAL,
        name="Người Mẫu",
        email="mau@example.vn",
        email_key="mau@example.vn",
        password_hash="x",
        created_at=NOW,
    )
    session.add(person)
    session.flush()
    checking.mark_checked(
        session, three[0].procedure, by=person.id, now=NOW, review_by=DAY + timedelta(days=1)
    )
    session.flush()
    assert checking.remind(session, now=NOW) == 0
    later = NOW + timedelta(days=2)
    assert checking.remind(session, now=later) == 1
    session.flush()
    assert checking.remind(session, now=later) == 0
    mails = [one for one in session.scalars(select(OutboxJob)) if one.kind == "mail"]
    assert [one.payload["to"] for one in mails] == ["mau@example.vn"]


def test_a_remark_is_answered_once_and_the_answer_is_mailed(session, three):
    procedure = three[0].procedure
    told = remarks.leave(
        session, procedure, RemarkKind.WRONG, "Sai phí", contact="ba@example.vn", now=NOW
    )
    remarks.leave(session, procedure, RemarkKind.UNCLEAR, "Khó hiểu", contact="0912", now=NOW)
    session.flush()
    assert found(session, work=Work.REMARKS) == ["1.000001"]
    remarks.settle(session, told, answer="Đã sửa.", by=None, now=NOW, procedure_name="Thử")
    session.flush()
    with pytest.raises(InvalidTransition):
        remarks.settle(session, told, by=None, now=NOW)
    assert remarks.open_counts(session) == {procedure.id: 1}
    assert [one.settled_at is None for one in remarks.remarks_of(session, procedure)] == [
        True,
        False,
    ]
    mails = [one for one in session.scalars(select(OutboxJob)) if one.kind == "mail"]
    assert [one.payload["values"]["answer"] for one in mails] == ["Đã sửa."]
    acts = [one.action for one in session.scalars(select(AuditEntry))]
    assert "procedure.remark_answered" in acts
