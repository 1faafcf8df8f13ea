"""The builder's service: forms stored, guarded, published, tested and bound."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Conflict, Invalid, NotAllowed, NotFound
from content.people.models import Account, AccountKind
from content.procedures.form_building import FormBuilder
from content.procedures.form_recordings import outcome
from content.procedures.form_working import WorkingForm
from content.procedures.forms import Kind, acts, marks, parse, to_json
from content.procedures.forms.paper import on_paper
from content.procedures.kinds import Level
from tests.support.clock import StoppedClock


@pytest.fixture
def builder(any_session: Session, clock: StoppedClock) -> FormBuilder:
    return FormBuilder(any_session, clock(), None)


def person(session: Session, name: str) -> int:
    account = Account(
        kind=AccountKind.OFFICIAL,
        name=name,
        email=f"{name}@example.vn",
        email_key=f"{name}@example.vn",
        password_hash="x",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session.add(account)
    session.flush()
    return account.id


def filled(builder: FormBuilder) -> WorkingForm:
    form = builder.create("Tờ khai cấp bản sao")
    definition = acts.add_section(parse(form.definition), "Một")
    definition, _ = acts.add_question(definition, Kind.TEXT, "Họ tên", section="mot")
    builder.save(form, definition)
    return form


def test_an_incomplete_form_is_kept_but_not_published(builder: FormBuilder) -> None:
    form = builder.create("Tờ khai mới")
    assert form.key == "to-khai-moi"
    with pytest.raises(Invalid):
        builder.publish(form, seen=marks.whole(parse(form.definition)))
    assert builder.create("Tờ khai mới").key == "to-khai-moi-2"
    assert [line.number for line in builder.lines()] == [0, 0]


def test_publishing_makes_a_version_and_the_next_change_begins_from_it(
    builder: FormBuilder,
) -> None:
    form = filled(builder)
    version = builder.publish(form, seen=marks.whole(parse(form.definition)))
    assert (version.number, version.key) == (1, "to-khai-cap-ban-sao")
    again = builder.find(version.key)
    assert (again.based_on, again.revision, again.id) == (1, 0, None)
    builder.save(again, acts.add_section(parse(again.definition), "Hai"))
    assert builder.find(version.key).id is not None
    builder.discard(builder.find(version.key))
    builder.session.flush()
    assert builder.find(version.key).id is None
    told = set(builder.session.scalars(select(AuditEntry.action)))
    assert {"form.created", "form.published", "form.discarded"} <= told


def test_who_touched_which_part_is_kept(any_session: Session, clock: StoppedClock) -> None:
    one, two = (person(any_session, name) for name in ("mot", "hai"))
    form = filled(FormBuilder(any_session, clock(), one))
    question, step = marks.of_question("ho_ten"), marks.of_section("mot")
    changed = acts.change_question(parse(form.definition), "ho_ten", label="Họ và tên")
    FormBuilder(any_session, clock(), two).save(form, changed)
    assert (form.touched[question][0], form.touched[step][0]) == (two, one)
    assert form.writers == [one, two]


def test_only_what_was_shown_is_published_and_only_by_somebody_else(
    any_session: Session, clock: StoppedClock
) -> None:
    one, two = (person(any_session, name) for name in ("mot", "hai"))
    writer, chief = (FormBuilder(any_session, clock(), who) for who in (one, two))
    form = filled(writer)
    seen = marks.whole(parse(form.definition))
    with pytest.raises(NotAllowed):
        writer.publish(form, seen=seen, four_eyes=True)
    changed = acts.change_question(parse(form.definition), "ho_ten", label="Họ và tên")
    writer.save(form, changed)
    with pytest.raises(Conflict):
        chief.publish(form, seen=seen, four_eyes=True)
    assert chief.publish(form, seen=marks.whole(changed), four_eyes=True).number == 1


def test_a_failing_test_stops_publishing_unless_it_is_accepted(builder: FormBuilder) -> None:
    form = filled(builder)
    builder.recordings(form.key).record("Bỏ trống", {}, ("ho_ten:required",))
    seen = marks.whole(parse(form.definition))
    with pytest.raises(Invalid) as caught:
        builder.publish(form, seen=seen)
    assert caught.value.problems == {"form": "tests_fail"}
    assert builder.publish(form, seen=seen, accept_failing=True).number == 1


def test_a_required_file_does_not_make_every_recorded_test_fail(builder: FormBuilder) -> None:
    form = filled(builder)
    definition, made = acts.add_question(
        parse(form.definition), Kind.FILE, "Bản chụp", section="mot"
    )
    definition = acts.change_question(definition, made, required=True)
    builder.save(form, definition)
    answers = {"ho_ten": "Lê A"}
    told = outcome(on_paper(definition), answers, builder.now, None)
    builder.recordings(form.key).record("Đủ", answers, told)
    assert [one.passed for one in builder.replay(form)] == [True]


def test_a_new_recording_never_replaces_another(builder: FormBuilder) -> None:
    form = filled(builder)
    recordings = builder.recordings(form.key)
    for _time in range(3):
        recordings.record(f"Mẫu {recordings.next_number()}: hợp lệ", {}, ())
    recordings.forget(recordings.all()[0].id)
    recordings.record(f"Mẫu {recordings.next_number()}: hợp lệ", {}, ())
    assert [one.name[:5] for one in recordings.all()] == ["Mẫu 2", "Mẫu 3", "Mẫu 4"]


def test_a_pattern_that_may_hang_is_never_stored(builder: FormBuilder) -> None:
    form = filled(builder)
    bad = acts.change_question(parse(form.definition), "ho_ten", pattern="(a|a)*c", message="Sai")
    with pytest.raises(Invalid):
        builder.save(form, bad)
    with pytest.raises(Invalid):
        builder.take_in({**to_json(bad), "id": "khac"})


def test_recorded_answers_show_when_a_form_judges_otherwise(builder: FormBuilder) -> None:
    form = filled(builder)
    recordings = builder.recordings(form.key)
    recordings.record("Bỏ trống", {}, ())
    recordings.record("Đủ", {"ho_ten": "Lê A"}, ())
    assert [one.passed for one in builder.replay(form)] == [True, True]
    strict = acts.change_question(parse(form.definition), "ho_ten", required=True)
    builder.save(form, strict)
    told = {one.recorded.name: (one.passed, one.found) for one in builder.replay(form)}
    assert told == {"Bỏ trống": (False, ("ho_ten:required",)), "Đủ": (True, ())}
    recordings.forget(recordings.all()[0].id)
    assert len(recordings.all()) == 1


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
