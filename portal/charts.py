"""Bar charts as accessible SVG: geometry only, the drawing is ``macros/reports.jinja2``.

Bars begin at zero, so that lengths may be compared; the number stands at the bar's end, and
a table with the same numbers under every chart. Widths are shares of the page's, heights
pixels: a chart is as readable on a phone as on a wide screen, without a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

#: Room at the end of the longest bar for its number, in percent.
LONGEST = 82
#: Pixels: a label's line, its bar, the space below.
LABEL, BAR, GAP = 20, 16, 12
MAX_BARS = 12
#: Signs of a label's line, as many as a phone shows; longer names take a second one.
MAX_LABEL = 42
MAX_LINES = 2


@dataclass(frozen=True)
class Bar:
    """``label`` above, each line with its place, ``width`` in percent, ``number`` at the end."""

    label: tuple[tuple[str, int], ...]
    number: str
    width: str
    bar_y: int
    number_y: int


@dataclass(frozen=True)
class Chart:
    """``rest`` is how many lines have no bar, because the table below has too many."""

    title: str
    bars: tuple[Bar, ...]
    height: int
    rest: int = 0


def bars(title: str, lines: Sequence[tuple[str, float, str]]) -> Chart | None:
    """A chart of (label, value, number in words); nothing where there is nothing to compare.

    Of many lines the greatest are drawn, in the order they came.
    """
    if len(lines) < 2 or not any(value > 0 for _label, value, _number in lines):
        return None
    least = sorted((value for _label, value, _number in lines), reverse=True)[:MAX_BARS][-1]
    drawn = [one for one in lines if one[1] >= least][:MAX_BARS]
    most = max(value for _label, value, _number in drawn)
    made: list[Bar] = []
    top = 0
    for label, value, number in drawn:
        words = _lines(label)
        bar_y = top + len(words) * LABEL
        places = tuple((one, top + at * LABEL - 6) for at, one in enumerate(words, start=1))
        width = f"{max(0.0, value) / most * LONGEST:.2f}%"
        made.append(Bar(places, number, width, bar_y, number_y=bar_y + BAR - 3))
        top = bar_y + BAR + GAP
    return Chart(title, tuple(made), top, len(lines) - len(made))


def _lines(label: str) -> list[str]:
    """A label in at most two lines; a longer name stands whole in the table."""
    found = wrap(label, MAX_LABEL, max_lines=MAX_LINES, placeholder="…", break_on_hyphens=False)
    return found or [""]
