"""Drafts section by section: guarded, merged, complete before they are handed over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.procedures import completeness
from content.procedures.drafting import DraftService, SectionChanged, mark_of, subject_of
from content.procedures.kinds import VersionState
from content.procedures.labels import SECTIONS, section_of, value_in_words, where_in_words
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.weaving import weave
from content.writing import revisions
from tests.content.procedures.conftest import NOW, adopted, record

COMPLETE = {
    "steps": ["Nộp hồ sơ"],
    "sets": 1,
    "dossier": [{"name": "Tờ khai", "originals": 1, "copies": 0}],
}


@pytest.fixture
def service(session: Session) -> DraftService:
    return DraftService(session, NOW, None)


@pytest.fixture
def draft(session: Session, service: DraftService) -> ProcedureVersion:
    (version,) = adopted(session, record())
    return service.open(version.procedure)


def test_a_draft_is_opened_once_and_every_save_leaves_a_revision(service, draft, session):
    assert service.open(draft.procedure) is draft
    assert service.save(draft, "ket-qua", {"result": "Giấy khai sinh"})
    assert not service.save(draft, "ket-qua", {"result": "Giấy khai sinh"})
    notes = [one.note for one in revisions.history(session, subject_of(draft))]
    assert notes == ["Sửa phần Kết quả thực hiện", "Mở bản nháp"]
    assert draft.procedure.current_version.document["result"] == "Bản sao"
    service.restore(draft, 1)
    assert draft.document["result"] == "Bản sao"


def test_other_sections_may_have_changed_meanwhile(service, draft):
    mark = mark_of(draft.document, "ket-qua")
    service.save(draft, "dieu-kien", {"requirements": "Có"})
    assert service.save(draft, "ket-qua", {"result": "Khác"}, mark=mark)


def test_the_second_to_save_a_section_gets_both_wordings(service, draft):
    opened = mark_of(draft.document, "giay-to")
    papers = draft.document["dossier"]
    service.save(
        draft, "giay-to", {"dossier": [{**papers[0], "copies": 3}, papers[1]]}, mark=opened
    )
    mine = [{**papers[0], "copies": 5}, {**papers[1], "originals": 9}]
    with pytest.raises(SectionChanged) as told:
        service.save(draft, "giay-to", {"dossier": mine, "sets": 2}, mark=opened)
    assert draft.document["dossier"][0]["copies"] == 3
    (clash,) = told.value.clashes
    assert (clash.path, clash.base, clash.mine, clash.theirs) == ("dossier[0].copies", 0, 5, 3)
    assert told.value.mine["dossier"][1]["originals"] == 9
    assert told.value.mine["sets"] == 2
    assert told.value.theirs.number == 2


def test_the_same_change_twice_is_no_conflict(service, draft):
    opened = mark_of(draft.document, "ket-qua")
    service.save(draft, "ket-qua", {"result": "Một"}, mark=opened)
    assert not service.save(draft, "ket-qua", {"result": "Một"}, mark=opened)


def test_cases_are_renamed_added_and_taken_out_without_losing_papers(service, draft):
    case = "Trường hợp ủy quyền"
    service.rename_cases(draft, {case: "Ủy quyền"}, [("Nộp hộ", "Giấy giới thiệu")])
    cases = [paper.get("case") for paper in draft.document["dossier"]]
    assert cases == [None, "Ủy quyền", "Nộp hộ"]
    service.rename_cases(draft, {"Ủy quyền": None}, [])
    assert [paper["name"] for paper in draft.document["dossier"] if not paper.get("case")] == [
        "Tờ khai",
        "Văn bản ủy quyền",
    ]


def test_nothing_incomplete_is_handed_over(service, draft):
    with pytest.raises(Invalid) as told:
        service.send(draft)
    assert told.value.code == "incomplete"
    assert set(told.value.problems) == {"steps", "sets"}
    service.save(draft, "trinh-tu", {"steps": ["Nộp"]})
    service.save(draft, "giay-to", {"sets": 1})
    service.send(draft)
    assert draft.state is VersionState.AWAITING
    with pytest.raises(Conflict):
        service.open(draft.procedure)
    service.take_back(draft)
    assert draft.state is VersionState.DRAFT


@pytest.mark.parametrize(
    ("change", "path", "section"),
    [
        ({"authority": None}, "agencies.decides", "co-quan"),
        (
            {"time_limit": {"value": None, "unit": None, "text": None}},
            "time_limit.value",
            "thoi-han",
        ),
        ({"time_limit": {"value": 3, "unit": None, "text": None}}, "time_limit.unit", "thoi-han"),
        ({"fee": [{"kind": "phí", "amount": None}]}, "fee[0].amount", "phi"),
        ({"dossier": [{"name": "Tờ khai"}]}, "dossier[0].originals", "giay-to"),
        ({"legal_bases": []}, "legal_bases", "can-cu"),
        ({"field": "  "}, "field", "chung"),
    ],
)
def test_a_gap_is_named_with_its_section(change, path, section):
    whole = record(**COMPLETE)
    assert completeness.gaps(whole) == ()
    gaps = completeness.gaps({**whole, **change})
    assert [(gap.path, gap.section) for gap in gaps] == [(path, section)]
    assert section in SECTIONS
    assert section_of(path) == section


def test_a_code_that_is_taken_makes_no_second_procedure(service, draft):
    with pytest.raises(Conflict):
        service.create(record(name="Khác"))


def test_of_a_procedure_that_was_never_published_nothing_stays(service, session):
    draft = service.create(record(code=None, name="Mới"))
    procedure_id = draft.procedure_id
    service.discard(draft)
    session.flush()
    assert session.get(Procedure, procedure_id) is None


def test_paths_and_values_are_told_in_words():
    assert where_in_words("fee[1].amount") == "Phí, lệ phí 2: mức thu"
    assert where_in_words("dossier[0]") == "Giấy tờ 1"
    assert where_in_words("time_limit.unit") == "Thời hạn theo quy định: đơn vị"
    assert value_in_words("fee[0].amount", 8000) == "8.000 đồng"
    assert value_in_words("legal_bases[0].date", "2014-11-20") == "20/11/2014"
    assert value_in_words("fee[0]", None) == "(không có)"
    fee = {"amount": 0, "channels": ["trực tiếp", "trực tuyến"]}
    assert value_in_words("fee[0]", fee) == "mức thu: 0 đồng; cách nộp: trực tiếp, trực tuyến"
    assert value_in_words("steps", ["Một", "Hai"]) == "Một\nHai"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"value": 2.5, "unit": "ngày làm việc", "text": None}, "2,5 ngày làm việc"),
        ({"unit": "ngày", "value": 1, "text": "ngay trong ngày"}, "1 ngày (ngay trong ngày)"),
        ({"value": 3, "unit": None, "text": None}, "3 (chưa ghi đơn vị)"),
        ({"value": None, "unit": None, "text": "Theo lịch"}, "Theo lịch"),
        ({"value": None, "unit": None, "text": None}, "(không có)"),
        ({"channel": "trực tuyến", "value": 2, "unit": "giờ"}, "trực tuyến: 2 giờ"),
    ],
)
def test_a_limit_is_told_as_people_say_it(limit, words):
    assert value_in_words("time_limit", limit) == words


ITEMS = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


@settings(max_examples=60)
@given(ITEMS, ITEMS, ITEMS)
def test_no_item_that_somebody_added_is_lost(base, mine, theirs):
    woven, clashes = weave({"steps": base}, {"steps": mine}, {"steps": theirs})
    told = {one for clash in clashes for one in (clash.theirs or ())}
    kept = set(woven["steps"]) | told
    assert set(mine) - set(base) <= kept
    assert set(theirs) - set(base) <= kept


@settings(max_examples=40)
@given(ITEMS, ITEMS)
def test_what_only_one_changed_is_taken_as_it_is(base, changed):
    assert weave({"steps": base}, {"steps": changed}, {"steps": base}) == ({"steps": changed}, [])
    assert weave({"steps": base}, {"steps": base}, {"steps": changed}) == ({"steps": changed}, [])


@pytest.mark.parametrize(
    ("section", "part", "path"),
    [
        (
            "phi",
            {
                "fee": [
                    {"amount": 5, "valid_from": "2027-01-01", "valid_to": "2027-01-01"},
                    {"amount": 5, "valid_from": "2027-03-01", "valid_to": "2027-02-01"},
                ]
            },
            "fee[1].valid_to",
        ),
        (
            "thoi-han",
            {"local_limit": {"value": 7, "unit": "ngày làm việc", "text": None}},
            "local_limit.value",
        ),
    ],
)
def test_what_contradicts_itself_is_not_written(service, draft, section, part, path):
    before = draft.digest
    with pytest.raises(Invalid) as told:
        service.save(draft, section, part)
    assert list(told.value.problems) == [path]
    assert draft.digest == before


def test_limits_of_other_units_are_not_compared_and_an_equal_one_is_no_longer(service, draft):
    for own in ({"value": 3, "unit": "ngày làm việc"}, {"value": 20, "unit": "giờ"}):
        assert service.save(draft, "thoi-han", {"local_limit": {**own, "text": None}})
