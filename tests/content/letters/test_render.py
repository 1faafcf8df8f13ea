"""From data to PDF: nothing typed is read as markup, the type is ours, bytes repeat."""

import re
import string
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.letters import fonts
from content.letters.fonts import FontsMissing, font_dirs
from content.letters.render import TEMPLATES, Letters, NotRendered, printable
from content.letters.values import Person, ReceivedPaper
from tests.content.letters import making
from tests.content.letters.making import (
    MORNING,
    PERSON,
    acknowledgement,
    apology,
    receipt_slip,
    refusal_slip,
    supplement_slip,
)
from tests.content.letters.reading import flat, font_names, page_size, pixels, reader, text_of

_SHAPES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = sorted(
    {
        letter
        for shape in _SHAPES + _SHAPES.upper()
        for tone in _TONES
        if ord(letter := unicodedata.normalize("NFC", shape + tone)) > 127
    }
    | set("đĐ")
)
MARKUP = (
    r"#let x = 1 #x *b* _i_ $a^2$ \ @ref <b>tag</b> = h - l / t // c `r` "
    "\"q\" 'a' ~ [c] {d} #{1+1} -- ... https://a.vn"
)


@pytest.mark.parametrize("make", making.ALL)
def test_every_letter_carries_its_title_and_only_our_type(letters: Letters, make) -> None:
    letter = make()
    pdf = letters.make(letter)
    title = letter.sheet()["title"]
    assert flat(title.upper()) in text_of(pdf)
    assert reader(pdf).metadata.title == title
    assert flat("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in text_of(pdf)
    assert flat("Độc lập - Tự do - Hạnh phúc") in text_of(pdf)
    assert {name.rpartition("-")[0] for name in font_names(pdf)} == {"TeXGyreTermes"}


def test_all_vietnamese_letters_come_back_in_every_face(letters: Letters) -> None:
    assert len(LETTERS) == 134
    everything = "".join(LETTERS)
    words = " ".join(everything[at : at + 20] for at in range(0, len(everything), 20))
    person = Person(name=words, address=words)
    office = making.Office(name="Xã", place=words, desk="Bàn")
    pdf = letters.make(receipt_slip(submitter=person, office=office))
    assert text_of(pdf).count(everything) >= 4
    assert font_names(pdf) == {f"TeXGyreTermes-{face}" for face in ("Regular", "Bold", "Italic")}


def test_markup_is_printed_as_it_was_typed(letters: Letters) -> None:
    person = Person(name=MARKUP, address=MARKUP, phone="#panic()", identity="\\#eval")
    text = text_of(letters.make(receipt_slip(submitter=person, procedure=MARKUP)))
    assert text.count(flat(MARKUP)) == 4
    assert "#panic()" in text
    assert "\\#eval" in text


_LETTERS_OF_OURS = st.sampled_from("".join(LETTERS) + string.ascii_letters + string.digits)
_OURS = st.text(_LETTERS_OF_OURS | st.sampled_from(string.punctuation + " \n–…“”€ßøñčłž"))


@settings(max_examples=40)
@given(text=_OURS)
def test_any_text_in_our_letters_comes_back(letters: Letters, text: str) -> None:
    person = Person(name=f"|{text}|", address=text)
    pdf = letters.make(acknowledgement(submitter=person))
    assert flat(f"|{text}|") in text_of(pdf)


@settings(max_examples=60)
@given(text=st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_at_all_breaks_a_letter(letters: Letters, text: str) -> None:
    pdf = letters.make(acknowledgement(submitter=Person(name=f"x{text}", address=text)))
    assert len(reader(pdf).pages) >= 1


@pytest.mark.parametrize(
    "value", ["x" * 10_000, "Ẫ" * 10_000, "ngõ " * 2_500, "a\n" * 5_000, "https://" + "a" * 9_992]
)
def test_ten_thousand_characters_stay_on_the_paper(letters: Letters, value: str) -> None:
    pdf = letters.make(receipt_slip(submitter=Person(name="A", address=value)))
    letter = flat(value)[0]
    assert text_of(pdf).count(letter) >= flat(value).count(letter)
    right_margin = pixels(pdf, 197, 0, 13, 297, dpi=100)
    assert not any(any(row) for row in right_margin)


def test_foreign_names_are_printed_and_read_back(letters: Letters) -> None:
    for name in ("Zoë Müller-Østergård", "Łukasz Čapek", "Иван Петров", "Αθηνά"):
        assert flat(name) in text_of(letters.make(acknowledgement(submitter=Person(name=name))))


def test_a_sign_no_font_has_leaves_the_letter_readable(letters: Letters) -> None:
    pdf = letters.make(acknowledgement(submitter=Person(name="Lý 李 Văn")))
    assert flat("Xác nhận đã gửi hồ sơ trực tuyến").upper() in text_of(pdf)
    assert reader(pdf).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_empty_optional_values_leave_no_empty_labels(letters: Letters) -> None:
    bare = receipt_slip(submitter=Person(name="A"), channel="", charges=None, book=None, entry=None)
    text = text_of(letters.make(bare))
    for label in ("Địa chỉ", "Số điện thoại", "Email", "Phí, lệ phí", "Vào Sổ", "Chủ hồ sơ"):
        assert flat(label) not in text


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a5", (148, 210))])
def test_a_usual_receipt_fits_on_one_page_of_either_size(letters, paper, size) -> None:
    pdf = letters.make(receipt_slip(paper=paper, sample=True))
    assert page_size(pdf) == size
    assert len(reader(pdf).pages) == 1


@pytest.mark.parametrize("make", making.ALL)
def test_a_sample_says_so_on_every_page_and_a_real_letter_never(letters: Letters, make) -> None:
    strip = flat("TRANG MẪU – không nộp hồ sơ thật, không chuyển tiền")
    pdf = letters.make(make(sample=True, procedure="Đăng ký khai sinh " * 200))
    pages = reader(pdf).pages
    assert len(pages) > 1
    assert all(strip in flat(page.extract_text()) for page in pages)
    assert strip not in text_of(letters.make(make()))


def test_a_signature_never_stands_on_a_page_alone(letters: Letters) -> None:
    """However long the letter: the page of the signatures begins with words of it, and the
    check line does not go to a page of its own."""
    for make, words in (
        (refusal_slip, "Xin thông báo"),
        (apology, "Mong ông/bà"),
        (supplement_slip, "Trong quá trình"),
    ):
        seen = 0
        for length in range(1_000, 2_400, 200):
            reason = "lý do " * (length // 6)
            letter = make(
                reason=reason, check_code="K7QM", check_url="https://x.example.vn/?ma=K7QM"
            )
            pages = [flat(one.extract_text()) for one in reader(letters.make(letter)).pages]
            if len(pages) > 1:
                seen += 1
                assert flat(words) in pages[-1] or flat("lý do") in pages[-1]
                assert flat("K7QM") in pages[-1]
                assert flat("Trần Thị Bưởi") in pages[-1] or flat("Lê Văn Ổn") in pages[-1]
        assert seen


def test_a_row_of_papers_is_not_torn_by_the_end_of_a_page(letters: Letters) -> None:
    name = (
        "Bản sao giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền "
        "với đất trong trường hợp chuyển nhượng, thừa kế, tặng cho, góp vốn, "
        "chuyển quyền của vợ hoặc chồng thành của chung vợ và chồng, mua bán {} và hết tên"
    )
    papers = tuple(ReceivedPaper(name=name.format(n), copies=1) for n in range(100, 150))
    for page in reader(letters.make(receipt_slip(papers=papers))).pages:
        text = flat(page.extract_text())
        assert text.count(flat("Bản sao giấy chứng nhận")) == text.count(flat("và hết tên"))


def test_pages_are_numbered_from_the_second(letters: Letters) -> None:
    pages = reader(letters.make(receipt_slip(procedure="Đăng ký " * 900))).pages
    first_lines = [page.extract_text().splitlines()[0] for page in pages]
    assert not first_lines[0].isdigit()
    assert first_lines[1:] == [str(n) for n in range(2, len(pages) + 1)]


def test_the_pdf_is_tagged_titled_and_in_vietnamese(letters: Letters) -> None:
    root = reader(letters.make(receipt_slip())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("vi")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata


def test_the_same_letter_is_the_same_bytes_in_any_process_and_thread(letters: Letters) -> None:
    slips = [receipt_slip(sets=n) for n in range(1, 5)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(letters.make, slips))
    again = Letters()
    assert together == [again.make(slip) for slip in slips]
    assert len(set(together)) == 4


def test_the_pdf_is_dated_by_the_moment_given(letters: Letters) -> None:
    data = acknowledgement().sheet()
    pdf = letters.render("acknowledgement", data, made_at=datetime(2020, 5, 6, 7, 8, tzinfo=UTC))
    assert reader(pdf).metadata.creation_date == datetime(2020, 5, 6, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "nothing", "../render", "common.typ", "/etc/passwd", "Ẫ"])
def test_an_unknown_template_is_refused(letters: Letters, name: str) -> None:
    with pytest.raises(LookupError):
        letters.render(name, {}, made_at=MORNING)


def test_a_letter_whose_data_lacks_a_part_is_not_printed(letters: Letters) -> None:
    data = acknowledgement().sheet()
    del data["look_up_code"]
    with pytest.raises(NotRendered, match="look_up_code"):
        letters.render("acknowledgement", data, made_at=MORNING)


def test_templates_reach_for_no_package_and_evaluate_no_text() -> None:
    for template in TEMPLATES.glob("*.typ"):
        source = re.sub(r"//.*", "", template.read_text())
        assert not re.search(r"@preview|\beval\(|\bread\(|mode: *\"markup\"", source), template.name


def test_missing_type_is_said_in_vietnamese_with_what_to_do(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(FontsMissing, match=r"không đủ bốn kiểu chữ.*requirements/fonts\.lock"):
        Letters([tmp_path])
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_package_of_fonts")
    with pytest.raises(FontsMissing, match="chưa cài gói phông chữ"):
        font_dirs()


def test_long_words_may_break_but_addresses_of_pages_stay_whole() -> None:
    url = making.URL + "&x=1234567890"
    assert printable([url, 5, None, {"a": ("b",)}]) == [url, 5, None, {"a": ["b"]}]
    assert printable("y" * 50) == "\u200b".join(["y" * 20, "y" * 20, "y" * 10])
    assert printable("a\0b\u202ec\r\nd") == "a bc\nd"


def test_people_and_their_words_are_left_as_given() -> None:
    assert PERSON.in_words()["name"] == PERSON.name
