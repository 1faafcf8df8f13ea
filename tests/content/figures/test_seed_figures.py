"""The figures that the seed articles print come out of the reports (domain: 9.2): data of that
shape is written, each report asked, each sentence printed with its number."""

from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from content.calendar.model import LimitUnit
from content.figures import lists, procedures, receipts, serving, shortened
from content.figures.lists import Narrowed
from content.figures.periods import between, parse
from content.figures.public import By, items
from content.figures.question import Question
from content.figures.reports import BY_SLUG
from content.figures.scope import EVERYBODY
from content.figures.settled import settled
from content.figures.tables import Style, shown
from content.figures.which import Which
from content.procedures.models import Procedure, ProcedureVersion
from content.words import decimal, integer, percent
from tests.content.dossiers_service import world as worlds
from tests.content.figures.rows import add, made
from tests.support.clock import StoppedClock

NINE_MONTHS = between(date(2016, 1, 1), date(2016, 9, 30))
EIGHT_MONTHS = between(date(2020, 1, 1), date(2020, 8, 31))


def say(sentence: str) -> str:
    """Print what a report says; with ``-s`` it can be read."""
    print(sentence)
    return sentence


def spread(first: date, days: int, count: int) -> list[date]:
    return [first + timedelta(days=number * days // count) for number in range(count)]


def test_what_the_articles_say_is_counted(session: Session, clock: StoppedClock) -> None:
    world = worlds.build(session, clock())
    calendar = worlds.calendar()

    def ask(span) -> Question:
        return Question(session, span, date(2026, 11, 23), calendar)

    # Gia Lâm 2016: nearly 10,000 dossiers, 98.5 % on time; here a tenth of them.
    days = spread(date(2016, 1, 4), 260, 1000)
    busy = [date(2016, 5, 16)] * 100
    late = {number for number in range(1000) if number % 200 < 3}
    rows = [
        made(day, day + timedelta(days=2), day + timedelta(days=3 if number in late else 2))
        for number, day in enumerate(days)
    ]
    add(session, world, rows + [made(day, day, day) for day in busy])
    # Mường Chà 2020: everything on time, by level.
    other = worlds.a_procedure(
        session, clock(), code="1.004223", level="tỉnh", levels=["tỉnh"], name="Cấp phép"
    )
    add(
        session,
        world,
        [made(date(2020, 3, 2), date(2020, 3, 9), date(2020, 3, 6)) for _ in range(331)]
        + [
            made(date(2020, 3, 2), date(2020, 3, 9), date(2020, 3, 9), procedure_id=other.id)
            for _ in range(35)
        ],
    )
    gia_lam = settled(session, NINE_MONTHS.period)
    share = (gia_lam.on_time_share or 0) * 100
    assert say(f"Đúng hạn {percent(share)} trên {integer(gia_lam.settled)} hồ sơ") == (
        "Đúng hạn 98,6% trên 1.100 hồ sơ"
    )
    day = receipts.receipts(ask(NINE_MONTHS))
    assert day.busiest is not None
    assert say(f"Cao điểm {day.busiest[1]} giao dịch một ngày").startswith("Cao điểm 10")
    assert day.mean is not None
    say(f"Trung bình {decimal(day.mean, 1)} giao dịch một ngày làm việc")
    rows_of = BY_SLUG["bieu-06"].make(ask(EIGHT_MONTHS)).rows
    levels = {row.cells[1]: row.cells[2] for row in rows_of if row.style is Style.GROUP}
    assert levels == {
        "Thủ tục hành chính cấp tỉnh": 35,
        "Thủ tục hành chính cấp xã": 331,
    }
    say("; ".join(f"{name}: {many} hồ sơ" for name, many in levels.items()))
    muong_cha = settled(session, EIGHT_MONTHS.period)
    assert say(f"{percent((muong_cha.on_time_share or 0) * 100)} đúng hạn") == "100,0% đúng hạn"
    assert [one.settling.settled for one in items(ask(EIGHT_MONTHS), By.SECTOR)] == [366]
    # No complaint in the year: zero is said where petitions were counted, and full points.
    none = {"petitions": 0, "petitions_on_time": 0}
    points = {one.part.key: one.points for one in serving.scored(none)}
    assert say(f"0 phản ánh, kiến nghị: {points['5.2']:g} điểm") == "0 phản ánh, kiến nghị: 6 điểm"
    late_ones = Narrowed(Which.LATE, NINE_MONTHS.period, EVERYBODY)
    assert lists.count(session, late_ones) == gia_lam.late


def test_shortened_limits_of_ha_giang(session: Session, clock: StoppedClock) -> None:
    """206 of 323 procedures, 63.8 %, by 6 to 30 %: here two of three."""
    world = worlds.build(session, clock())
    for number, local in ((1, 3.5), (2, None)):
        one = worlds.a_procedure(session, clock(), code=f"1.00500{number}", name=f"Việc {number}")
        if local:
            session.execute(
                update(ProcedureVersion.__table__)
                .where(ProcedureVersion.__table__.c.id == one.current_version_id)
                .values(local_limit_value=local, local_limit_unit=LimitUnit.WORKING_DAY.value)
            )
    session.execute(
        update(ProcedureVersion.__table__)
        .where(ProcedureVersion.__table__.c.id == world.procedure.current_version_id)
        .values(local_limit_value=4, local_limit_unit=LimitUnit.WORKING_DAY.value)
    )
    session.expire_all()
    asked = Question(session, parse("2026"), date(2026, 11, 23), worlds.calendar())
    table = shortened.shortened(asked)
    (total,) = [row.cells for row in table.rows if row.style is Style.TOTAL]
    told = [shown(cell, column.kind) for cell, column in zip(total, table.columns, strict=True)]
    assert say(" | ".join(told[2:])) == "3 | 2 | 66,7% | 20,0% | 30,0% | 2 | 0"
    levels = procedures.service_levels(asked)
    assert [row.cells[1] for row in levels.rows] == [0, 0, 0, 3, 3]
    assert session.query(Procedure).count() == 3
