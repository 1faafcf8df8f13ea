"""What may stand in a body, and that nothing else survives."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.news.bodies import is_plain, to_text
from content.news.cleaning import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    SCHEMES,
    image_allowed,
    sanitise,
)
from content.news.models import BodyFormat
from tests.content.news.vectors import vectors

VECTORS = vectors()
ADDED = {"a": {"rel"}, "img": {"loading"}, "video": {"controls", "preload"}}


class Inspector(HTMLParser):
    """Every tag and attribute of what came out, against the lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.wrong.append(tag)
        allowed = ALLOWED_ATTRIBUTES.get(tag, set()) | ADDED.get(tag, set())
        for name, value in attrs:
            if name not in allowed:
                self.wrong.append(f"{tag} {name}")
            if name == "src" and not image_allowed(value or ""):
                self.wrong.append(f"src {value}")
            scheme, colon, _ = (value or "").partition(":")
            if name == "href" and colon and scheme.isalpha() and scheme not in SCHEMES:
                self.wrong.append(f"href {value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append("declaration")


def problems(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.wrong


def test_a_lone_paragraph_of_a_cell_or_item_is_the_cell_itself() -> None:
    """As Word writes each; structured text then says the same, for people without scripts."""
    table = '<table><tr><td colspan="2"><p>Xã</p><p> </p></td><td><p>Giờ <b>mở</b></p></td></tr>'
    cleaned = sanitise(f"{table}</table><ul><li><p>một</p></li><li><p>a</p><p>b</p></li></ul>")
    assert '<td colspan="2">Xã</td><td>Giờ <strong>mở</strong></td>' in cleaned
    assert "<li>một</li>" in cleaned
    assert cleaned.count("<p>") == 2
    assert sanitise(cleaned) == cleaned
    assert is_plain("<table><tr><td><p>Xã</p></td><td><p>Giờ</p></td></tr></table>")


def test_the_list_is_long_enough() -> None:
    assert len(set(VECTORS)) >= 150


@pytest.mark.parametrize("vector", VECTORS)
def test_no_attempt_survives(vector: str) -> None:
    cleaned = sanitise(vector)
    assert not problems(cleaned)
    assert sanitise(cleaned) == cleaned


PIECES = st.sampled_from(
    [
        *VECTORS[:60],
        "<p>",
        "</p>",
        "<li>",
        "<!--",
        "-->",
        "<svg>",
        "<style>",
        '"',
        "'",
        "mso-list:",
        "<p style='mso-list:l0'>",
        "chữ",
        "&lt;",
        "<![endif]>",
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join))
@settings(max_examples=150)
def test_pieces_put_together_do_not_survive_either(html: str) -> None:
    assert not problems(sanitise(html))


def test_what_is_allowed_stays() -> None:
    body = (
        '<figure><img src="/tep/0123456789ab/cau-moi.jpg" alt="Cầu mới" loading="lazy">'
        "<figcaption>Cầu thông xe sáng 20/11.</figcaption></figure>\n"
        '<table><caption>Lệ phí</caption><thead><tr><th scope="col">Loại</th></tr>\n</thead>'
        '<tbody><tr><td colspan="2">Bản chính</td></tr>\n</tbody></table>\n'
        "<blockquote><p>Lời dẫn.</p>\n</blockquote>\n"
        '<video src="/tep/0123456789ab/huong-dan.mp4" controls="" preload="none"></video>'
    )
    assert sanitise(body).replace("\n", "") == body.replace("\n", "")


@pytest.mark.parametrize(
    ("src", "allowed"),
    [
        ("/tep/0123456789ab/a.png", True),
        ("/tep/0123456789ab/0123456789ab/640.webp", True),
        ("/tep/0123456789ab/../a.png", False),
        ("//vidu.vn/tep/0123456789ab/a.png", False),
        ("https://vidu.vn/a.png", False),
        ("data:image/png;base64,AA", False),
        ("/static/a.png", False),
        ("/tep/0123456789AB/a.png", False),
    ],
)
def test_pictures_come_from_our_own_library(src: str, allowed: bool) -> None:
    assert image_allowed(src) is allowed
    assert ("<img" in sanitise(f'<img src="{src}" alt="x">')) is allowed


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body>
<h1 style='mso-margin-top-alt:auto'>Thông báo<o:p></o:p></h1>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span lang=VI
style='font-family:"Times New Roman"'><font color=red>Kính gửi</font></span></b><st1:place
w:st="on"> Hà
Giang</st1:place><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span><![endif]>Tờ khai</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if
!supportLists]><span>·</span><![endif]><i>Căn cước</i></p>
</body></html>"""


def test_a_text_from_word_is_clean() -> None:
    assert sanitise(WORD).split("\n") == [
        "<h2>Thông báo</h2>",
        "<p><strong>Kính gửi</strong> Hà",
        "Giang </p>",
        "<ul><li>Tờ khai</li>",
        "<li><em>Căn cước</em></li>",
        "</ul>",
    ]


def test_numbered_items_of_word_are_numbered() -> None:
    item = "<p style='mso-list:l1'><![if !supportLists]>1.&nbsp;<![endif]>Nộp hồ sơ</p>"
    assert sanitise(item) == "<ol><li>Nộp hồ sơ</li>\n</ol>"


def test_simple_html_can_be_written_without_an_editor() -> None:
    assert is_plain("<p>a<br>b</p>\n<ul><li>c</li></ul>")
    assert is_plain("<table><tr><td>a</td></tr></table>")
    assert not is_plain("<p>a <strong>b</strong></p>")
    assert not is_plain("<p>- no list, though it looks like one</p>")
    assert to_text("<p>a</p><table><tr><td>b</td></tr></table>", BodyFormat.HTML) == "a b"
