"""Writing down why a dossier is late."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition
from content.figures.late_reasons import (
    CAUSE_NAMES,
    MAX_TEXT,
    Cause,
    Explanation,
    explain,
    is_late,
    reason_of,
)
from content.words import local
from portal.desk.act_page import PAGE, act_page
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

TOO_SHORT = _("Ông/bà ghi nguyên nhân thành câu.")
CHANGED = _(
    "Đồng nghiệp vừa ghi nguyên nhân của hồ sơ này. Ông/bà xem lại nội dung mới ở trang hồ sơ rồi "
    "gửi lần nữa nếu vẫn muốn thay."
)


@view_config(
    route_name="desk.late",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def write(context: DeskDossier, request: Request) -> Any:
    """The cause, an account of it, and what is done about it."""
    dossier, done = context.dossier, HTTPSeeOther(urls(request, context.dossier)["dossier"])
    if not is_late(dossier, local(request.now).date()):
        return say(done, Notice.DOSSIER_NOT_LATE)
    form = make_form(request, _schema(), _("Ghi nguyên nhân"))
    told = [_("Dùng cho báo cáo nguyên nhân quá hạn; không gửi cho người nộp.")]
    page = act_page(request, context, form, _("Nguyên nhân quá hạn"), told)
    row = reason_of(request.db, dossier)
    if request.method != "POST":
        form.fill(
            {
                "cause": row.cause.value if row else None,
                "text": row.text if row else "",
                "measure": row.measure if row else "",
                "revision": str(row.revision if row else 0),
            }
        )
        return page
    data = form.accept(request.POST)
    said = Explanation(Cause(data["cause"]), data["text"], data["measure"] or "")
    try:
        explain(request.db, dossier, officer(request), said, request.now, _revision(data))
    except Invalid:
        raise form.refuse(TOO_SHORT, "text") from None
    except Conflict:
        latest = reason_of(request.db, dossier)
        # Sent once more it counts: by then the other's words have been offered.
        form.fill({**data, "revision": str(latest.revision if latest else 0)})
        raise form.refuse(CHANGED, "text") from None
    except InvalidTransition:
        return say(done, Notice.DOSSIER_NOT_LATE)
    return say(done, Notice.LATE_REASON_KEPT)


def _revision(data: dict[str, Any]) -> int:
    given = data["revision"] or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1


def _schema() -> colander.SchemaNode:
    options = [(one.value, name) for one, name in CAUSE_NAMES.items()]
    return fields.mapping(
        fields.choice("cause", _("Nguyên nhân"), options),
        fields.paragraph(
            "text",
            _("Cụ thể"),
            max_length=MAX_TEXT,
            rows=4,
            hint=_("Vì sao hồ sơ này chậm: khâu nào, do đâu."),
        ),
        fields.paragraph(
            "measure",
            _("Biện pháp khắc phục"),
            required=False,
            max_length=MAX_TEXT,
            rows=3,
        ),
        fields.hidden("revision"),
    )
