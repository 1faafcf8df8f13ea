"""Stored form definitions: versions that never change, bound by code and level."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import InvalidTransition
from content.procedures import form_bindings
from content.procedures.form_bindings import FormDefinitionVersion, StoredForms, bound_definition
from content.procedures.forms import FormDefinition, Kind, Question, Section
from content.procedures.forms.general import GENERAL_ID
from content.procedures.kinds import Level
from content.procedures.models import Procedure
from tests.support.clock import StoppedClock

NAME = Question("ho_ten", Kind.TEXT, "Họ tên", required=True)
FORM = FormDefinition("thu", "Tờ khai thử", (Section("mot", "Một", (NAME,)),))


def procedure_of(code: str | None, level: Level = Level.COMMUNE) -> Procedure:
    return Procedure(code=code, level=level)


def test_the_newest_version_is_in_use_and_the_old_one_stays(
    any_session: Session, clock: StoppedClock
) -> None:
    form_bindings.publish(any_session, FORM, clock())
    form_bindings.bind(any_session, "1.000001", Level.COMMUNE, "thu")
    changed = replace(FORM, title="Tờ khai thử, bản mới")
    assert form_bindings.publish(any_session, changed, clock()).number == 2
    any_session.flush()
    assert bound_definition(any_session, procedure_of("1.000001")) == changed
    kept = select(FormDefinitionVersion.number).where(FormDefinitionVersion.key == "thu")
    assert sorted(any_session.scalars(kept)) == [1, 2]


def test_the_same_definition_is_not_stored_twice(session: Session, clock: StoppedClock) -> None:
    first = form_bindings.publish(session, FORM, clock())
    session.flush()
    clock.move(days=1)
    assert form_bindings.publish(session, FORM, clock()) is first


def test_a_published_definition_cannot_be_altered(session: Session, clock: StoppedClock) -> None:
    version = form_bindings.publish(session, FORM, clock())
    session.flush()
    version.definition = {**version.definition, "title": "Khác"}
    with pytest.raises(InvalidTransition, match="frozen"):
        session.flush()


def test_a_binding_holds_for_its_level_only_and_can_be_moved(
    session: Session, clock: StoppedClock
) -> None:
    form_bindings.publish(session, FORM, clock())
    other = replace(FORM, id="khac")
    form_bindings.publish(session, other, clock())
    form_bindings.bind(session, "1.000001", Level.COMMUNE, "thu")
    session.flush()
    assert bound_definition(session, procedure_of("1.000001", Level.PROVINCE)) is None
    form_bindings.bind(session, "1.000001", Level.COMMUNE, "khac")
    session.flush()
    assert bound_definition(session, procedure_of("1.000001")) == other


@pytest.mark.parametrize("code", ["1.999999", None])
def test_a_procedure_without_a_form_gets_the_general_one(session: Session, code: str) -> None:
    found = StoredForms(session).definition_for(procedure_of(code))
    assert found.id == GENERAL_ID
