"""The sentences for problems: what is wrong and what to do, polite and plain.

One place for every code of ``content.procedures.forms.check`` and of the uploads;
a test proves that none is missing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from content.procedures.forms.check import Problem
from content.procedures.forms.definition import FILE_TYPES, Kind, Question
from content.procedures.forms.display import show_day, show_number

_PAPERS = {
    "cccd": "số định danh cá nhân (12 chữ số)",
    "cmnd": "số CMND (9 chữ số)",
    "passport": "số hộ chiếu",
    "tax_code": "mã số thuế",
}
_TYPE_NAMES = {
    "pdf": "PDF",
    "jpeg": "JPG",
    "png": "PNG",
    "docx": "Word (.docx)",
    "xlsx": "Excel (.xlsx)",
    "zip": "ZIP",
}


def type_names(names: tuple[str, ...]) -> str:
    """ "PDF, JPG, PNG"."""
    return ", ".join(_TYPE_NAMES[name] for name in names)


def endings(names: tuple[str, ...]) -> str:
    """The value of an ``accept`` attribute."""
    return ",".join(ending for name in names for ending in FILE_TYPES[name][0])


def size_name(size: int) -> str:
    """ "10 MB", "1,5 MB", "12 KB"."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0") + " MB"
    return f"{max(1, round(size / 1024))} KB"


_MESSAGES: Mapping[str, str] = {
    "stopped": "Hồ sơ dừng ở đây. {words}",
    "too_long": "“{label}” dài {length} ký tự; ông/bà vui lòng rút còn nhiều nhất {limit} ký tự.",
    "too_short": "“{label}” còn ngắn; ông/bà vui lòng ghi ít nhất {limit} ký tự.",
    "pattern": "“{label}” chưa đúng dạng quy định.",
    "bad_characters": "“{label}” có ký tự không đọc được; ông/bà vui lòng gõ lại mục này.",
    "not_a_number": "“{label}” phải là số, ví dụ 1.250 hoặc 12,5.",
    "too_many_decimals": "“{label}” {decimals}.",
    "below_minimum": "“{label}” phải từ {limit} trở lên.",
    "above_maximum": "“{label}” chỉ được đến {limit}.",
    "not_a_date": (
        "“{label}” chưa phải là một ngày có thật; ông/bà ghi ngày/tháng/năm, ví dụ 05/03/1964."
    ),
    "too_early": "“{label}” phải từ {limit} trở đi.",
    "too_late": "“{label}” không được sau {limit}.",
    "national_id": "“{label}” chưa đúng; ông/bà kiểm tra lại {papers}.",
    "identity_disagrees": (
        "Số định danh ở “{label}” không khớp ngày sinh hoặc giới tính đã ghi; "
        "ông/bà kiểm tra lại cả hai."
    ),
    "phone": "“{label}” chưa đúng; số di động có 10 chữ số, ví dụ 0912 345 678.",
    "email": "“{label}” chưa đúng; thư điện tử có dạng ten@vidu.vn.",
    "not_an_option": "Ông/bà vui lòng chọn “{label}” trong danh sách.",
    "address_province": "Ông/bà chưa chọn tỉnh, thành phố ở “{label}”.",
    "address_commune": "Ông/bà chưa chọn xã, phường, đặc khu ở “{label}”.",
    "address_detail": "Ông/bà chưa ghi số nhà, đường, thôn, tổ ở “{label}”.",
    "too_few_rows": "“{label}” cần ít nhất {limit} {item}.",
    "too_many_rows": "“{label}” chỉ nhận đến {limit} {item}.",
    "too_few_choices": "“{label}”: ông/bà vui lòng chọn ít nhất {limit} mục.",
    "too_many_choices": "“{label}”: ông/bà chỉ được chọn đến {limit} mục.",
    "too_many_files": "“{label}” chỉ nhận đến {limit} tệp; ông/bà vui lòng bỏ bớt.",
    "file_type": "Tệp “{name}” không đúng loại; “{label}” nhận {types}.",
    "file_unknown": "Tệp “{name}” không phải loại cổng đọc được; “{label}” nhận {types}.",
    "file_lies": "Tệp “{name}” có đuôi không khớp nội dung; “{label}” nhận {types}.",
    "file_damaged": "Tệp “{name}” bị hỏng hoặc tải lên chưa hết; ông/bà vui lòng chọn lại.",
    "file_empty": "Tệp “{name}” không có nội dung; ông/bà vui lòng chọn tệp khác.",
    "file_too_large": "Tệp “{name}” lớn quá {limit}; ông/bà vui lòng chụp hoặc quét lại nhỏ hơn.",
    "files_too_large": "Các tệp của hồ sơ cộng lại lớn quá {limit}; ông/bà vui lòng bỏ bớt.",
    "file_bomb": "Tệp nén “{name}” mở ra quá lớn nên không được nhận.",
    "file_encrypted": "Tệp “{name}” có mật khẩu; ông/bà vui lòng gửi tệp không đặt mật khẩu.",
    "file_bad_names": "Tệp nén “{name}” chứa đường dẫn không an toàn nên không được nhận.",
    "file_bad_name": "Tên tệp “{name}” không dùng được; ông/bà đổi tên rồi chọn lại.",
    "file_macros": "Tệp “{name}” có chứa chương trình (macro) nên không được nhận.",
}

