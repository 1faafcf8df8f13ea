"""The box, the case and the button of a procedure's page."""

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from content.procedures.kinds import Filing, Level, Status
from content.procedures.models import Procedure
from content.procedures.presentation import Sheet, sheet
from portal.procedures import sheet_page
from portal.procedures.sheet_page import Action, action, case_links, narrowed, summary, where
from tests.content.procedures.conftest import record

CASES = [
    {"name": "Tờ khai", "originals": 1, "copies": 0, "case": None},
    {"name": "Giấy phải xuất trình", "originals": 1, "copies": 0, "case": "Giấy tờ xuất trình"},
    {"name": "Văn bản ủy quyền", "originals": 1, "copies": 0, "case": "Trường hợp ủy quyền"},
    {"name": "Biên bản", "originals": 1, "copies": 0, "case": "Trẻ em bị bỏ rơi"},
]
FEES = [
    {"kind": "lệ phí", "amount": 8000, "unit": "đồng", "condition": None},
    {"kind": "lệ phí", "amount": 5000, "unit": "đồng", "condition": "trường hợp ủy quyền"},
]


def paged(**fields: Any) -> Sheet:
    return sheet(record(**fields))


def papers(shown: Sheet) -> list[str]:
    return [paper.name for paper in sheet_page.papers_of(shown.papers)]


def choices(shown: Sheet) -> list[str]:
    """Cases that the catalogue takes for a question, in their order."""
    return sheet_page.case_names(shown)


@pytest.fixture
def with_cases() -> Sheet:
    given = paged(dossier=CASES, fee=FEES)
    assert "Trường hợp ủy quyền" in choices(given)
    return given


def test_nobody_is_narrowed_who_chose_no_case(with_cases):
    assert narrowed(with_cases, "") == with_cases


@pytest.mark.parametrize("asked", ["99", "-1", "x", "1" * 5000, "٣", " 1"])
def test_a_senseless_case_changes_nothing(with_cases, asked):
    assert narrowed(with_cases, asked) == with_cases


def test_a_case_shows_its_papers_with_those_of_everyone(with_cases):
    number = choices(with_cases).index("Trường hợp ủy quyền") + 1
    shown = papers(narrowed(with_cases, str(number)))
    assert {"Tờ khai", "Giấy phải xuất trình", "Văn bản ủy quyền"} <= set(shown)
    others = {one["name"] for one in CASES if one["case"] in choices(with_cases)}
    assert not (others - {"Văn bản ủy quyền"}) & set(shown)


def test_people_in_none_of_the_cases_see_what_everyone_brings(with_cases):
    shown = narrowed(with_cases, sheet_page.NO_CASE)
    assert "Văn bản ủy quyền" not in papers(shown)
    assert "Tờ khai" in papers(shown)
    assert [fee.amount for fee in shown.fees] == ["8.000 đồng"]


def test_a_fee_that_names_a_case_belongs_to_it(with_cases):
    number = choices(with_cases).index("Trường hợp ủy quyền") + 1
    amounts = [fee.amount for fee in narrowed(with_cases, str(number)).fees]
    assert amounts == ["8.000 đồng", "5.000 đồng"]


def test_the_chooser_links_every_case_and_marks_the_chosen_one(with_cases):
    links = case_links(with_cases, "/thu-tuc/1.000001", "1")
    assert [link.is_chosen for link in links] == [False, True] + [False] * (len(links) - 2)
    assert links[1].url == "/thu-tuc/1.000001?truong-hop=1#giay-to"
    assert case_links(paged(dossier=CASES[:1]), "/x", "") == []


def test_a_limit_is_said_in_one_line_and_its_remark_below():
    within = paged(time_limit={"value": 15, "unit": "giờ", "text": "trong ngày; sau 15 giờ …"})
    assert summary(within).time == "Trong ngày"
    assert summary(within).time_more.startswith("Nhận sau 15 giờ")
    plain = summary(paged())
    assert (plain.time, plain.time_more) == ("3 ngày làm việc", "")


