"""Import and export: nothing lost, nothing half-written, every difference named."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Invalid
from content.outbox import OutboxJob
from content.procedures import editing, exporting, importing, publishing, reads
from content.procedures.importing import Change
from content.procedures.kinds import EntryKind, Level, Status, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.parts import Fee, FormFile, LegalBasis, ProcedureCase, RequiredPaper
from content.procedures.reading import read_rows
from content.procedures.records import canonical
from tests.content.procedures.conftest import (
    NOW,
    adopted,
    decision,
    record,
    rows,
    sample_data,
    sample_records,
    take_in,
)
from tests.content.procedures.strategies import records

#: A copy from the register: a fee, a case, a legal basis, a limit.
CODE = "2.000635"


def counts(planned: importing.Plan) -> tuple[int, int, int, int]:
    return tuple(planned.counts[change.value] for change in Change)  # type: ignore[return-value]


def test_the_sample_imports_whole_and_a_second_time_changes_nothing(stocked: Session):
    assert stocked.scalar(select(func.count(Procedure.id))) == 1664
    again = importing.plan(stocked, read_rows(sample_data()))
    assert counts(again) == (0, 0, 1664, 0)
    assert importing.apply(stocked, again, now=NOW) == []
    assert not stocked.new
    assert not stocked.dirty


def test_the_export_of_the_sample_is_what_was_imported(stocked: Session):
    expected = [canonical(one) for one in sample_records()]
    assert json.loads("".join(exporting.json_list(stocked))) == expected
    lines = "".join(exporting.json_lines(stocked))
    assert [json.loads(line) for line in lines.splitlines()] == expected
    assert lines.encode() == sample_data()


def test_every_row_of_a_list_has_a_home(stocked: Session):
    expected = {
        RequiredPaper: "dossier",
        Fee: "fee",
        FormFile: "forms",
        LegalBasis: "legal_bases",
    }
    for table, key in expected.items():
        held = stocked.scalar(select(func.count()).select_from(table))
        assert held == sum(len(one[key]) for one in sample_records()), key
    assert stocked.scalar(select(func.count()).select_from(ProcedureCase)) > 1000


def test_five_changes_are_exactly_what_difference_and_export_show(stocked: Session):
    before = {one["code"]: one for one in exporting.records(stocked) if one["level"] == "xã"}
    procedure = reads.find(stocked, CODE, Level.COMMUNE)
    assert procedure is not None
    draft = editing.open_draft(procedure, now=NOW)
    old_case = next(one["case"] for one in draft.document["dossier"] if one.get("case"))
    editing.set_fee(draft, 0, amount=3000)
    editing.set_limit(draft, unit="ngày làm việc")
    editing.set_paper(draft, 0, name="Bản chính để đối chiếu")
    editing.rename_case(draft, old_case, "Trường hợp nhận tại nhà")
    editing.set_legal_basis(draft, 0, number="23/2015/NĐ-CP (sửa đổi)")
    cases = [
        place
        for place, one in enumerate(draft.document["dossier"])
        if one["case"] == "Trường hợp nhận tại nhà"
    ]
    expected = {
        "fee[0].amount",
        "time_limit.unit",
        "dossier[0].name",
        "legal_bases[0].number",
        *(f"dossier[{place}].case" for place in cases),
    }
    assert {one.path for one in editing.changes(draft)} == expected
    assert next(iter(exporting.records(stocked)))  # a draft is nobody's yet
    assert {o["code"]: o for o in exporting.records(stocked) if o["level"] == "xã"} == before

    publishing.submit(draft)
    publication = publishing.Publication(draft, EntryKind.AMENDED)
    publishing.publish(stocked, decision(), [publication], now=NOW)
    stocked.flush()

    after = {one["code"]: one for one in exporting.records(stocked) if one["level"] == "xã"}
    assert {code for code in after if after[code] != before[code]} == {CODE}
    planned = importing.plan(stocked, rows(before[CODE]))
    assert {one.path for one in planned.rows[0].differences} == expected
    fees = stocked.scalars(select(Fee).where(Fee.version_id == draft.id).order_by(Fee.position))
    assert next(iter(fees)).amount == 3000


def test_of_212_old_records_69_are_districts_and_none_is_current(stocked: Session):
    by_status = dict(
        stocked.execute(select(Procedure.status, func.count()).group_by(Procedure.status)).all()  # type: ignore[arg-type]
    )
    assert by_status == {Status.IN_FORCE: 1452, Status.HISTORICAL: 143, Status.EXPIRED: 69}
    districts = stocked.scalars(select(Procedure).where(Procedure.level == Level.DISTRICT)).all()
    assert len(districts) == 69
    assert {one.status for one in districts} == {Status.EXPIRED}
    assert {str(one.status_since) for one in districts} == {"2025-07-01"}


def test_a_new_record_is_readable_but_adopted_by_nobody(any_session: Session):
    (version,) = take_in(any_session, record())
    procedure = version.procedure
    assert (procedure.status, version.state) == (Status.TO_VERIFY, VersionState.COLLECTED)
    assert procedure.current_version is version
    assert procedure.name == "Đăng ký thử"
    assert procedure.sector is not None
    assert procedure.sector.name == "Hộ tịch"
    assert any_session.scalars(select(AuditEntry.action)).all() == ["procedure.import"]
    keys = any_session.scalars(select(OutboxJob.key)).all()
    assert f"procedure:{procedure.id}" in keys


def test_a_round_trip_works_on_both_databases(any_session: Session):
    odd = [one for one in sample_records() if not one["code"] or one.get("time_limit_by_channel")]
    take_in(any_session, *odd)
    any_session.expire_all()
    assert list(exporting.records(any_session)) == [canonical(one) for one in odd]
    assert counts(importing.plan(any_session, rows(*odd))) == (0, 0, len(odd), 0)


def test_a_changed_record_replaces_what_nobody_adopted(session: Session):
    (first,) = take_in(session, record())
    planned = importing.plan(session, rows(record(result="Bản chính")))
    assert [(one.path, one.old, one.new) for one in planned.rows[0].differences] == [
        ("result", "Bản sao", "Bản chính")
    ]
    (written,) = importing.apply(session, planned, now=NOW + timedelta(days=1))
    second = session.get_one(ProcedureVersion, written)
    assert second.number == 2
    assert first.procedure.current_version is second
    assert first.document["result"] == "Bản sao"


def test_a_changed_record_waits_where_another_is_in_force(session: Session):
    (first,) = adopted(session, record())
    (second,) = take_in(session, record(result="Bản chính", field="Chứng thực"))
    assert second.state is VersionState.AWAITING
    assert first.procedure.current_version is first
    assert first.procedure.sector.name == "Hộ tịch"
    again = record(result="Bản chính", field="Chứng thực")
    assert counts(importing.plan(session, rows(again))) == (0, 0, 1, 0)

    (third,) = take_in(session, record(result="Bản điện tử"))
    assert third is second
    assert importing.adopt(session, decision("13/QĐ-UBND"), [third.id], now=NOW) == 1
    session.flush()
    assert first.procedure.current_version is third
    assert next(exporting.records(session))["result"] == "Bản điện tử"


def test_history_and_districts_are_not_adopted(session: Session):
    versions = adopted(
        session,
        record(),
        record(code="1.000002", as_of="2021"),
        record(code="1.000003", level="huyện", levels=["huyện"], as_of="2026-07"),
    )
    statuses = [one.procedure.status for one in versions]
    assert statuses == [Status.IN_FORCE, Status.HISTORICAL, Status.EXPIRED]


def test_a_broken_file_writes_nothing_and_names_each_bad_row(session: Session):
    good = record()
    bad = [
        record(code="1.000002", level="quận", fee=[{"amount": -1}, {"amount": "10"}]),
        "not a record",
        record(code="1.013855.H41"),
        record(),
        record(code="1.000009", official_url="javascript:alert(1)", name="  "),
    ]
    planned = importing.plan(session, rows(good, *bad))
    assert counts(planned) == (1, 0, 0, 5)
    found = {row.number: [(one.path, one.code) for one in row.problems] for row in planned.rows}
    assert found[2] == [
        ("level", "not_in_list"),
        ("fee[0].amount", "out_of_range"),
        ("fee[1].amount", "not_a_number"),
    ]
    assert found[3] == [("", "not_an_object")]
    assert found[4] == [("code", "not_a_code")]
    assert found[5] == [("code", "twice_in_file")]
    assert found[6] == [("name", "required"), ("official_url", "not_a_url")]
    with pytest.raises(Invalid):
        importing.apply(session, planned, now=NOW)
    assert session.scalar(select(func.count(Procedure.id))) == 0


def test_unknown_keys_are_reported_and_kept(session: Session):
    given = record(video="https://example.vn/v", fee=[{"amount": 0, "vat": 8}])
    planned = importing.plan(session, rows(given))
    assert planned.rows[0].unknown_keys == ("video", "fee[0].vat")
    importing.apply(session, planned, now=NOW)
    session.flush()
    assert next(exporting.records(session)) == canonical(given)


def test_text_is_kept_in_nfc(session: Session):
    take_in(session, record(name="Đăng ký kết hôn"))
    assert next(exporting.records(session))["name"] == "Đăng ký kết hôn"


def test_progress_and_plan_name_the_rows(session: Session):
    told: list[tuple[int, int]] = []
    planned = importing.plan(session, rows(record()))
    importing.apply(session, planned, now=NOW, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    assert planned.is_sound
    assert (planned.rows[0].name, planned.rows[0].code, planned.rows[0].level) == (
        "Đăng ký thử",
        "1.000001",
        "xã",
    )


def test_records_without_code_are_known_by_local_code_then_name(session: Session):
    take_in(
        session,
        record(code=None, local_code="QT-04", name="Việc A"),
        record(code=None, name="Việc B"),
    )
    planned = importing.plan(
        session,
        rows(
            record(code=None, local_code="QT-04", name="Việc A (tên mới)"),
            record(code=None, name="VIỆC B", result="Khác"),
            record(code=None, name="Việc B", level="tỉnh", levels=["tỉnh"]),
        ),
    )
    assert [row.change for row in planned.rows] == [Change.CHANGED, Change.CHANGED, Change.ADDED]
    assert all(one is None for one in session.scalars(select(Procedure.code)))
    slugs = session.scalars(select(Procedure.slug).order_by(Procedure.id)).all()
    assert slugs == ["viec-a", "viec-b"]


@settings(max_examples=60)
@given(records())
def test_any_valid_record_comes_back_as_it_went_in(session: Session, one):
    nested = session.begin_nested()
    planned = importing.plan(session, rows(one))
    assert planned.is_sound, planned.rows[0].problems
    (written,) = importing.apply(session, planned, now=NOW)
    session.expire_all()
    assert list(exporting.records(session)) == [canonical(one)]
    assert counts(importing.plan(session, rows(one))) == (0, 0, 1, 0)
    assert session.get_one(ProcedureVersion, written).digest
    nested.rollback()
    session.expunge_all()
