"""What a form of the desk says when the rules refuse: what is wrong, and what to do instead.

The field's own mistakes stand beside it; what the table of moves refuses stands above the
form, with everything typed kept. Overtaken officers get ``acting.carry_out``'s page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from content.errors import Invalid, InvalidTransition, NotAllowed
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.i18n import _

#: By code of ``states.Refusal`` and of the services.
GUARDS = {
    "too_many_supplements": _(
        "Hồ sơ này đã được yêu cầu bổ sung đủ số lần cho phép; ông/bà giải quyết theo giấy tờ "
        "đang có, hoặc đề xuất không giải quyết."
    ),
    "notice_too_late": _(
        "Đã quá ba ngày làm việc kể từ khi tiếp nhận nên không yêu cầu bổ sung được nữa."
    ),
    "leader_needed": _("Lần yêu cầu bổ sung này phải được lãnh đạo duyệt; ông/bà trình lãnh đạo."),
    "still_waiting": _("Người nộp vẫn còn thời gian bổ sung; chưa dừng hồ sơ được."),
    "refund_not_settled": _(
        "Hồ sơ đã nộp tiền: ông/bà ghi số quyết định hoàn trả trước khi xác nhận rút."
    ),
    "too_many_extensions": _("Hồ sơ này đã xin lỗi và hẹn lại một lần; không hẹn lại được nữa."),
    "apology_too_late": _(
        "Đã hết hạn ra văn bản xin lỗi: phải ký chậm nhất một ngày làm việc trước ngày hẹn."
    ),
    "last_step": _("Đây là bước cuối trong cơ quan; việc tiếp theo là ghi kết quả."),
    "no_way_back": _("Bước này không trả lại bước nào trong quy trình."),
    "accepted_it": _(
        "Ông/bà là người đã tiếp nhận hồ sơ này nên không ký, không hoàn thành hồ sơ; người khác "
        "làm việc này."
    ),
    "leader_first": _(
        "Lãnh đạo chưa ký, chưa duyệt kết quả: hồ sơ phải qua bước ký của lãnh đạo, hoặc kết quả "
        "được trình và duyệt, rồi ông/bà mới ghi kết quả."
    ),
    "leader_has_it": _("Kết quả đang trình lãnh đạo; ông/bà hoàn thành sau khi lãnh đạo duyệt."),
    "proposal_awaits": _("Một dự thảo cùng loại đang chờ lãnh đạo; ông/bà chờ ý kiến trước."),
    "fee_unpaid": _(
        "Hồ sơ còn khoản phải nộp: thu đủ, hoặc để bưu chính thu hộ, rồi mới trả kết quả."
    ),
    "fees_unsettled": _(
        "Chưa xác định hồ sơ phải nộp khoản phí, lệ phí nào: ông/bà bấm “Xác định phí, lệ phí” "
        "trước."
    ),
    "on_its_way": _("Kết quả đang được bưu chính chuyển phát; ông/bà ghi kết quả phát trước."),
    "nothing_electronic": _("Kết quả không có bản điện tử nên không trả trực tuyến được."),
    "nothing_on_paper": _("Kết quả chỉ có bản điện tử nên không gửi bưu chính được."),
    "no_owner": _("Người nộp không có tài khoản trên cổng nên không trả trực tuyến được."),
    "item_ended": _("Bưu gửi này đã được ghi kết quả phát."),
    "money_taken": _("Đã thu tiền nên không đổi được khoản phải nộp; hoàn phí trước nếu thu sai."),
    "own_amount": _(
        "Ông/bà là người xác định khoản phải nộp này nên không xác nhận thu; người khác thu."
    ),
    "own_receipt": _("Ông/bà là người đã thu khoản này nên không quyết định hoàn; người khác làm."),
    "nothing_owed": _("Hồ sơ không còn khoản nào phải nộp."),
    "nothing_paid": _("Hồ sơ không có khoản nào đã thu."),
    "chain_open": _("Còn cơ quan liên thông chưa ghi xong phần việc; chờ đủ rồi mới kết thúc."),
    "dossier_ended": _("Hồ sơ đã kết thúc nên không cần góp ý nữa."),
    "no_chain": _("Thủ tục này chưa có quy trình liên thông được đưa vào dùng."),
    "no_due_date": _("Hồ sơ không có ngày hẹn trả nên không có ngày để hẹn lại."),
}
NOT_HOLDER = _(
    "Hồ sơ đang ở người khác nên ông/bà chưa làm việc này được; người đang giữ hoặc lãnh đạo "
    "phòng làm, hoặc giao hồ sơ lại cho ông/bà."
)
FIELDS = {
    "required": _("Mục này còn trống; ông/bà ghi vào đây."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "not_a_sentence": _("Ông/bà ghi lý do thành câu, để người nộp biết phải làm gì."),
    "not_published": _("Chỉ yêu cầu được giấy tờ trong danh mục đã công bố."),
    "not_after_due": _("Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay."),
    "day_off": _("Ngày hẹn mới là ngày nghỉ; ông/bà chọn một ngày làm việc."),
    "too_far": _("Ngày hẹn mới quá xa; ông/bà kiểm tra lại năm."),
    "not_a_phone": _("Số điện thoại chưa đúng; số di động có 10 chữ số, ví dụ 0912 345 678."),
    "in_the_future": _("Lúc gọi phải trước bây giờ."),
    "too_long_ago": _("Chỉ ghi được cuộc gọi trong bảy ngày gần đây."),
    "out_of_range": _("Ngày gọi lại phải từ hôm nay và trong vòng một tháng."),
    "not_this_role": _("Người này không làm được bước đã chọn; ông/bà chọn người khác."),
    "file_required": _("Ông/bà chọn tệp PDF của kết quả; bản điện tử không thể thiếu tệp."),
    "changed_after_signing": _(
        "Tệp đã bị thay đổi sau khi ký số nên không dùng làm kết quả được. Ông/bà lấy lại đúng "
        "tệp từ nơi ký, không mở ra lưu lại, in lại hay ghép trang; nếu không còn, đề nghị ký lại."
    ),
    "signature_required": _(
        "Kết quả chỉ có bản điện tử thì mọi tệp phải được ký số: văn bản điện tử có giá trị như "
        "bản gốc khi người có thẩm quyền và cơ quan đã ký số (Điều 5 Nghị định 30/2020/NĐ-CP). "
        "Ông/bà chọn tệp đã ký, hoặc chọn loại có bản giấy."
    ),
    "signature_unreadable": _(
        "Trong tệp có chữ ký số nhưng không đọc được: tệp hỏng hoặc đã bị sửa. Ông/bà lấy lại "
        "đúng tệp từ nơi ký."
    ),
    "kept_file_gone": _("Tệp ông/bà chọn lần trước không còn được giữ; ông/bà chọn lại tệp."),
    "too_many": _("Nhiều tệp quá; ông/bà gộp hoặc bỏ bớt."),
    "accepted_it": _("Người đã tiếp nhận hồ sơ không được là người ký kết quả."),
    "not_yet": _("Ngày ký không được sau hôm nay."),
    "before_reception": _("Ngày ký phải từ ngày tiếp nhận hồ sơ."),
    "before_start": _("Ngày hết hiệu lực phải sau ngày ký."),
    "ends_before_start": _("Ngày cuối phải từ ngày đầu trở đi."),
    "leave_too_long": _("Mỗi lần làm thay không quá một năm."),
    "too_many_labels": _("Đơn vị đã có 50 nhãn; ông/bà thôi dùng một nhãn trước."),
    "taken_label": _("Đơn vị đã có nhãn này."),
    "same_person": _("Người làm thay phải là người khác với người vắng."),
    "overlaps": _("Người vắng đã có người làm thay trong những ngày này; ông/bà kết thúc trước."),
    "in_the_past": _("Ngày này đã qua; ông/bà ghi từ hôm nay trở đi."),
    "too_far_off": _("Ngày này quá xa; ông/bà kiểm tra lại tháng, năm."),
    "not_worked": _("Ngày này là ngày nghỉ; ông/bà chọn một ngày làm việc."),
    "own_unit": _("Ông/bà chọn đơn vị khác: đây là đơn vị đang giải quyết hồ sơ."),
    "not_there": _("Người này không còn làm việc ở đơn vị đã chọn; ông/bà chọn lại."),
    "taken": _("Số bưu gửi này đã ghi cho một kết quả khác."),
    "amount_unknown": _("Dòng này chưa có mức thu bằng đồng; ông/bà chọn dòng khác."),
    "unknown": _("Ông/bà vui lòng chọn một mục trong danh sách."),
}


@contextmanager
def said_no(form: AccessibleForm, names: dict[str, str] | None = None) -> Iterator[None]:
    """Turn refusals of the rules into errors of the form; ``names`` maps fields of the rules
    to fields of the form where they differ."""
    try:
        yield
    except Invalid as refused:
        raise _at_field(form, refused, names or {}) from None
    except InvalidTransition as refused:
        if refused.code not in GUARDS:
            raise
        raise form.refuse(GUARDS[refused.code]) from None
    except NotAllowed as refused:
        if refused.code != "not_holder":
            raise
        raise form.refuse(NOT_HOLDER) from None


def _at_field(form: AccessibleForm, refused: Invalid, names: dict[str, str]) -> FormInvalid:
    field, code = next(iter(refused.problems.items()))
    field = names.get(field, field)
    known = {child.name for child in form.deform.children}
    words: Any = FIELDS.get(code, FIELDS["unknown"])
    return form.refuse(words, field if field in known else None)
