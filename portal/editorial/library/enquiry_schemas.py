"""The forms of questions and answers. Shape only."""

from collections.abc import Sequence
from typing import Any

import colander

from content.enquiries.models import (
    MAX_ASKED,
    MAX_POSITION,
    MAX_REASON,
    MAX_TITLE,
    MAX_TOPIC,
)
from content.enquiries.wording import Wording
from content.news.bodies import html_to_text, is_plain
from content.news.models import MAX_BODY, BodyFormat
from content.procedures.models import Sector
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "answer_missing": _("Câu hỏi đã công bố thì phải có câu trả lời."),
    "unknown_procedure": _("Có mã không phải của thủ tục nào trên cổng."),
    "too_many_procedures": _("Nhiều nhất 20 thủ tục."),
}
BODY_HINT = _(
    "Cách một dòng trống để sang đoạn mới. Dòng bắt đầu bằng “## ” là đề mục, “- ” là gạch đầu "
    "dòng, “1. ” là mục đánh số. Liên kết viết [chữ hiện ra](https://…)."
)
_CODES = 400


def wording(sectors: Sequence[Sector], topics: Sequence[str]) -> colander.SchemaNode:
    """A question with its answer."""
    used = _("Đang dùng:") + " " + "; ".join(topics) if topics else ""
    return fields.mapping(
        fields.text(
            "title",
            _("Câu hỏi"),
            max_length=MAX_TITLE,
            hint=_("Ngắn gọn, như người dân hỏi; không có tên người, số nhà, số giấy tờ."),
        ),
        fields.paragraph("details", _("Hỏi cụ thể"), rows=4, required=False, max_length=MAX_ASKED),
        fields.paragraph(
            "body", _("Trả lời"), rows=12, required=False, max_length=MAX_BODY, hint=BODY_HINT
        ),
        fields.text(
            "topic",
            _("Chủ đề"),
            required=False,
            max_length=MAX_TOPIC,
            hint=used or _("Ghi giống nhau giữa các câu hỏi, ví dụ Nộp hồ sơ trực tuyến."),
        ),
        fields.choice(
            "sector",
            _("Lĩnh vực"),
            [(str(one.id), one.name) for one in sectors],
            as_list=True,
            required=False,
        ),
        fields.paragraph(
            "procedures",
            _("Mã các thủ tục liên quan"),
            rows=3,
            required=False,
            max_length=_CODES,
            hint=_("Mỗi dòng một mã, ví dụ 1.001193; câu hỏi hiện ở trang của thủ tục ấy."),
        ),
        fields.integer(
            "position",
            _("Thứ tự"),
            minimum=0,
            maximum=MAX_POSITION,
            required=False,
            hint=_("Số nhỏ đứng trước; bỏ trống là 0."),
        ),
        fields.hidden("body_format"),
        fields.hidden("revision"),
        fields.hidden("base"),
    )


def reason() -> colander.SchemaNode:
    """Why a question is not answered."""
    return fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do không trả lời"),
            rows=5,
            max_length=MAX_REASON,
            hint=_("Người hỏi để lại thư điện tử thì nhận được đúng những chữ này."),
        ),
        fields.hidden("revision"),
    )


def values(data: dict[str, Any]) -> Wording:
    """The form's data as what the service takes."""
    is_html = data["body_format"] == BodyFormat.HTML.value
    return Wording(
        title=data["title"],
        details=data["details"] or "",
        body=data["body"] or "",
        body_format=BodyFormat.HTML if is_html else BodyFormat.TEXT,
        topic=data["topic"] or "",
        sector_id=number_of(data["sector"]),
        position=int(data["position"] or 0),
        procedures=tuple((data["procedures"] or "").split()),
    )


def data(said: Wording, revision: int, base: int) -> dict[str, Any]:
    """A wording as the form shows it; ``base`` numbers the revision it rests on."""
    body, form = said.body, said.body_format
    if form is BodyFormat.HTML and is_plain(body):
        # Says nothing that plain text could not: people without scripts read it with ease.
        body, form = html_to_text(body), BodyFormat.TEXT
    return {
        "title": said.title,
        "details": said.details,
        "body": body,
        "body_format": form.value,
        "topic": said.topic,
        "sector": str(said.sector_id or ""),
        "procedures": "\n".join(said.procedures),
        "position": str(said.position),
        "revision": str(revision),
        "base": str(base),
    }
