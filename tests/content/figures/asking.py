"""Asking for a report of October, and reading what it says."""

from datetime import date

from content.figures.periods import Span, parse
from content.figures.question import Question
from content.figures.scope import EVERYBODY, Units
from content.figures.tables import Style, Table
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World

OCTOBER = parse("2026-10")
DAY = date(2026, 10, 5)


def ask(world: World, span: Span = OCTOBER, units: Units = EVERYBODY) -> Question:
    return Question(world.session, span, date(2026, 11, 23), worlds.calendar(), units)


def cells(table: Table, style: Style = Style.TOTAL) -> list[tuple]:
    return [row.cells for row in table.rows if row.style is style]
