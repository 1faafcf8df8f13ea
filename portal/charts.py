"""Bar charts as accessible SVG: geometry only, the drawing is ``macros/reports.jinja2``.

Bars begin at zero, so that lengths may be compared; the number stands at the bar's end, and
a table with the same numbers under every chart. Widths are shares of the page's, heights
pixels: a chart is as readable on a phone as on a wide screen, without a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: Room at the end of the longest bar for its number, in percent.
LONGEST = 82
#: Pixels: a label's line, its bar, the space below.
LABEL, BAR, GAP = 20, 16, 12
MAX_BARS = 12
MAX_LABEL = 42


@dataclass(frozen=True)
class Bar:
    """``label`` above, ``width`` in percent, ``number`` at the end."""

    label: str
    number: str
    width: str
    label_y: int
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
    step = LABEL + BAR + GAP
    made = tuple(
        Bar(
            label=_short(label),
            number=number,
            width=f"{max(0.0, value) / most * LONGEST:.2f}%",
            label_y=place * step + LABEL - 6,
            bar_y=place * step + LABEL,
            number_y=place * step + LABEL + BAR - 3,
        )
        for place, (label, value, number) in enumerate(drawn)
    )
    return Chart(title, made, len(made) * step, len(lines) - len(made))


def _short(label: str) -> str:
    """A label of one line; the whole name stands in the table."""
    if len(label) <= MAX_LABEL:
        return label
    return label[: MAX_LABEL - 1].rsplit(" ", 1)[0] + "…"
