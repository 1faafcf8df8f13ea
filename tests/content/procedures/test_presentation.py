"""What people read: said plainly, never zero for unknown, nothing of the sources."""

from datetime import date

import pytest
from hypothesis import given, settings

from content.procedures.kinds import LimitUnit, ServiceLevel, Status
from content.procedures.models import ProcedureVersion
from content.procedures.parts import RequiredPaper
from content.procedures.presentation import (
    card_fee,
    card_limit,
    papers_left_out_in_words,
    public_document,
    sheet,
)
from content.procedures.projecting import audiences, is_choice, is_obligatory, name_sort, rows_of
from content.procedures.records import canonical
from content.procedures.repairs import Limit
from content.procedures.wording import (
    as_of_in_words,
    legal_date,
    limit_in_words,
    service_level_in_words,
    status_in_words,
)
from content.text import sort_key
from tests.content.procedures.conftest import record, sample_records
from tests.content.procedures.strategies import names, records


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (None, "chưa có thông tin"),
        (Limit(7, LimitUnit.WORKING_DAY), "7 ngày làm việc"),
        (Limit(2.5, LimitUnit.DAY), "2,5 ngày"),
        (Limit(3, LimitUnit.WORKING_HOUR), "3 giờ làm việc"),
        (Limit(1, LimitUnit.MONTH), "1 tháng"),
        (
            Limit(1, LimitUnit.SAME_DAY),
            "Trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo",
        ),
        (Limit(1, None, "nguồn chỉ ghi số 1"), "1 (chưa rõ đơn vị)"),
        (Limit(None, None, "Không quy định"), "Không quy định"),
        (Limit(None, None), "chưa có thông tin"),
    ],
)
def test_limits_in_words(limit, words):
    assert limit_in_words(limit) == words


@pytest.mark.parametrize(
    ("fees", "words"),
    [
        ([], "chưa có thông tin"),
        ([{"amount": None, "condition": "HĐND cấp tỉnh quy định"}], "chưa có thông tin"),
        ([{"amount": 0}], "Không thu phí"),
        ([{"amount": 20000, "unit": "đồng/bản"}], "20.000 đồng"),
        ([{"amount": 10000}, {"amount": 20000}], "Từ 10.000 đồng đến 20.000 đồng"),
        ([{"amount": 0}, {"amount": 5000}], "Không thu phí hoặc đến 5.000 đồng, tùy trường hợp"),
        ([{"amount": 0}, {"amount": None}], "Không thu phí; mức khác: chưa có thông tin"),
        ([{"unit": "USD", "condition": "10 USD/người"}], "10 USD"),
        ([{"amount": 0}, {"condition": "1.5 USD"}], "Không thu phí; 1,5 USD"),
        ([{"amount": 9, "valid_to": "2026-01-31"}], "chưa có thông tin"),
        ([{"amount": 9, "valid_to": "2026-02-01"}], "9 đồng"),
    ],
)
def test_fees_in_one_line(fees, words):
    assert card_fee({"fee": fees}, date(2026, 2, 1)) == words
    assert sheet(record(fee=fees), date(2026, 2, 1)).how_much == words


def test_fee_lines_keep_channel_and_condition_and_drop_what_only_repeats():
    fees = [
        {"kind": "lệ phí", "amount": 7000, "unit": "đồng/lần • Đối", "channels": ["trực tuyến"]},
        {"kind": None, "amount": 0, "condition": "không thu", "exempt": "hộ nghèo"},
    ]
    one, other = sheet(record(fee=fees)).fees
    assert (one.kind, one.amount, one.channels) == ("Lệ phí", "7.000 đồng/lần", ("trực tuyến",))
    assert (other.kind, other.amount, other.condition, other.exempt) == (
        "Phí, lệ phí",
        "Không thu phí",
        None,
        "hộ nghèo",
    )


