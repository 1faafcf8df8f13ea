"""The forms of decisions. Shape only; what may be published is decided by content."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import colander

from content.procedures.deadlines import Publisher
from content.procedures.heading import Heading
from content.procedures.kinds import EntryKind, Level
from content.procedures.prepared import MAX_LINE, MAX_NUMBER, MAX_SUMMARY, PreparedDecision
from portal.editorial import opened
from portal.editorial.decisions.words import KINDS, PUBLISHERS
from portal.forms import fields
from portal.i18n import _

LEVELS = [(Level.COMMUNE, _("Cấp xã")), (Level.PROVINCE, _("Cấp tỉnh")), (Level.OTHER, _("Khác"))]


def _options(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(one.value, said) for one, said in words.items()]


def heading() -> colander.SchemaNode:
    """The first page of the decision."""
    return fields.mapping(
        fields.text(
            "number", _("Số, ký hiệu"), max_length=MAX_NUMBER, short=True, required=False,
            hint=_("Ghi như trên văn bản, ví dụ 125/QĐ-UBND. Để trống nếu chưa ký."),
        ),
        fields.date(
            "signed_on", _("Ngày ký"), required=False,
            hint=_("Ghi ngày/tháng/năm. Để trống nếu quyết định mới dự kiến, chưa ký."),
        ),
        fields.text("agency", _("Cơ quan ban hành"), max_length=MAX_LINE),
        fields.text("signer", _("Người ký"), required=False, max_length=MAX_LINE),
        fields.paragraph(
            "summary", _("Trích yếu"), rows=3, required=False, max_length=MAX_SUMMARY
        ),
        fields.date(
            "effective_on", _("Ngày có hiệu lực"), required=False,
            hint=_(
                "Để trống nếu có hiệu lực từ ngày ký. Chưa ký thì ghi ngày dự kiến có hiệu lực."
            ),
        ),
        fields.choice(
            "publisher", _("Người công bố"), _options(PUBLISHERS)
        ),
        fields.checkbox(
            "shortened", _("Văn bản được ban hành theo trình tự, thủ tục rút gọn")
        ),
        fields.date(
            "issued_on", _("Ngày ban hành văn bản theo trình tự rút gọn"), required=False,
            hint=_("Chỉ ghi khi chọn mục trên; quyết định ban hành trong 3 ngày từ đó."),
        ),
        opened.field(),
    )  # fmt: skip


def line() -> colander.SchemaNode:
    """One procedure of the decision."""
    return fields.mapping(
        fields.text(
            "code", _("Mã thủ tục"), max_length=100, short=True,
            hint=_("Ví dụ 1.001193. Thủ tục chưa có mã quốc gia thì ghi phần cuối địa chỉ trang."),
        ),
        fields.choice(
            "level", _("Cấp thực hiện"), [(one.value, words) for one, words in LEVELS],
            required=False, hint=_("Chỉ cần khi một mã có ở nhiều cấp."),
        ),
        fields.choice("kind", _("Thủ tục này"), _options(KINDS)),
        fields.date(
            "effective_on", _("Ngày hiệu lực riêng"), required=False,
            hint=_("Để trống nếu theo ngày hiệu lực chung của quyết định."),
        ),
        fields.text(
            "replaced_by", _("Mã thủ tục thay thế"), required=False, max_length=100, short=True,
            hint=_("Chỉ ghi khi thủ tục được thay thế."),
        ),
    )  # fmt: skip


def day(text: str | None) -> date | None:
    """A day as a form gives it."""
    return date.fromisoformat(text) if text else None


def as_heading(data: dict[str, Any]) -> Heading:
    """The form's data as what the service takes."""
    return Heading(
        number=data["number"] or "",
        signed_on=day(data["signed_on"]),
        agency=data["agency"],
        signer=data["signer"] or "",
        summary=data["summary"] or "",
        effective_on=day(data["effective_on"]),
        publisher=Publisher(data["publisher"]),
        shortened=data["shortened"],
        issued_on=day(data["issued_on"]) if data["shortened"] else None,
    )


def as_data(prepared: PreparedDecision | Heading) -> dict[str, Any]:
    """A decision as the form shows it."""
    return {
        "number": prepared.number,
        "signed_on": prepared.signed_on.isoformat() if prepared.signed_on else None,
        "agency": prepared.agency,
        "signer": prepared.signer or "",
        "summary": prepared.summary or "",
        "effective_on": prepared.effective_on.isoformat() if prepared.effective_on else None,
        "publisher": prepared.publisher.value,
        "shortened": prepared.shortened,
        "issued_on": prepared.issued_on.isoformat() if prepared.issued_on else None,
    }


def kind_of(data: dict[str, Any]) -> EntryKind:
    """The kind chosen for a line."""
    return EntryKind(data["kind"])
