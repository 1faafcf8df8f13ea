"""The annex of a decision as offices write it, read without our own layout."""

import io
from typing import Any

import xlsxwriter
from sqlalchemy.orm import Session

from content.procedures.files import read_file
from content.procedures.merging import queue, runs
from content.procedures.merging.models import ImportRun, RunState, Source
from content.procedures.merging.threeway import Kind
from content.writing import revisions
from tests.content.procedures.conftest import NOW, record, take_in
from tests.content.procedures.merging.waiting import waiting

HEAD = [
    "TT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện",
    "Phí, lệ phí (nếu có)", "Căn cứ pháp lý",
]  # fmt: skip


def annex(*rows: list[Any]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Phụ lục I")
        sheet.write_row(0, 0, ["DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG"])
        sheet.write_row(1, 0, ["(Kèm theo Quyết định số 125/QĐ-UBND)"])
        sheet.write_row(3, 0, HEAD)
        for number, row in enumerate(rows, start=4):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def run_of(session: Session, source: Source) -> ImportRun:
    run = ImportRun(
        source=source, state=RunState.RUNNING, file_name="125.xlsx", created_at=NOW, report={}
    )
    session.add(run)
    session.flush()
    return run


ROWS = (
    ["A. THỦ TỤC HÀNH CHÍNH CẤP XÃ"],
    ["I. Lĩnh vực hộ tịch"],
    ["1", "1.000001", "Đăng ký thử", "02 ngày làm việc", "Một cửa", "16.000 đồng/bản",
     "- Luật Hộ tịch số 60/2014/QH13; Nghị định số 123/2015/NĐ-CP."],
    ["2", "1.777777", "Thủ tục mới tinh", "Trong ngày; 03 ngày nếu phải xác minh", "", "Không", ""],
)  # fmt: skip


def test_rows_say_what_stands_in_them_and_where() -> None:
    rows, where = read_file(annex(*ROWS))
    assert [row.is_partial for row in rows] == [True, True]
    first, second = (row.record for row in rows)
    assert first == {
        "code": "1.000001", "name": "Đăng ký thử", "level": "xã", "field": "Hộ tịch",
        "time_limit": {"value": 2, "unit": "ngày làm việc", "text": "02 ngày làm việc"},
        "fee": [{"kind": "lệ phí", "amount": 16000, "unit": None, "condition": "16.000 đồng/bản"}],
        "legal_bases": [{"number": "60/2014/QH13", "date": None},
                        {"number": "123/2015/NĐ-CP", "date": None}],
    }  # fmt: skip
    # Two limits in one cell: the words, no number.
    assert second["time_limit"]["value"] is None
    assert second["fee"][0]["amount"] == 0
    assert where(rows[0].number, "fee") == "trang “Phụ lục I”, dòng 7"


def test_an_annex_becomes_a_draft_in_which_all_else_stays(session: Session) -> None:
    (version,) = take_in(session, record(code="1.000001"))
    run = run_of(session, Source.OWN)
    judged = runs.judge(session, annex(*ROWS[:3]), Source.OWN)
    assert judged.problems == []
    runs.take(session, run, judged.records, now=NOW)
    draft = queue.working(version.procedure)
    assert draft["fee"][0]["amount"] == 16000
    assert draft["dossier"] == version.document["dossier"]
    assert draft["result"] == version.document["result"]
    (made,) = run.report["drafts"]
    notes = [one.note for one in revisions.history(session, f"procedure_version:{made}")]
    assert notes[0] == "Nhập từ tệp 125.xlsx"


def test_an_annex_beside_ours_makes_differences_only_where_it_says_something(
    session: Session,
) -> None:
    take_in(session, record(code="1.000001"))
    run = run_of(session, Source.NATIONAL)
    judged = runs.judge(session, annex(*ROWS), Source.NATIONAL)
    assert judged.problems == []
    runs.take(session, run, judged.records, now=NOW)
    session.flush()
    found = waiting(session)
    assert {row.part for row in found} <= {"", "field", "time_limit", "fee", "legal_bases", "name"}
    assert any(row.part == "fee" for row in found)
    assert [row.name for row in found if row.kind is Kind.NEW] == ["Thủ tục mới tinh"]
    again = run_of(session, Source.NATIONAL)
    runs.take(
        session,
        again,
        runs.judge(session, annex(*ROWS), Source.NATIONAL).records,
        now=NOW,
    )
    assert again.report["result"]["queued"] == 0


def test_what_is_no_annex_is_refused_as_before() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Trang").write_row(0, 0, ["Một", "Hai"])
    rows, _where = read_file(target.getvalue())
    assert [row.problem.code for row in rows if row.problem] == ["sheet_missing"]
