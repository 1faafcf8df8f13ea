"""A file says exactly what the catalogue says, and back; broken files are named, not guessed."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from content.procedures import importing
from content.procedures.records import canonical
from content.procedures.spreadsheets import read_book, write_book
from content.procedures.spreadsheets.layout import MAIN, MAIN_COLUMNS, NUMBER
from tests.content.procedures.conftest import record, sample_records
from tests.content.procedures.strategies import records


def again(*given: dict[str, Any]) -> list[dict[str, Any]]:
    return [canonical(row.record) for row in read_book(write_book(given)).rows]


def book_of(sheets: dict[str, list[list[Any]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
    return target.getvalue()


@settings(max_examples=60)
@given(st.lists(records(), min_size=1, max_size=4))
def test_any_record_comes_back_as_it_went(given: list[dict[str, Any]]) -> None:
    given = [canonical(one) for one in given]
    assert again(*given) == given


def test_the_sample_comes_back_as_it_went() -> None:
    given = [canonical(one) for one in sample_records()[:150]]
    assert again(*given) == given


@pytest.mark.parametrize("sign", ["=1+1", "+84", "-5", "@SUM(A1)", '=cmd|" /C calc"!A0'])
def test_nothing_is_ever_calculated(sign: str) -> None:
    data = write_book([record(name=sign, result=sign)])
    assert read_book(data).rows[0].record["name"] == sign
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


def edited(change: Any) -> list[dict[str, Any]]:
    """The records of a file in which somebody changed cells."""
    data = write_book([record(), record(code="1.000002", name="Thủ tục khác")])
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    change(sheets)
    return [row.record for row in read_book(book_of(sheets)).rows]


def test_a_changed_cell_counts_more_than_what_was_exact() -> None:
    def change(sheets: dict[str, Any]) -> None:
        sheets["Phí, lệ phí"][1][4] = "12.000"
        sheets["Phí, lệ phí"].append([2, None, None, "phí", 500])
        sheets["Căn cứ pháp lý"][1][4] = "01/02/2015"

    first, second = edited(change)
    assert first["fee"][0]["amount"] == 12000
    assert [fee["amount"] for fee in second["fee"]] == [8000, 500]
    assert first["legal_bases"][0]["date"] == "2015-02-01"


def test_a_row_without_number_is_joined_by_its_code() -> None:
    def change(sheets: dict[str, Any]) -> None:
        sheets["Trình tự"].append([None, "1.000002", None, "Nộp hồ sơ"])

    assert edited(change)[1]["steps"] == ["Nộp hồ sơ"]


def test_a_bad_cell_is_named_by_sheet_row_and_column(session: Any) -> None:
    data = write_book([record()])
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    sheets["Phí, lệ phí"][1][4] = "tám nghìn"
    sheets["Thành phần hồ sơ"].append([9, None, None, "Giấy lạc"])
    found = read_book(book_of(sheets))
    plan = importing.plan(session, found.rows)
    told = {
        (problem.code, found.where(row.number, problem.path))
        for row in plan.rows
        for problem in row.problems
    }
    assert told == {
        ("not_a_number", "trang “Phí, lệ phí”, dòng 2, cột “Mức thu”"),
        ("no_such_number", "trang “Thành phần hồ sơ”, dòng 4"),
    }


def _far_cell() -> bytes:
    data = write_book([record()])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                text = text.replace(b"</sheetData>", far)
            out.writestr(name, text)
    return target.getvalue()


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "x")
        out.writestr("xl/worksheets/sheet1.xml", b" " * (260 * 1024 * 1024))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_spreadsheet"),
        (b"%PDF-1.7", "not_a_spreadsheet"),
        (b"PK\x03\x04 cut off", "broken_spreadsheet"),
        (write_book([record()])[:-200], "broken_spreadsheet"),
        (_far_cell(), "spreadsheet_too_big"),
        (_bomb(), "spreadsheet_too_big"),
        (book_of({"Khác": [["a"]]}), "sheet_missing"),
        (book_of({MAIN: [[NUMBER, "Mã quốc gia"], [1, "1.000001"]]}), "column_missing"),
        (
            book_of({MAIN: [[NUMBER, *(one.title for one in MAIN_COLUMNS)]]}),
            "empty_file",
        ),
    ],
)
def test_a_broken_file_is_said_to_be_so(data: bytes, code: str) -> None:
    rows = read_book(data).rows
    assert rows[0].problem is not None
    assert rows[0].problem.code == code


@settings(max_examples=30)
@given(st.binary(max_size=300), st.integers(0, 3000))
def test_no_bytes_break_the_reader(noise: bytes, place: int) -> None:
    data = bytearray(write_book([record()]))
    data[place : place + len(noise)] = noise
    assert read_book(bytes(data)).rows
