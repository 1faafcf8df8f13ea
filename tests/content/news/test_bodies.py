"""Bodies as pages show them."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from content.news.bodies import for_page, to_html
from content.news.models import BodyFormat

FRAME = '<div class="wide" role="region" tabindex="0" aria-label="Bảng {}">'


def test_each_table_moves_by_itself_and_has_a_name() -> None:
    html = for_page("Một\n\n| a | b |\n\nHai\n\n| c |")
    first, second = (FRAME.format(number) for number in (1, 2))
    assert re.sub(r"<table>.*?</table>", "BẢNG", html, flags=re.S) == (
        f"<p>Một</p>\n{first}BẢNG</div>\n<p>Hai</p>\n{second}BẢNG</div>"
    )
    nested = "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"
    assert for_page(nested, BodyFormat.HTML).count("<div") == 1
    assert for_page(nested, BodyFormat.HTML).rstrip().endswith("</div>")


@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr><td>", "x", "<p>y</p>"]), max_size=12))
@settings(max_examples=60)
def test_nothing_but_frames_is_added(parts: list[str]) -> None:
    html = for_page("".join(parts), BodyFormat.HTML)
    assert html.count('<div class="wide"') == html.count("</div>")
    bare = re.sub(r'<div class="wide"[^>]*>|</div>', "", html)
    assert bare == to_html("".join(parts), BodyFormat.HTML)