def test_a_shortened_limit_says_the_statutory_one_too():
    short = summary(paged(local_limit={"value": 2, "unit": "ngày làm việc", "text": None}))
    assert (short.time, short.time_more) == ("2 ngày làm việc", "Theo quy định: 3 ngày làm việc")


def test_what_is_not_known_is_said():
    unknown = paged(time_limit=None, fee=[], channels=[])
    assert summary(unknown).time == "Chưa có thông tin"
    assert summary(unknown).fee == "Chưa có thông tin"
    assert where(unknown) == "Chưa có thông tin"


def test_a_paragraph_in_place_of_a_limit_is_cut_between_words():
    text = "Trong thời hạn do pháp luật chuyên ngành quy định " * 10
    given = summary(paged(time_limit={"value": None, "unit": None, "text": text}))
    assert len(given.time) < 115
    assert given.time.endswith("…")


def offered(filing: Filing | None, status: Status, **fields: Any) -> Action:
    procedure = Procedure(
        code="1.000001",
        slug="dang-ky-thu",
        level=Level.COMMUNE,
        is_primary=fields.pop("is_primary", True),
        status=status,
        filing=filing,
        information_only=False,
        official_url="https://dichvucong.gov.vn/x",
    )
    for name, value in fields.items():
        setattr(procedure, name, value)
    return action(FakeRequest(), procedure)


@dataclasses.dataclass
class FakeRequest:
    """What addresses need of a request."""

    site = SimpleNamespace(
        national_portal_url="https://dichvucong.gov.vn",
        national_procedure_url="https://dichvucong.gov.vn/thu-tuc?ma={code}",
    )

    def route_path(self, name: str, **parts: Any) -> str:
        return "/".join([name, *(str(part) for part in parts.values())])


def test_filing_here_leads_to_the_application():
    here = offered(Filing.LOCAL, Status.IN_FORCE)
    assert (here.url, here.is_button, here.leaves) == ("apply.start/1.000001", True, False)


def test_a_level_beside_the_bare_code_is_named_in_the_link():
    here = offered(Filing.LOCAL, Status.IN_FORCE, is_primary=False)
    assert here.url == "apply.start/1.000001/{'cap': 'xa'}"


def test_the_national_portal_is_another_page_and_says_so():
    there = offered(Filing.NATIONAL, Status.IN_FORCE)
    assert there.url == "https://dichvucong.gov.vn/x"
    assert there.leaves
    by_code = "https://dichvucong.gov.vn/thu-tuc?ma=1.000001"
    assert offered(Filing.NATIONAL, Status.IN_FORCE, official_url=None).url == by_code
    # The official page of a text may be another province's: nobody files there.
    elsewhere = "https://dichvucong.laocai.gov.vn/x"
    assert offered(Filing.NATIONAL, Status.IN_FORCE, official_url=elsewhere).url == by_code
    nameless = offered(Filing.NATIONAL, Status.IN_FORCE, official_url=None, code=None)
    assert nameless.url == "https://dichvucong.gov.vn"


def test_information_only_gives_no_filing_button():
    assert not offered(Filing.NATIONAL, Status.IN_FORCE, information_only=True).is_button


def test_the_counter_leads_to_the_places():
    assert offered(Filing.COUNTER, Status.IN_FORCE).url == "catalogue.agencies"


@pytest.mark.parametrize("status", [Status.HISTORICAL, Status.EXPIRED, Status.ABOLISHED])
@pytest.mark.parametrize("filing", [*Filing, None])
def test_what_does_not_hold_any_more_has_no_button(status, filing):
    ended = offered(filing, status)
    assert (ended.url, ended.sentence) == ("", "Thủ tục này không còn được nộp.")


def test_an_unknown_filing_has_no_button_but_advice():
    unknown = offered(None, Status.IN_FORCE)
    assert unknown.url == ""
    assert "tổng đài" in unknown.sentence
    assert offered(Filing.NONE, Status.IN_FORCE).url == ""


def test_what_nobody_adopted_is_not_filed_here():
    assert offered(Filing.LOCAL, Status.TO_VERIFY).leaves