def test_papers_of_everyone_come_first_then_cases_in_their_order():
    dossier = [
        {"name": "A", "case": "Trường hợp hai", "originals": 1, "copies": 2},
        {"name": "B", "case": None, "originals": None, "copies": None},
        {"name": "C", "case": "Giấy tờ phải nộp", "originals": 0, "copies": 0},
        {"name": "D (nếu có)", "case": "Trường hợp hai", "copies": 1},
    ]
    groups = sheet(record(dossier=dossier)).papers
    shape = [(one.case, one.is_choice, [paper.name for paper in one.papers]) for one in groups]
    assert shape == [
        (None, False, ["B"]),
        ("Trường hợp hai", True, ["A", "D (nếu có)"]),
        ("Giấy tờ phải nộp", False, ["C"]),
    ]
    told = {paper.place: paper.copies for one in groups for paper in one.papers}
    assert told == {
        0: "1 bản chính, 2 bản sao",
        1: "chưa có thông tin",
        2: "không nêu số bản",
        3: "1 bản sao",
    }
    assert [paper.is_obligatory for one in groups for paper in one.papers] == [True] * 2 + [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Giấy ra viện sau khi điều trị tai nạn đối với", "…"),
        ("Ngoài các giấy tờ tương ứng với các ", "…"),
        ("Giấy tờ chứng minh thuộc", "…"),
        ("Bản vẽ thiết kế và các bản vẽ kèm theo", ""),
        ("Giấy chứng nhận kết hôn đối với vợ chồng", ""),
        ("Kế hoạch khai thác khoáng sản tiếp theo", ""),
        ("Văn bản theo quy định tại Nghị định…", ""),
    ],
)
def test_a_name_that_the_source_cut_is_never_shown_as_if_it_were_whole(name, shown):
    """On pages, and in the rows from which slips and forms are made; the record stays."""
    document = record(dossier=[{"name": name, "originals": 1, "copies": 0}])
    said = name.rstrip() + shown if shown else name
    (group,) = sheet(document).papers
    assert group.papers[0].name == said
    assert group.papers[0].is_cut is said.endswith("…")
    (row,) = rows_of(ProcedureVersion(id=1, document=document))[RequiredPaper]
    assert row["name"] == said
    assert document["dossier"][0]["name"] == name


def test_every_paper_of_the_sample_is_shown_once():
    for one in sample_records():
        shown = [paper.place for group in sheet(one).papers for paper in group.papers]
        assert sorted(shown) == list(range(len(one["dossier"])))


def test_a_list_cut_by_its_source_says_how_many_are_left_out():
    cut = {one["code"]: sheet(one).papers_left_out for one in sample_records()}
    assert {code: count for code, count in cut.items() if count} == {
        "2.002011": 10,
        "2.002057": 2,
        "2.002060": 5,
        "1.009645": 2,
        "1.009646": 10,
        "1.009759": 10,
        "2.000829": 3,
        "1.014267": 3,
        "1.014272": 4,
    }
    assert "10 loại giấy tờ" in papers_left_out_in_words(10)


def test_missing_parts_are_named():
    found = sheet(record(fee=[], dossier=[], time_limit=None, steps=["Nộp"])).missing
    assert {"Phí, lệ phí", "Thành phần hồ sơ", "Thời hạn giải quyết"} <= set(found)
    assert "Trình tự thực hiện" not in found
    assert "Số lượng hồ sơ" in found


def test_a_whole_sheet():
    said = sheet(
        record(
            local_limit={"value": 2, "unit": "ngày làm việc", "text": None},
            time_limit_by_channel=[{"channel": "bưu chính", "value": 4, "unit": None}],
            agencies={"receives": "Trung tâm", "decides": None},
            requirements="có",
            sets=1,
            forms=[{"code": "CT01", "file": None, "for": None}, {}],
        )
    )
    assert (said.how_long, said.local_how_long) == ("3 ngày làm việc", "2 ngày làm việc")
    assert said.limits_by_channel == (("bưu chính", "4 (chưa rõ đơn vị)"),)
    assert said.agencies == {"receives": "Trung tâm"}
    assert said.requirements == "Có yêu cầu, điều kiện; nội dung chưa có thông tin."
    assert said.legal_bases == (("60/2014/QH13", date(2014, 11, 20)),)
    assert [one.name for one in said.forms] == ["CT01", "chưa có thông tin"]
    assert said.official_host == "dichvucong.gov.vn"
    assert said.service_level is ServiceLevel.FULL


