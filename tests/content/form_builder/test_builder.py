"""The builder's service: forms stored, guarded, published, tested and bound."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Conflict, Invalid, NotFound
from content.procedures.form_building import FormBuilder
from content.procedures.form_working import WorkingForm
from content.procedures.forms import Kind, acts, parse, to_json
from content.procedures.kinds import Level
from tests.support.clock import StoppedClock


@pytest.fixture
def builder(any_session: Session, clock: StoppedClock) -> FormBuilder:
    return FormBuilder(any_session, clock(), None)


def filled(builder: FormBuilder) -> WorkingForm:
    form = builder.create("Tờ khai cấp bản sao")
    definition = acts.add_section(parse(form.definition), "Một")
    definition, _ = acts.add_question(definition, Kind.TEXT, "Họ tên", section="mot")
    builder.save(form, definition, form.revision)
    return form


def test_an_incomplete_form_is_kept_but_not_published(builder: FormBuilder) -> None:
    form = builder.create("Tờ khai mới")
    assert form.key == "to-khai-moi"
    with pytest.raises(Invalid):
        builder.publish(form)
    assert builder.create("Tờ khai mới").key == "to-khai-moi-2"
    assert [line.number for line in builder.lines()] == [0, 0]


def test_publishing_makes_a_version_and_the_next_change_begins_from_it(
    builder: FormBuilder,
) -> None:
    form = filled(builder)
    version = builder.publish(form)
    assert (version.number, version.key) == (1, "to-khai-cap-ban-sao")
    again = builder.find(version.key)
    assert (again.based_on, again.revision, again.id) == (1, 0, None)
    builder.save(again, acts.add_section(parse(again.definition), "Hai"), 0)
    assert builder.find(version.key).id is not None
    builder.discard(builder.find(version.key))
    builder.session.flush()
    assert builder.find(version.key).id is None
    told = set(builder.session.scalars(select(AuditEntry.action)))
    assert {"form.created", "form.published", "form.discarded"} <= told


def test_the_second_of_two_editors_is_refused(builder: FormBuilder) -> None:
    form = filled(builder)
    seen = form.revision
    builder.save(form, acts.add_section(parse(form.definition), "Hai"), seen)
    with pytest.raises(Conflict):
        builder.save(form, acts.add_section(parse(form.definition), "Ba"), seen)


def test_a_pattern_that_may_hang_is_never_stored(builder: FormBuilder) -> None:
    form = filled(builder)
    bad = acts.change_question(parse(form.definition), "ho_ten", pattern="(a|a)*c", message="Sai")
    with pytest.raises(Invalid):
        builder.save(form, bad, form.revision)
    with pytest.raises(Invalid):
        builder.take_in({**to_json(bad), "id": "khac"})


def test_recorded_answers_show_when_a_form_judges_otherwise(builder: FormBuilder) -> None:
    form = filled(builder)
    builder.record(form, "Bỏ trống", {}, ())
    builder.record(form, "Đủ", {"ho_ten": "Lê A"}, ())
    assert [one.passed for one in builder.replay(form)] == [True, True]
    strict = acts.change_question(parse(form.definition), "ho_ten", required=True)
    builder.save(form, strict, form.revision)
    told = {one.recorded.name: (one.passed, one.found) for one in builder.replay(form)}
    assert told == {"Bỏ trống": (False, ("ho_ten:required",)), "Đủ": (True, ())}
    builder.forget(form.key, builder.recorded(form.key)[0].id)
    assert len(builder.recorded(form.key)) == 1


def test_import_takes_what_export_gave(builder: FormBuilder) -> None:
    form = filled(builder)
    document: dict[str, Any] = form.definition
    with pytest.raises(Conflict):
        builder.take_in(document)
    builder.discard(form)
    builder.session.flush()
    assert builder.take_in(document).definition == document
    for bad in ({}, [], {"id": "../x", "title": "a", "sections": []}):
        with pytest.raises((Invalid, Exception)) as caught:
            builder.take_in(bad)
        assert caught.type.__name__ in ("Invalid", "DefinitionError")


def test_binding_needs_a_known_procedure_and_a_version(builder: FormBuilder) -> None:
    form = filled(builder)
    with pytest.raises(Invalid):
        builder.bind(form.key, "0.000000", Level.COMMUNE)
    with pytest.raises(NotFound):
        builder.find("khong-co")
