"""The form of a refusal. Shape only; what makes a reason is decided by content."""

import colander

from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON, is_sentence
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
