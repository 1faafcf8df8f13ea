"""Forms on paper: filled, empty, with groups, and made from a form definition."""

import io
from dataclasses import replace

import pytest
from docx import Document

from content.errors import Invalid
from content.letters.form_adapter import EMPTY_ROWS, empty_form, filled_form
from content.letters.form_docx import make_docx
from content.letters.form_sheets import (
    BUILT_FROM_ITEMS,
    Closing,
    FormSection,
    FormSheet,
    Group,
    GroupRow,
    Line,
    Statement,
)
from content.letters.render import Letters
from content.procedures.forms import conditions
from content.procedures.forms.definition import (
    FormDefinition,
    Kind,
    Option,
    Question,
    Section,
)
from tests.content.letters.making import MORNING
from tests.content.letters.reading import flat, font_names, text_of


def form_sheet(*items, **changes) -> FormSheet:
    given = {
        "title": "Tờ khai đăng ký khai sinh",
        "made_at": MORNING,
        "sections": (FormSection(title="Người yêu cầu", items=items),),
    }
    return FormSheet(**given | changes)


def group_row(name: str, born: str) -> GroupRow:
    items = (Line(label="Họ và tên", value=name), Line(label="Ngày sinh", value=born, kind="date"))
    return GroupRow(title="Thành viên", items=items)


def test_a_filled_form_shows_what_was_answered(letters: Letters) -> None:
    pdf = letters.make(
        form_sheet(
            Line(label="Họ, chữ đệm, tên", value="NGUYỄN ĐỖ QUỲNH MỸ", hint="viết in hoa"),
            Line(label="Nội dung", value="Dòng một.\nDòng hai.", kind="paragraph"),
            Statement(text="Ghi đúng như trong giấy khai sinh."),
            form_code="Phụ lục 05 – Thông tư 04/2024/TT-BTP",
            addressee="Ủy ban nhân dân xã Ẫn Nguyễn",
            reference="Mã tra cứu: 7KQ4-M2XD",
            closing=Closing(
                declaration="Tôi cam đoan khai đúng.",
                place_date="Ẫn Nguyễn, ngày 05 tháng 02 năm 2026",
                signer_name="Nguyễn Đỗ Quỳnh Mỹ",
            ),
        )
    )
    text = text_of(pdf)
    for phrase in (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "Phụ lục 05 – Thông tư 04/2024/TT-BTP",
        "Kính gửi: Ủy ban nhân dân xã Ẫn Nguyễn",
        "Mã tra cứu: 7KQ4-M2XD",
        "Họ, chữ đệm, tên: NGUYỄN ĐỖ QUỲNH MỸ",
        "Dòng một.Dòng hai.",
        "Ghi đúng như trong giấy khai sinh.",
        "Tôi cam đoan khai đúng.",
        "Ẫn Nguyễn, ngày 05 tháng 02 năm 2026",
        "NGƯỜI KHAI",
        BUILT_FROM_ITEMS,
    ):
        assert flat(phrase) in text
    assert "viếtinhoa" not in text
    assert {name.rpartition("-")[0] for name in font_names(pdf)} == {"TeXGyreTermes"}


def test_an_empty_form_leaves_room_and_says_when_an_item_is_answered(letters: Letters) -> None:
    text = text_of(
        letters.make(
            form_sheet(
                Line(label="Họ tên", hint="viết in hoa", condition="nếu có chồng"),
                Line(label="Ngày sinh", kind="date"),
                Line(label="Giới tính", kind="choice", options=("Nam", "Nữ")),
                Line(label="Dân tộc", kind="choice", options=tuple(f"T{n}" for n in range(54))),
                Line(label="Lý do", kind="paragraph"),
                Line(label="Giấy chứng sinh", kind="file"),
            )
        )
    )
    for phrase in ("Họ tên (viết in hoa) (nếu có chồng):", "NamNữ", "Giấy chứng sinh", "ngày ……"):
        assert flat(phrase) in text
    assert "T53" not in text


def test_a_narrow_group_is_a_table_and_a_wide_or_uneven_one_a_list(letters: Letters) -> None:
    two = (group_row("Lê Ổn", "01/02/1988"), group_row("Lê Ẫm", "01/02/2018"))
    narrow = Group(title="Thành viên", rows=two)
    assert narrow.columns == ("Họ và tên", "Ngày sinh")
    text = text_of(letters.make(form_sheet(narrow)))
    assert text.count("Họvàtên") == 1
    assert "Lê Ổn01/02/1988".replace(" ", "") in text
    wide_row = GroupRow(title="Dòng 1", items=tuple(Line(label=f"Cột {n}") for n in range(7)))
    uneven = (*two, GroupRow(title="Thành viên 3", items=(Line(label="Họ và tên", value="A"),)))
    nested = GroupRow(title="Nhà 1", items=(Line(label="Số"), narrow))
    with_statement = GroupRow(title="Dòng 1", items=(Statement(text="Đọc kỹ"),))
    for rows in ((wide_row,), uneven, (nested, nested), (with_statement,), ()):
        group = Group(title="Nhóm", rows=rows)
        assert group.columns == () or rows == (nested, nested)
        printed = text_of(letters.make(form_sheet(group)))
        assert all(flat(row.title) in printed for row in rows)


