"""Two hundred random catalogues: no edit of ours is lost, and the same file again is empty."""

import copy
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.errors import Conflict, InvalidTransition
from content.procedures import editing
from content.procedures.kinds import CURRENT, Level, VersionState
from content.procedures.merging import queue
from content.procedures.merging.models import (
    ImportDifference,
    ImportRun,
    RunState,
    Source,
)
from content.procedures.merging.threeway import Kind, compare
from content.procedures.merging.units import same, value_at
from content.procedures.models import Procedure
from tests.content.procedures.conftest import NOW, record, take_in
from tests.content.procedures.merging.waiting import waiting

Record = dict[str, Any]


def run_of(session: Session) -> ImportRun:
    run = ImportRun(
        source=Source.NATIONAL, state=RunState.RUNNING, file_name="quoc-gia.json", created_at=NOW
    )
    session.add(run)
    return run


def enter(session: Session, *records: Record) -> int:
    run = run_of(session)
    added = sum(queue.enter(session, run, one, now=NOW) for one in records)
    session.flush()
    return added


def enter_whole(session: Session, *records: Record) -> int:
    """As ``enter``, of a file that is the whole national catalogue."""
    added = enter(session, *records)
    names = {(queue.identity(one), Level.COMMUNE) for one in records}
    added += queue.enter_gone(session, run_of(session), names)
    session.flush()
    return added


def edit(session: Session, procedure: Procedure, change: Callable[[Record], None]) -> None:
    editing.revise(editing.open_draft(procedure, now=NOW), change)
    session.flush()


def _mutations(random: Random) -> list[Callable[[Record], None]]:
    word = random.choice(["xanh", "đỏ", "tím", "vàng"])
    number = random.randrange(3)

    def paper(change: Callable[[Record], None]) -> Callable[[Record], None]:
        def mutate(one: Record) -> None:
            if one["dossier"]:
                change(random.choice(one["dossier"]))

        return mutate

    def drop(key: str) -> Callable[[Record], None]:
        return lambda one: one[key].pop(random.randrange(len(one[key]))) if one.get(key) else None

    return [
        lambda one: one.update(result=word),
        lambda one: one.update(requirements=random.choice([None, word])),
        lambda one: one.update(channels=random.sample(one["channels"], len(one["channels"]))),
        lambda one: one.update(time_limit={"value": number + 1, "unit": "ngày", "text": None}),
        lambda one: one["fee"].append({"kind": "phí", "amount": number, "condition": word}),
        lambda one: [fee.update(amount=number * 500) for fee in one["fee"]] and None,
        lambda one: one["dossier"].insert(
            random.randrange(len(one["dossier"]) + 1), {"name": f"Giấy {word}", "originals": 1}
        ),
        lambda one: one["legal_bases"].append({"number": f"{number}/2026/NĐ-CP"}),
        lambda one: one.update(name=f"Đăng ký thử {word}"),
        lambda one: one.update(authority=f"Ủy ban nhân dân {word}"),
        lambda one: one.update(agencies={"receives": f"Bộ phận {word}", "decides": None}),
        lambda one: one.update(steps=[*(one.get("steps") or []), f"Bước {word} {number}"]),
        lambda one: one.update(steps=list(reversed(one.get("steps") or ["Nộp"]))),
        lambda one: one.setdefault("forms", []).append(
            {"code": f"Mẫu {number}", "file": None, "for": f"Giấy {word}"}
        ),
        lambda one: one.update(
            time_limit_by_channel=[
                {"channel": channel, "value": number + 1, "unit": "ngày", "text": None}
                for channel in random.sample(["trực tiếp", "trực tuyến"], 1 + number % 2)
            ]
        ),
        paper(lambda one: one.update(copies=number)),
        paper(lambda one: one.update(case=random.choice([None, word]))),
        drop("dossier"),
        drop("legal_bases"),
        drop("fee"),
        drop("forms"),
        drop("steps"),
    ]


