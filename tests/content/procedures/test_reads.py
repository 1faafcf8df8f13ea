"""One procedure: found by code, level, agency's code or slug; its versions and decisions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures import editing, publishing, reads
from content.procedures.kinds import EntryKind, Level, Status
from content.procedures.models import Procedure
from content.procedures.naming import slug_of
from content.procedures.publishing import Publication
from tests.content.procedures.conftest import (
    NOW,
    adopted,
    decision,
    record,
    sample_records,
    take_in,
)


@pytest.mark.parametrize(
    ("key", "level", "code", "found"),
    [
        ("1.001193", None, "1.001193", Level.COMMUNE),
        ("1.001193.000.00.00.H26", None, "1.001193", Level.COMMUNE),
        ("1.013855.H41", None, "1.013855", Level.COMMUNE),
        ("2.000815", None, "2.000815", Level.COMMUNE),
        ("2.000815", Level.DISTRICT, "2.000815", Level.DISTRICT),
        ("2.000815-huyen", None, "2.000815", Level.DISTRICT),
        ("1.002425", None, "1.002425", Level.PROVINCE),
    ],
)
def test_a_code_finds_the_one_in_force(stocked: Session, key, level, code, found):
    procedure = reads.find(stocked, key, level)
    assert (procedure.code, procedure.level) == (code, found)


def test_each_of_22_codes_at_two_levels_has_one_primary(stocked: Session):
    codes = [one["code"] for one in sample_records() if one["code"]]
    twice = {code for code in codes if codes.count(code) == 2}
    assert len(twice) == 22
    for code in twice:
        first = reads.find(stocked, code)
        (second,) = reads.siblings(stocked, first)
        other = reads.find(stocked, code, second.level)
        assert first.status is Status.IN_FORCE or other.status is not Status.IN_FORCE
        assert (first.address, second.address) == (code, f"{code}/cap-{second.level.slug}")


def test_each_of_97_records_without_code_is_found_by_its_slug(stocked: Session):
    without = [one for one in sample_records() if not one["code"]]
    assert len(without) == 97
    slugs = {slug_of(one) for one in without}
    assert len(slugs) == 97
    for one in without:
        procedure = reads.find(stocked, slug_of(one))
        assert (procedure.code, procedure.level) == (None, one["level"])
        assert reads.siblings(stocked, procedure) == []
        assert procedure.address == procedure.slug == slug_of(one)


def test_a_slug_stays_when_the_name_changes(session: Session):
    (version,) = adopted(session, record(code=None, local_code="QT-1", name="Tên đầu"))
    draft = editing.open_draft(version.procedure, now=NOW)
    editing.set_field(draft, "name", "Tên sau")
    publishing.submit(draft)
    publishing.publish(session, decision("2/QĐ"), [Publication(draft)], now=NOW)
    session.flush()
    assert reads.find(session, "ten-dau").name == "Tên sau"


def test_equal_and_long_names_get_slugs_of_their_own(session: Session):
    take_in(
        session,
        record(code=None, local_code="A", name="Chuyển trường"),
        record(code=None, local_code="B", name="Chuyển trường"),
        record(code=None, local_code="C", name="Rất dài " * 40 + "một"),
        record(code=None, local_code="D", name="Rất dài " * 40 + "hai"),
        record(code=None, local_code="E", name="???"),
    )
    slugs = session.scalars(select(Procedure.slug).order_by(Procedure.id)).all()
    assert slugs[0] == "chuyen-truong"
    assert len(set(slugs)) == 5
    assert all(len(slug) <= 100 for slug in slugs)
    assert slug_of(record(code=None, local_code="C", name="Rất dài " * 40 + "một")) == slugs[2]


@given(st.text(max_size=150))
def test_no_address_breaks_the_look_up(stocked: Session, key):
    found = reads.find(stocked, key)
    assert found is None or found.key


def test_versions_come_newest_first_with_the_decision_that_adopted_them(any_session: Session):
    (first,) = adopted(any_session, record())
    procedure = first.procedure
    draft = editing.open_draft(procedure, now=NOW)
    editing.set_field(draft, "result", "Khác")
    assert [one.number for one in reads.versions(any_session, procedure)] == [1]
    publishing.submit(draft)
    publishing.publish(
        any_session,
        decision("20/QĐ-UBND", effective_on=date(2026, 10, 1)),
        [Publication(draft, EntryKind.AMENDED)],
        now=NOW,
    )
    publishing.abolish(
        any_session, decision("30/QĐ-UBND", effective_on=date(2026, 11, 1)), [procedure], now=NOW
    )
    any_session.flush()
    listed = reads.versions(any_session, procedure)
    assert [(one.number, one.decision.number, one.valid_from, one.valid_to) for one in listed] == [
        (2, "20/QĐ-UBND", date(2026, 10, 1), date(2026, 10, 31)),
        (1, "12/QĐ-UBND", date(2026, 8, 10), date(2026, 9, 30)),
    ]
    assert reads.version_numbered(any_session, procedure, 1) is first
    assert reads.version_numbered(any_session, procedure, 3) is None
    entries = reads.decisions_of(any_session, procedure)
    assert [entry.kind for entry in entries] == [
        EntryKind.ABOLISHED,
        EntryKind.AMENDED,
        EntryKind.NEW,
    ]
