"""Which ministry form a slip follows on a given day.

TT 01/2018/TT-VPCP art. 9 until 14/9/2025, TT 03/2025/TT-VPCP Annex I from 15/9/2025. The two
number the forms differently ("Mẫu số 05" was the control slip and is now the stop notice), so
forms are named here by what they are for, never by number.
"""

from dataclasses import dataclass
from datetime import date

from content.errors import Invalid

TT_2025_FROM = date(2025, 9, 15)
TT_2018 = "Thông tư số 01/2018/TT-VPCP"
TT_2025 = "Thông tư số 03/2025/TT-VPCP"


@dataclass(frozen=True)
class MinistryForm:
    """The title, number and legal basis printed on a slip."""

    title: str
    number: str
    legal_basis: str

    def in_words(self) -> dict[str, str]:
        """For the corner of the sheet."""
        return {"number": self.number, "legal_basis": self.legal_basis}


_RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_SUPPLEMENT = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
_REFUSAL = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
_CONTROL = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
_REGISTER = "Sổ theo dõi hồ sơ"

_FORMS_2018 = {
    "receipt_slip": MinistryForm(_RECEIPT, "01", TT_2018),
    "supplement_slip": MinistryForm(_SUPPLEMENT, "02", TT_2018),
    "refusal_slip": MinistryForm(_REFUSAL, "03", TT_2018),
    "apology": MinistryForm("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "04", TT_2018),
    "control_slip": MinistryForm(_CONTROL, "05", TT_2018),
    "register": MinistryForm(_REGISTER, "06", TT_2018),
}
_FORMS_2025 = {
    "receipt_slip": MinistryForm(_RECEIPT, "01", TT_2025),
    "supplement_slip": MinistryForm(_SUPPLEMENT, "02", TT_2025),
    "refusal_slip": MinistryForm(_REFUSAL, "03", TT_2025),
    "apology": MinistryForm(
        "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "04", TT_2025
    ),
    "stop_notice": MinistryForm("Thông báo dừng giải quyết hồ sơ", "05", TT_2025),
    "control_slip": MinistryForm(_CONTROL, "06", TT_2025),
    "register": MinistryForm(_REGISTER, "07", TT_2025),
}


def ministry_form(slip: str, day: date) -> MinistryForm:
    """The form of a slip on a day; ``Invalid`` when the ministry had none then."""
    forms = _FORMS_2025 if day >= TT_2025_FROM else _FORMS_2018
    if slip not in forms:
        raise Invalid({"made_at": "no_ministry_form_then"})
    return forms[slip]