def mutate(random: Random, one: Record, times: int) -> Record:
    made = copy.deepcopy(one)
    for _ in range(times):
        random.choice(_mutations(random))(made)
    return made


def replace(new: Record) -> Callable[[Record], None]:
    def change(one: Record) -> None:
        one.clear()
        one.update(copy.deepcopy(new))

    return change


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_no_edit_of_ours_is_lost_and_the_same_file_again_is_empty(
    session: Session, seed: int
) -> None:
    random = Random(seed)
    try_out = session.begin_nested()
    try:
        _live_with_imports(session, random)
    finally:
        try_out.rollback()
        session.expunge_all()


def _live_with_imports(session: Session, random: Random) -> None:
    national = [record(code=f"1.00000{n}") for n in range(random.randint(1, 3))]
    own = [version.procedure for version in take_in(session, *national)]
    for turn in range(random.randint(1, 2)):
        if random.random() < 0.3:
            national.append(record(code=f"1.00001{turn}"))
        gone = random.choice(national) if len(national) > 1 and random.random() < 0.3 else None
        national = [one for one in national if one is not gone]
        for procedure in own:
            ours = mutate(random, queue.working(procedure), random.randint(0, 2))
            edit(session, procedure, replace(ours))
        national = [mutate(random, one, random.randint(0, 3)) for one in national]
        held = [copy.deepcopy(queue.working(one)) for one in own]
        enter_whole(session, *national)
        # An import writes nothing of ours, and says nothing twice.
        assert [queue.working(one) for one in own] == held
        before = waiting(session)
        assert enter_whole(session, *national) == 0
        assert waiting(session) == before
        _decide_some(session, random, own, before)
        made = [queue.find(session, queue.identity(one), Level.COMMUNE) for one in national]
        own += [one for one in made if one is not None and one not in own]
        if gone is not None and random.random() < 0.5:
            national.append(gone)


def _accept(session: Session, row: ImportDifference) -> bool:
    """What was edited here since the import is told, not overwritten."""
    if row.procedure is None or row.is_gone:
        # A whole procedure: it becomes a draft of its own, or is seen to be gone.
        queue.accept(session, row, actor_id=None, now=NOW)
        session.flush()
        return False
    unit = tuple(row.unit)
    held = value_at(queue.working(row.procedure), unit)
    try:
        queue.accept(session, row, actor_id=None, now=NOW)
    except Conflict:
        assert same(value_at(queue.working(row.procedure), unit), held)
        queue.refresh(row)
        return False
    return True


def _decide_some(
    session: Session, random: Random, own: list[Procedure], rows: list[ImportDifference]
) -> None:
    """What is accepted is theirs; everything else stays as it was here."""
    held = {one.id: copy.deepcopy(queue.working(one)) for one in own}
    accepted: dict[int, list[ImportDifference]] = {one.id: [] for one in own}
    for row in rows:
        choice = random.choice(["accept", "refuse", "later"])
        if choice == "accept":
            if _accept(session, row):
                accepted[row.procedure_id or 0].append(row)
        elif choice == "refuse":
            queue.refuse(session, row, actor_id=None, now=NOW)
    for one in own:
        now = queue.working(one)
        taken = {tuple(row.unit) for row in accepted[one.id]}
        moved = {found.unit for found in compare({}, held[one.id], now)} | {
            found.unit for found in compare(now, now, held[one.id])
        }
        assert moved == {
            unit for unit in taken if not same(value_at(held[one.id], unit), value_at(now, unit))
        }
        for row in accepted[one.id]:
            assert same(value_at(now, tuple(row.unit)), row.theirs)


def test_without_edits_of_ours_accepting_all_gives_the_national_wording(session: Session) -> None:
    for seed in range(60):
        random = Random(seed)
        (version,) = take_in(session, record(code=f"1.{seed:06d}"))
        theirs = mutate(random, version.document, 4)
        enter(session, theirs)
        for row in waiting(session):
            assert row.kind is Kind.PROPOSED
            queue.accept(session, row, actor_id=None, now=NOW)
        assert compare({}, queue.working(version.procedure), theirs) == []


