"""The general form of a procedure without one of its own."""

from datetime import UTC, datetime

from content.procedures.forms import check, from_json, general_definition, to_json
from content.procedures.forms.general import PaperToAttach

PAPERS = [
    PaperToAttach("Giấy khai sinh (bản sao)", note="Bản chụp rõ."),
    PaperToAttach("Đơn đề nghị", required=False),
    PaperToAttach("Đơn đề nghị"),
    PaperToAttach("…"),
]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_it_is_a_usable_definition():
    definition = general_definition(PAPERS, procedure_code="1.000001")
    assert from_json(to_json(definition)) == definition
    assert definition.procedure_codes == ("1.000001",)
    assert "không thay thế" in (definition.source_note or "")


def test_papers_become_file_questions_with_ids_of_their_names():
    papers = general_definition(PAPERS).section("giay_to").questions
    assert [one.id for one in papers] == [
        "giay_to_giay_khai_sinh_ban_sao",
        "giay_to_don_de_nghi",
        "giay_to_don_de_nghi_2",
        "giay_to_khac",
    ]
    assert [one.required for one in papers] == [True, False, True, True]
    assert papers[0].label == "Giấy khai sinh (bản sao)"


def test_without_papers_there_is_no_empty_step():
    assert [one.id for one in general_definition([]).sections] == [
        "nguoi_nop",
        "noi_dung",
        "ket_qua",
    ]


def test_a_clerk_gets_name_number_contact_and_content():
    required = {problem.path[0] for problem in check(general_definition([]), {}, NOW)}
    assert {
        "ho_ten",
        "so_dinh_danh",
        "dien_thoai",
        "dia_chi",
        "noi_dung_de_nghi",
        "cach_nhan",
    } <= required
    assert "van_ban_uy_quyen" not in required
