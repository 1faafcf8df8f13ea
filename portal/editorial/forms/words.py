"""What lint and recorded tests say, in words for editors."""

from collections.abc import Mapping
from typing import Any

from content.procedures.forms import FormDefinition
from content.procedures.forms.definition import places
from content.procedures.forms.lint import Finding
from content.procedures.forms.sentences import label_of
from portal.i18n import _

FINDINGS: Mapping[str, Any] = {
    "no_title": _("chưa có tên"),
    "no_sections": _("biểu mẫu chưa có bước nào"),
    "no_questions": _("chưa có câu hỏi nào bên trong"),
    "no_label": _("chưa có nội dung câu hỏi"),
    "no_options": _("chưa có lựa chọn nào, người dân không trả lời được"),
    "duplicate_option": _("hai lựa chọn giống nhau"),
    "empty_option": _("có lựa chọn trống"),
    "options_without_choice": _("loại câu hỏi này không có lựa chọn"),
    "too_deep": _("nhóm lặp lại lồng nhau quá sâu"),
    "not_a_group": _("chỉ nhóm lặp lại mới chứa câu hỏi khác"),
    "required_statement": _("lời dặn không thể bắt buộc trả lời"),
    "stop_without_statement": _("chỉ lời dặn mới có thể dừng nộp hồ sơ"),
    "formula_without_number": _("chỉ câu hỏi số mới tính được"),
    "formula_incomplete": _("phép tính còn thiếu thành phần"),
    "formula_part": _("phép tính dùng câu hỏi không có, đứng sau, hoặc không đúng loại"),
    "pattern_without_text": _("chỉ câu trả lời bằng chữ mới có mẫu kiểm tra"),
    "pattern_without_message": _("mẫu kiểm tra chưa có câu báo lỗi"),
    "slow_pattern": _("mẫu kiểm tra có thể làm treo máy chủ"),
    "bad_pattern": _("mẫu kiểm tra viết chưa đúng"),
    "limit_without_use": _("có giới hạn không hợp với loại câu hỏi"),
    "empty_range": _("giới hạn dưới lớn hơn giới hạn trên"),
    "bad_limit": _("có giới hạn không đọc được"),
    "unknown_question": _("điều kiện nhắc tới câu hỏi không có hoặc đứng sau"),
    "question_out_of_reach": _("điều kiện nhắc tới câu hỏi nằm trong nhóm khác"),
    "test_does_not_fit": _("điều kiện không hợp với loại câu hỏi được nhắc tới"),
    "bad_value": _("điều kiện so với giá trị không thể có"),
    "never_asked": _("không bao giờ được hỏi vì điều kiện không thể đúng"),
    "never_asked_required": _("bắt buộc nhưng luôn bị ẩn, vì điều kiện không thể đúng"),
    "bad_id": _("mã không dùng được"),
    "duplicate_id": _("mã trùng với mục khác"),
    "bad_fee": _("dòng phí chưa có tên hoặc loại"),
    "circular": _("điều kiện vòng tròn: câu hỏi phụ thuộc vào chính nó"),
    "stops_everyone": _("lời dừng không có điều kiện, nên không ai nộp được"),
    "no_basis": _("hỏi dữ liệu cá nhân nhạy cảm mà chưa ghi căn cứ pháp lý"),
    "same_label": _("trùng nội dung với câu hỏi khác trong cùng bước"),
}


def finding_words(finding: Finding) -> Any:
    """What was found, as a phrase."""
    code = finding.code
    if code == "never_asked" and finding.data.get("required"):
        code = "never_asked_required"
    return FINDINGS[code]


def about(definition: FormDefinition, target: str) -> tuple[str, str | None]:
    """What a finding is about, and whether it is a question or a step: for the link."""
    for _s, question, _g in places(definition):
        if question.id == target:
            return question.label or question.id, "question"
    for section in definition.sections:
        if section.id == target:
            return section.title or section.id, "section"
    return definition.title, None


OUTCOMES: Mapping[str, str] = {
    "required": "chưa trả lời",
    "pattern": "không đúng mẫu",
    "stopped": "Người dân không nộp tiếp được",
}


def outcome_words(definition: FormDefinition, line: str) -> str:
    """ "Họ tên: chưa trả lời" for a recorded "ho_ten:required"."""
    path, _colon, code = line.rpartition(":")
    if code == "stopped":
        return f"{OUTCOMES[code]}: {_named(definition, path)}"
    return f"{_named(definition, path)}: {OUTCOMES.get(code, _problem(code))}"


def _named(definition: FormDefinition, path: str) -> str:
    names = [step for step in path.split("/") if not step.isdecimal()]
    return label_of(definition, names[-1]) if names else path


def _problem(code: str) -> str:
    return f"không hợp lệ ({code.replace('_', ' ')})"
