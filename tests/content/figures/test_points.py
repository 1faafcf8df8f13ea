"""Indices and points on real rows: what is unknown, what costs points."""

from datetime import date

import pytest
from sqlalchemy import select

from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.models import Dossier
from content.exchange.models import (
    Confirms,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.figures import hundred, ii07, lists, nine, readers
from content.figures.lists import Narrowed
from content.figures.scope import EVERYBODY
from content.figures.tables import UNKNOWN, Kind, shown
from content.figures.which import Which
from content.people.roles import Role
from content.procedures.kinds import Filing
from content.procedures.publishing import set_filing
from content.workbook.checking import Given
from content.workbook.kinds import BY_KEY
from content.workbook.models import WorkStatus
from content.workbook.service import WorkBook
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World
from tests.content.figures.asking import DAY, OCTOBER, ask, cells
from tests.support.clock import StoppedClock


def test_unknown_is_said_and_never_scored(world: World) -> None:
    found = readers.counts(ask(world))
    assert (found["received"], found["on_time"]) == (6, 3)
    assert (found["all_dossiers"], found["online_dossiers"]) == (5, 2)
    assert "petitions" not in found
    table = hundred.table(ask(world))
    by_key = {row.cells[0]: row for row in table.rows}
    assert by_key["5.2"].cells[-1] is None
    # Nothing was published: no share, no points, and the note says so.
    assert by_key["1.1"].cells[2:] == (0, 0, "–", 6, 0.0)
    assert "(tỷ lệ “–”) được 0 điểm; riêng 5.2, 5.3" in table.notes[0]
    assert shown(by_key["5.2"].cells[-1], Kind.POINTS) == UNKNOWN
    assert by_key["2.1"].cells[-1] == 10.0
    assert by_key["2.1"].drills[6].which == Which.NOT_IN_TIME
    assert hundred.attainable(found) < 100
    scores = {one.number: one for one in nine.nine(ask(world))}
    # One early, two on time (one without an appointment), one late: (2 + 1 + 1 + 0) / 4.
    assert scores[1].score == 1.0
    assert scores[3].score == 2.0
    assert scores[8].score is None
    assert cells(nine.table(ask(world)))[-1][-1] == UNKNOWN


def test_only_complaints_found_true_cost_points_of_their_dossier(
    world: World, clock: StoppedClock
) -> None:
    head = worlds.an_account("tp@example.vn", "Phạm", clock(), (world.centre.id, Role.HEAD))
    world.session.add(head)
    ended = Dossier.finished_at.is_not(None)
    early = select(Dossier.code).where(Dossier.lawful_date == date(2026, 10, 12), ended)
    code = world.session.scalars(early.order_by(Dossier.finished_at)).first()

    def score() -> tuple[float | None, str]:
        found = next(one for one in nine.nine(ask(world)) if one.number == 7)
        return found.score, found.about

    def judge(judgement: str, dossier: str | None) -> None:
        days = {"received_on": "2026-10-09", "judged_on": "2026-10-20"}
        words = {"channel": "box", "said": "Nói to.", "found": "Đã rõ.", "judgement": judgement}
        given = Given("Phản ánh", {**days, **words, "dossier": dossier or ""}, None, DAY)
        book = WorkBook(world.session, world.files, clock())
        entry = book.begin(BY_KEY["conduct"], world.centre, 2026, given, head)
        book.remark(entry, head, revision=entry.revision, status=WorkStatus.DONE)
        world.session.flush()

    assert score() == (None, "Chưa có dữ liệu phản ánh về thái độ.")
    judge("unfounded", code)
    assert score()[0] == 1.0
    judge("justified", code)
    judge("justified", None)
    # The early one of (2 + 1 + 1 + 0) / 4 scores nothing any more.
    assert score() == (
        0.5,
        "2 phản ánh đúng, 1 hồ sơ đã giải quyết có phản ánh đúng. 1 phản ánh không gắn với hồ sơ "
        "nên không trừ điểm.",
    )
    (seventh,) = [one for one in nine.nine(ask(world)) if one.number == 7]
    assert seventh.which is Which.LATE_OR_COMPLAINED
    asked = Narrowed(seventh.which, OCTOBER.period, EVERYBODY)
    found = list(lists.stream(world.session, asked))
    # The one complained of, and the one that was late.
    assert len(found) == 2
    assert code in [one.code for one in found]


@pytest.mark.parametrize(
    ("filing", "information_only", "at_desk"),
    [
        (Filing.LOCAL, False, 1),
        (Filing.COUNTER, False, 1),
        # Filed online at the national portal, it is received at the desk as well.
        (Filing.NATIONAL, False, 1),
        (Filing.NATIONAL, True, 0),
        (Filing.NONE, False, 0),
        (None, False, 0),
    ],
)
def test_what_is_filed_nationally_is_handled_at_the_desk(
    world: World, filing: Filing | None, information_only: bool, at_desk: int
) -> None:
    set_filing(world.procedure, filing, information_only=information_only)
    world.session.flush()
    (total,) = cells(ii07.table(ask(world)))
    assert (total[2], total[5]) == (1, at_desk)
    fifth = next(one for one in nine.nine(ask(world)) if one.number == 5)
    assert (fifth.score, fifth.counted) == (at_desk, 1)


def test_dossiers_told_to_the_national_portal_score_once_there_is_an_exchange(
    world: World, clock: StoppedClock
) -> None:
    def part() -> tuple[object, ...]:
        return next(row.cells for row in hundred.table(ask(world)).rows if row.cells[0] == "1.4")

    assert part()[2:4] == (None, None)
    dossiers = list(world.session.scalars(select(Dossier).order_by(Dossier.id).limit(2)))
    for number, one in enumerate(dossiers):
        link = ExchangeLink(
            dossier_id=one.id,
            system=NATIONAL_PORTAL,
            number=f"H99-{number}",
            came_from_there=False,
            confirms=Confirms.HERE,
            announced=True,
            planned=1,
            given={},
        )
        message = ExchangeMessage(
            key=f"k{number}",
            system=NATIONAL_PORTAL,
            number=link.number,
            link=link,
            kind=MessageKind.NEW,
            payload={},
            state=(MessageState.SENT, MessageState.WAITING)[number],
            created_at=clock(),
            next_at=clock(),
        )
        world.session.add_all([link, message])
    world.session.flush()
    # One has left, of the other something waits, four are not known there.
    assert part()[2:4] == (1, 6)
    asked = Narrowed(Which.NOT_TOLD, OCTOBER.period, EVERYBODY)
    assert lists.count(world.session, asked) == 5