_REQUIRED: Mapping[Kind, str] = {
    Kind.CHOICE: "Ông/bà chưa chọn “{label}”.",
    Kind.CHOICES: "Ông/bà chưa chọn mục nào ở “{label}”.",
    Kind.FILE: "Ông/bà chưa đính kèm “{label}”.",
    Kind.ADDRESS: "Ông/bà chưa ghi địa chỉ ở “{label}”.",
    Kind.REPEAT: "“{label}” cần ít nhất một {item}.",
}
CODES = frozenset(_MESSAGES) | {"required"}


def message(problem: Problem, question: Question) -> str:
    """The sentence for a problem of a question; the question's own message comes first."""
    if problem.message:
        return problem.message
    data = {"item": question.item or "dòng", "label": short_label(question.label)}
    if problem.code == "required":
        usual = _REQUIRED.get(question.kind, "Ông/bà chưa ghi “{label}”.")
        asks = question.label.endswith("?")
        template = "Ông/bà chưa trả lời câu “{label}”." if asks else usual
    else:
        template = _MESSAGES[problem.code]
    told = {key: _TOLD[key](problem) for key in problem.data if key in _TOLD}
    told["words"] = _sentence(question.label)
    if problem.code.startswith("file_"):
        told.setdefault("types", type_names(question.limits.file_types or ("pdf", "jpeg", "png")))
    if problem.code == "too_many_decimals":
        told["decimals"] = _decimals(problem.data["limit"])
    return template.format_map({**problem.data, **data, **told})


def _sentence(label: str) -> str:
    """An editor's own explanation: whole, however long."""
    return label if label.endswith((".", "?", "…")) else f"{label}."


def short_label(label: str) -> str:
    """The label as a sentence can carry it."""
    return label if len(label) <= 80 else label[:79].rsplit(" ", 1)[0] + "…"


def _decimals(limit: int) -> str:
    return f"chỉ được có đến {limit} chữ số thập phân" if limit else "phải là số nguyên"


def _limit(problem: Problem) -> str:
    value = problem.data["limit"]
    if "large" in problem.code:
        return size_name(value)
    if problem.code in ("too_early", "too_late"):
        return "hôm nay" if value == "today" else f"ngày {show_day(value)}"
    if problem.code in ("below_minimum", "above_maximum"):
        return show_number(value, grouped=problem.data.get("grouped") is not False)
    return str(value)


_TOLD: Mapping[str, Callable[[Problem], Any]] = {
    "limit": _limit,
    "papers": lambda problem: " hoặc ".join(_PAPERS[name] for name in problem.data["papers"]),
    "types": lambda problem: type_names(problem.data["types"]),
}