def test_the_published_document_holds_no_source_and_no_unknown_key():
    variant = {"place": "Nơi khác", "fee": [], "source": "secret", "as_of": "2021"}
    given = record(
        local_variants=[variant],
        source_note="secret",
        video="unknown",
        fee=[{"amount": 0, "vat": "unknown"}],
        time_limit={"value": 1, "unit": "ngày", "x": "unknown"},
    )
    shown = public_document(canonical(given))
    assert "secret" not in str(shown)
    assert "kept for editors" not in str(shown)
    assert "unknown" not in str(shown)
    assert shown["local_variants"] == [{"place": "Nơi khác", "as_of": "2021", "fee": []}]
    kept = {key for key in record() if key != "source"}
    assert set(shown) == kept


@settings(max_examples=80)
@given(records())
def test_any_valid_record_can_be_said(one):
    one = canonical(one)
    said = sheet(one, date(2026, 1, 1))
    assert said.how_long
    assert said.how_much
    assert card_limit({"limit": None}) == "chưa có thông tin"
    assert public_document(one)["name"] == one["name"]


def test_other_words():
    assert legal_date(date(2025, 7, 1)) == "01/7/2025"
    assert legal_date(date(2025, 2, 11)) == "11/02/2025"
    assert as_of_in_words("2026-07") == "tháng 7/2026"
    assert as_of_in_words("2025-07 (Điện Biên)") == "tháng 7/2025 (Điện Biên)"
    assert as_of_in_words("2021") == "năm 2021"
    assert as_of_in_words("2018-2023") == "2018-2023"
    assert as_of_in_words(None) == "chưa có thông tin"
    assert status_in_words(Status.EXPIRED, date(2025, 7, 1)) == "hết hiệu lực từ 01/7/2025"
    assert status_in_words(Status.IN_FORCE, date(2025, 7, 1)) == "còn hiệu lực"
    coming = "đã công bố, chưa có hiệu lực (từ 01/01/2027)"
    assert status_in_words(Status.NOT_YET, date(2027, 1, 1)) == coming
    assert service_level_in_words(None) == "chưa có thông tin"
    assert service_level_in_words(ServiceLevel.PARTIAL) == "một phần"


def test_groups_of_applicants():
    assert audiences(None) == 0
    assert audiences(("Tổ chức (không bao gồm doanh nghiệp, HTX)",)) == 4
    assert audiences(("Doanh nghiệp có vốn đầu tư nước ngoài",)) == 2
    assert audiences(("Công dân Việt Nam", "Người nước ngoài")) == 17
    assert audiences(("Cán bộ, công chức, viên chức",)) == 8


def test_cases_and_headings():
    assert is_choice("trẻ em bị bỏ rơi")
    assert is_choice("Trường hợp ủy quyền")
    assert not is_choice("Giấy tờ phải xuất trình")
    assert not is_choice("Thành phần hồ sơ")
    assert is_obligatory({"name": "A (nếu có)", "obligatory": True})


@given(names, names)
def test_sort_keys_in_the_database_sort_as_the_alphabet_does(one, other):
    one, other = one[:40], other[:40]
    keys = [sort_key(one), sort_key(other)]
    # Signs beyond the basic plane share the last rank.
    if all(rank < 65_535 for letters, _ in keys for rank in letters):
        assert (keys[0] < keys[1]) == (name_sort(one) < name_sort(other))