def test_a_group_without_rows_says_so(letters: Letters) -> None:
    group = Group(title="Thành viên", condition="nếu có")
    assert flat("Thành viên (nếu có): không có") in text_of(letters.make(form_sheet(group)))


def test_a_form_needs_a_title_sections_and_its_note() -> None:
    with pytest.raises(Invalid) as caught:
        form_sheet(title="", sections=(), note="")
    assert set(caught.value.problems) == {"title", "sections", "note"}


BIRTH = FormDefinition(
    id="khai-sinh",
    title="Tờ khai đăng ký khai sinh",
    form_code="Phụ lục 05",
    source_note="Dựng từ các mục của mẫu, không thay thế mẫu đã ban hành.",
    sections=(
        Section(
            id="parent",
            title="Người yêu cầu",
            questions=(
                Question(id="read", kind=Kind.STATEMENT, label="Khai đúng sự thật."),
                Question(id="name", kind=Kind.TEXT, label="Họ tên", note="viết in hoa"),
                Question(
                    id="married",
                    kind=Kind.CHOICE,
                    label="Đã kết hôn",
                    options=(Option("yes", "Có"), Option("no", "Không")),
                ),
                Question(
                    id="wedding",
                    kind=Kind.DATE,
                    label="Ngày kết hôn",
                    when=conditions.Test("married", conditions.Op.EQUALS, "yes"),
                ),
                Question(id="proof", kind=Kind.FILE, label="Giấy chứng sinh"),
                Question(
                    id="children",
                    kind=Kind.REPEAT,
                    label="Các con",
                    item="con",
                    questions=(
                        Question(id="child", kind=Kind.TEXT, label="Tên con"),
                        Question(id="born", kind=Kind.DATE, label="Sinh ngày"),
                    ),
                ),
            ),
        ),
    ),
)
ANSWERS = {
    "name": "NGUYỄN *MỸ*",
    "married": "no",
    "wedding": "2015-01-02",
    "proof": [{"token": "t", "name": "giay.pdf", "size": 1, "type": "pdf", "digest": "d"}],
    "children": [{"child": "Ẫm", "born": "2018-02-01"}, {"child": "Ổn", "born": "2020-03-09"}],
}


def test_answers_to_a_definition_become_a_filled_form(letters: Letters) -> None:
    sheet = filled_form(
        BIRTH, ANSWERS, made_at=MORNING, reference="7KQ4", closing=Closing(signer_name="Mỹ")
    )
    text = text_of(letters.make(sheet))
    for phrase in (
        "Khai đúng sự thật.",
        "Họ tên: NGUYỄN *MỸ*",
        "Đã kết hôn: Không",
        "Giấy chứng sinh: giay.pdf",
        "Ẫm01/02/2018",
        "Ổn09/03/2020",
        "7KQ4",
        "Dựng từ các mục của mẫu, không thay thế mẫu đã ban hành.",
    ):
        assert flat(phrase) in text
    assert flat("Ngày kết hôn") not in text


def test_a_definition_alone_becomes_an_empty_form(letters: Letters) -> None:
    sheet = empty_form(BIRTH, made_at=MORNING, sample=True)
    children = sheet.sections[0].items[-1]
    assert isinstance(children, Group)
    assert len(children.rows) == EMPTY_ROWS
    text = text_of(letters.make(sheet))
    for phrase in ("Họ tên (viết in hoa):", "Ngày kết hôn (", "Có", "Không", "Tên con"):
        assert flat(phrase) in text


def test_the_empty_form_says_who_fills_in_a_step_or_reads_a_statement(letters: Letters) -> None:
    married = conditions.Test("married", conditions.Op.EQUALS, "yes")
    stop = Question(id="stop", kind=Kind.STATEMENT, label="Đơn vị khác nhận hồ sơ.", when=married)
    spouse = Question(id="spouse", kind=Kind.TEXT, label="Họ tên vợ hoặc chồng")
    (section,) = BIRTH.sections
    definition = replace(
        BIRTH,
        sections=(
            replace(section, questions=(*section.questions, stop)),
            Section(id="two", title="Vợ, chồng", questions=(spouse,), when=married),
        ),
    )
    sheet = empty_form(definition, made_at=MORNING)
    words = "hiện khi “Đã kết hôn” là “Có”"
    pdf = flat(text_of(letters.make(sheet)))
    assert pdf.count(flat(words)) == 3
    document = Document(io.BytesIO(make_docx(sheet)))
    assert " ".join(one.text for one in document.paragraphs).count(words) == 3
