"""The forms of refusals and cancelled lines, and of an act of one visit. Shape only; what
makes a reason, and what an act costs, is decided by content."""

from collections.abc import Sequence

import colander

from content.certification.acts import MAX_COPIES, MAX_FEE, MAX_PAGES
from content.certification.models import MAX_DOCUMENT, MAX_TITLE
from content.dossiers.models import MAX_APPLICANT, MAX_CONTACT
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON, is_sentence
from content.people.cards import MAX_LINE
from content.people.models import MAX_NAME
from portal.forms import fields
from portal.i18n import _

NOT_A_SENTENCE = _("Ông/bà ghi lý do thành câu, để người nộp biết phải làm gì.")


def sentence_of(node: colander.SchemaNode, value: str) -> None:
    """A reason tells a person something: a code does not."""
    if not is_sentence(value):
        raise colander.Invalid(node, NOT_A_SENTENCE)


def refusal() -> colander.SchemaNode:
    """The reason, its legal basis, and what the officer has seen."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(
        fields.paragraph(
            "reason",
            _("Lý do không tiếp nhận"),
            max_length=MAX_REASON,
            rows=6,
            validators=(sentence_of,),
            hint=_(
                "Viết cho người nộp: còn thiếu hoặc chưa đúng chỗ nào, cần làm gì để nộp lại. "
                "Nội dung này được in nguyên văn trên phiếu và gửi trong thư."
            ),
        )
    )
    schema.add(
        fields.text(
            "legal_basis",
            _("Căn cứ pháp lý"),
            required=False,
            max_length=MAX_LEGAL_BASIS,
            hint=_("Ví dụ: khoản 1 Điều 21 Luật Cư trú."),
        )
    )
    schema.add(fields.hidden("revision"))
    return schema


def cancellation() -> colander.SchemaNode:
    """Why a line of a book is cancelled."""
    hint = _("Lý do nằm lại trong sổ cùng dòng đã hủy; số thứ tự không dùng lại.")
    return fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do hủy"),
            max_length=MAX_REASON,
            rows=3,
            validators=(sentence_of,),
            hint=hint,
        )
    )


def same_visit(
    procedures: Sequence[tuple[str, str]], desks: Sequence[tuple[str, str]]
) -> colander.SchemaNode:
    """Who, which document, how many; the rest is usually as before."""
    made = fields.mapping(
        fields.text(
            "qr",
            _("Quét mã QR trên thẻ căn cước"),
            required=False,
            max_length=MAX_LINE,
            hint=_("Đặt con trỏ ở đây rồi quét; hoặc dán dòng chữ và bấm “Điền từ mã QR”."),
        ),
        fields.text("person", _("Người yêu cầu"), max_length=MAX_APPLICANT, autocomplete="off"),
        fields.text("document", _("Giấy tờ, văn bản"), max_length=MAX_DOCUMENT),
        fields.integer("copies", _("Số bản (số trường hợp)"), minimum=1, maximum=MAX_COPIES),
        fields.integer("pages", _("Số trang"), minimum=1, maximum=MAX_PAGES),
        fields.text("identity", _("Số định danh"), required=False, max_length=MAX_CONTACT),
        fields.choice("procedure", _("Thủ tục"), procedures, as_list=True),
    )
    if len(desks) > 1:
        made.add(fields.choice("desk", _("Nơi thực hiện"), desks, as_list=True))
    made.add(fields.text("signer_name", _("Người ký"), max_length=MAX_NAME))
    made.add(fields.text("signer_title", _("Chức danh"), max_length=MAX_TITLE))
    made.add(
        fields.integer(
            "fee",
            _("Phí đã thu (đồng)"),
            required=False,
            minimum=0,
            maximum=MAX_FEE,
            hint=_("Để trống: tính theo biểu phí của thủ tục."),
        )
    )
    made.add(fields.hidden("key"))
    return made
