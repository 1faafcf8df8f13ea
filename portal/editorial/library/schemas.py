"""The form of a legal document. Shape only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import colander

from content.library.kinds import DocumentKind
from content.library.models import MAX_NAME, MAX_NUMBER, MAX_SUMMARY, LegalDocument
from content.procedures.models import Sector
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "effect_early": _("Ngày có hiệu lực không thể trước ngày ban hành."),
    "end_early": _("Ngày hết hiệu lực phải sau ngày có hiệu lực và ngày ban hành."),
    "number_taken": _("Văn bản số này của cơ quan này, cùng ngày, đã có (có thể ở thùng rác)."),
}
_TEXTS = ("number", "agency", "signer", "summary")
_DAYS = ("issued_on", "effective_on", "expires_on")


def document(sectors: Sequence[Sector]) -> colander.SchemaNode:
    """A legal document."""
    return fields.mapping(
        fields.text(
            "number",
            _("Số, ký hiệu"),
            max_length=MAX_NUMBER,
            short=True,
            hint=_("Ghi như trên văn bản, ví dụ 123/2015/NĐ-CP."),
        ),
        fields.choice("kind", _("Loại văn bản"), [(one.value, one.label) for one in DocumentKind]),
        fields.text(
            "agency",
            _("Cơ quan ban hành"),
            max_length=MAX_NAME,
            hint=_("Ghi giống nhau giữa các văn bản, ví dụ Chính phủ, Bộ Tư pháp."),
        ),
        fields.paragraph("summary", _("Trích yếu"), rows=3, max_length=MAX_SUMMARY),
        fields.date("issued_on", _("Ngày ban hành")),
        fields.date("effective_on", _("Ngày có hiệu lực"), required=False),
        fields.date(
            "expires_on",
            _("Hết hiệu lực từ ngày"),
            required=False,
            hint=_("Ngày đầu tiên không còn hiệu lực; chưa rõ thì để trống."),
        ),
        fields.text("signer", _("Người ký"), required=False, max_length=MAX_NAME),
        fields.choice(
            "sector",
            _("Lĩnh vực"),
            [(str(one.id), one.name) for one in sectors],
            as_list=True,
            required=False,
        ),
        fields.hidden("revision"),
    )


def values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in _TEXTS},
        **{name: date.fromisoformat(data[name]) if data[name] else None for name in _DAYS},
        "kind": DocumentKind(data["kind"]),
        "sector_id": number_of(data["sector"]),
    }


def data(one: LegalDocument) -> dict[str, Any]:
    """A document as the form shows it."""
    days = {name: getattr(one, name) for name in _DAYS}
    return {
        **{name: getattr(one, name) for name in _TEXTS},
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        "kind": one.kind.value,
        "sector": str(one.sector_id or ""),
        "revision": str(one.revision),
    }
