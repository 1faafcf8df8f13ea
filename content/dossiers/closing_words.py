"""What the owner's timeline says of money, results and their return; no HTML.

From the data of the log's line alone, so that it reads the same years later.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from content.dossiers.log import Record
from content.dossiers.states import Action
from content.words import money, short_date

Data = Mapping[str, Any]


def _asked(data: Data) -> str:
    told = f"Cơ quan yêu cầu nộp {_amount(data)}."
    if data.get("account"):
        told += f" Nơi nộp: {data['account']}."
    if data.get("legal_basis"):
        told += f" Căn cứ: {data['legal_basis']}."
    if data.get("pay_by"):
        told += f" Nộp chậm nhất {_day(data['pay_by'])}."
    return told


def _paid(data: Data) -> str:
    if not data.get("amount"):
        return "Đã xác nhận thanh toán."
    told = f"Đã thu {_amount(data)}"
    told += f" ({data['means']})." if data.get("means") else "."
    if data.get("due_after"):
        told += f" Ngày hẹn trả: {_day(data['due_after'])}."
    return told


def _settled(data: Data) -> str:
    if data.get("exempt"):
        return f"Không phải nộp phí, lệ phí: {data['exempt'].rstrip('.')}."
    lines = "; ".join(f"{one['name']}: {money(one['amount'])}" for one in data.get("lines", ()))
    when = "nộp khi nhận kết quả" if data.get("moment") == "after" else "nộp trước"
    return f"Phí, lệ phí phải nộp ({when}): {lines}."


def _refunded(data: Data) -> str:
    return f"Hoàn trả {_amount(data)}, nơi nhận: {data.get('account')}."


def _signed(data: Data) -> str:
    return f"Văn bản đã được ký, cấp số {data['number']}: {data['title']}."


def _completed(data: Data) -> str:
    if not data.get("number"):
        return "Hồ sơ đã có kết quả."
    told = f"Hồ sơ đã có kết quả: {data['title']} số {data['number']}"
    if data.get("issued_on"):
        told += f", ngày {_day(data['issued_on'])}"
    signed_by = data.get("signed_by") or {}
    if signed_by.get("name"):
        told += f", người ký: {signed_by['name']}"
    return f"{told}." + (" Sớm hơn ngày hẹn." if data.get("early") else "")


def _refused(data: Data) -> str:
    number = (data.get("slip") or {}).get("text")
    told = "Cơ quan không giải quyết hồ sơ sau khi thẩm định"
    return f"{told} (thông báo số {number})." if number else f"{told}."


def _returned(data: Data) -> str:
    told = "Kết quả đã được trả"
    if data.get("means"):
        told += f" ({data['means']})"
    told += f" cho {data['recipient']}." if data.get("recipient") else " cho người nhận."
    if data.get("tracking"):
        told += f" Số bưu gửi: {data['tracking']}."
    back = "; ".join(one["name"] for one in data.get("originals_back") or ())
    return f"{told} Bản chính trả lại: {back}." if back else told


def _posted(data: Data) -> str:
    told = f"Kết quả đã được gửi qua bưu chính, số bưu gửi {data.get('tracking')}."
    return f"{told} Bưu chính thu hộ {money(data['cod'])}." if data.get("cod") else told


def _came_back(data: Data) -> str:
    return f"Bưu gửi {data.get('tracking')} không phát được và đã chuyển về nơi tiếp nhận."


def _amount(data: Data) -> str:
    return money(int(data.get("amount") or 0))


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


SENTENCES: Mapping[str, Callable[[Data], str]] = {
    Action.REQUEST_FEE.value: _asked,
    Action.PAYMENT_CONFIRMED.value: _paid,
    Action.COMPLETE.value: _completed,
    Action.REFUSE_AFTER_APPRAISAL.value: _refused,
    Action.HAND_OVER_RESULT.value: _returned,
    Record.FEES_SETTLED.value: _settled,
    Record.MONEY_REFUNDED.value: _refunded,
    Record.RESULT_POSTED.value: _posted,
    Record.DRAFT_HANDED_OVER.value: lambda data: f"Đã trình ký văn bản: {data['title']}.",
    Record.DRAFT_SIGNED.value: _signed,
    Record.DRAFT_SENT_BACK.value: lambda data: f"Văn bản chưa được ký, trả lại: {data['title']}.",
    Record.POST_CAME_BACK.value: _came_back,
}