def test_what_was_refused_comes_back_only_when_the_national_value_changes(
    session: Session,
) -> None:
    take_in(session, record())
    assert enter(session, record(result="Quốc gia 1")) == 1
    queue.refuse(session, waiting(session)[0], actor_id=None, now=NOW)
    assert enter(session, record(result="Quốc gia 1", requirements="khác")) == 1
    assert [row.unit for row in waiting(session)] == [["requirements"]]
    assert enter(session, record(result="Quốc gia 2", requirements="khác")) == 1
    told = {(tuple(row.unit), row.kind) for row in waiting(session)}
    assert told == {(("requirements",), Kind.PROPOSED), (("result",), Kind.CONFLICT)}


def test_what_was_never_decided_is_replaced_and_no_conflict(session: Session) -> None:
    take_in(session, record())
    enter(session, record(result="Quốc gia 1"))
    enter(session, record(result="Quốc gia 2"))
    (row,) = waiting(session)
    assert (row.kind, row.base, row.theirs) == (Kind.PROPOSED, "Bản sao", "Quốc gia 2")
    enter(session, record())
    assert waiting(session) == []


def test_ours_changed_after_the_import_is_never_overwritten(session: Session) -> None:
    (version,) = take_in(session, record())
    enter(session, record(result="Quốc gia"))
    edit(session, version.procedure, lambda one: one.update(result="Vừa sửa"))
    (row,) = waiting(session)
    with pytest.raises(Conflict):
        queue.accept(session, row, actor_id=None, now=NOW)
    assert queue.working(version.procedure)["result"] == "Vừa sửa"
    queue.refresh(row)
    assert (row.kind, row.ours) == (Kind.CONFLICT, "Vừa sửa")
    queue.accept(session, row, actor_id=None, now=NOW)
    assert queue.working(version.procedure)["result"] == "Quốc gia"


def test_people_go_on_reading_what_they_read(session: Session) -> None:
    (version,) = take_in(session, record())
    enter(session, record(result="Quốc gia"))
    queue.accept(session, waiting(session)[0], actor_id=None, now=NOW)
    assert version.procedure.current_version is version
    assert version.document["result"] == "Bản sao"
    assert version.procedure.versions[-1].state is VersionState.DRAFT


def test_a_procedure_we_do_not_have_becomes_a_draft(session: Session) -> None:
    assert enter(session, record()) == 1
    assert enter(session, record()) == 0
    (row,) = waiting(session)
    queue.accept(session, row, actor_id=None, now=NOW)
    made = queue.find(session, row.identity, row.level)
    assert made is not None
    assert made.current_version is None
    assert enter(session, record(result="Quốc gia")) == 1
    assert waiting(session)[0].kind is Kind.PROPOSED


def test_a_difference_is_decided_once(session: Session) -> None:
    take_in(session, record())
    enter(session, record(result="Quốc gia"))
    (row,) = waiting(session)
    queue.refuse(session, row, actor_id=None, now=NOW + timedelta(hours=1))
    with pytest.raises(InvalidTransition):
        queue.accept(session, row, actor_id=None, now=NOW)


def test_what_the_whole_catalogue_names_no_more_is_told_once(session: Session) -> None:
    first, second = record(code="1.000001"), record(code="1.000002")
    take_in(session, first, second)
    enter(session, first, second)
    names = {(queue.identity(first), Level.COMMUNE)}
    run = run_of(session)
    assert queue.enter_gone(session, run, names) == 1
    session.flush()
    (row,) = waiting(session)
    assert (row.is_gone, row.name) == (True, second["name"])
    assert queue.enter_gone(session, run, names) == 0
    queue.accept(session, row, actor_id=None, now=NOW)
    # Seen, not abolished: that takes a decision.
    assert row.procedure is not None
    assert row.procedure.status in CURRENT
    assert enter(session, first, second) == 0
    assert queue.enter_gone(session, run, names | {(queue.identity(second), Level.COMMUNE)}) == 0
