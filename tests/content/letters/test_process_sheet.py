"""The ISO sheet: cover, headings 1 to 7 and the table of steps, whatever the record knows."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from content.errors import Invalid
from content.letters.process_sheet import Issue, ProcessSheet
from content.letters.render import Letters
from content.letters.values import Office
from content.processes.graph import Graph
from content.processes.sheet import words_of
from content.processes.template import standard
from tests.content.dossiers_service.world import RECORD, RELIGIOUS

NOW = datetime.fromisoformat("2026-11-23T10:00:00+07:00")


def a_sheet(**changes: object) -> ProcessSheet:
    given = {
        "office": Office(name="UBND tỉnh Sơn Hà Mẫu", place="Sơn Hà Mẫu"),
        "made_at": NOW,
        "record": RECORD,
        "graph": standard(Decimal(40)),
        "code": "QT-CA-01",
        "number": 2,
        "limit": "5 ngày làm việc",
        "effective_on": date(2026, 11, 30),
        "approver": "Hoàng Thị Lãnh",
        "parts": words_of({"scope": "Áp dụng tại xã."}, RECORD["name"]),
        "issues": [Issue(1, date(2026, 1, 5), ""), Issue(2, date(2026, 11, 30), "Rút gọn.")],
    }
    return ProcessSheet(**{**given, **changes})


def test_the_sheet_has_all_parts_and_its_sum() -> None:
    words = a_sheet().sheet()
    assert [one["place"] for one in words["steps"]] == [f"B{at}" for at in range(1, 10)]
    assert (words["total"], words["number"], words["day"]) == ("40", "02", "30/11/2026")
    assert words["parts"]["scope"] == "Áp dụng tại xã."
    assert "Đăng ký thường trú" in words["parts"]["purpose"]
    assert words["issues"][0]["changes"] == "Ban hành lần đầu"
    assert len(words["papers"]) == 2
    assert len(a_sheet(case=RELIGIOUS).sheet()["papers"]) == 2
    assert len(a_sheet(case="Trường hợp khác").sheet()["papers"]) == 1


def test_papers_that_everybody_brings_stay_whatever_the_case() -> None:
    heads = {"name": "Căn cước", "originals": 1, "copies": 0, "case": "Giấy tờ phải xuất trình"}
    record = {**RECORD, "dossier": [*RECORD["dossier"], heads]}
    papers = a_sheet(record=record, case=RELIGIOUS).sheet()["papers"]
    assert papers[-1]["heading"] == "Giấy tờ phải xuất trình"


def test_it_is_printed_from_much_and_from_nothing() -> None:
    letters = Letters()
    first = letters.make(a_sheet())
    assert first.startswith(b"%PDF")
    assert letters.make(a_sheet()) == first
    bare = {"name": "Thủ tục chưa rõ"}
    empty = a_sheet(record=bare, limit="", effective_on=None, approver="", issues=(), draft=True)
    assert letters.make(empty).startswith(b"%PDF")
    with pytest.raises(Invalid):
        a_sheet(graph=Graph(()))
