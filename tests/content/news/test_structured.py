"""Structured text becomes the HTML it promises, and nothing in it becomes HTML by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.news.cleaning import sanitise
from content.news.structured import to_html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Một\nhai\n\nBa", "<p>Một<br>hai</p>\n<p>Ba</p>"),
        ("## Vì sao\nLời", "<h2>Vì sao</h2>\n<p>Lời</p>"),
        ("- a\n- b\n1. c", "<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li></ol>"),
        ("> lời\n> hai", "<blockquote><p>lời<br>hai</p></blockquote>"),
        (
            "| Xã | Giờ |\n| --- | --- |\n| Tả Van |",
            '<table><thead><tr><th scope="col">Xã</th><th scope="col">Giờ</th></tr></thead>'
            "<tbody><tr><td>Tả Van</td><td></td></tr></tbody></table>",
        ),
        ("[cổng](https://a.vn/?x=1&y)", '<p><a href="https://a.vn/?x=1&amp;y">cổng</a></p>'),
        # What runs something, and pictures of other sites, stay words.
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://a.vn/b.png)", '<p>!<a href="https://a.vn/b.png">x</a></p>'),
        ("<b>5 < 6</b>", "<p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>"),
    ],
)
def test_lines_become_what_they_begin_with(written: str, html: str) -> None:
    assert to_html(written) == html


LINES = st.text(st.sampled_from('ab<>"&|!#-. 1[]()/:\n'), max_size=60)


@given(LINES)
@settings(max_examples=40)
def test_any_text_is_html_that_the_sanitiser_would_keep(text: str) -> None:
    html = to_html(text)
    assert sanitise(html).count("<") == html.count("<")
