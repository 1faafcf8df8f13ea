"""Where a procedure is received, when it is told by name: the list, and the place of one."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from content.agencies.models import Agency
from content.errors import Invalid
from content.procedures.models import Procedure
from content.procedures.reception_places import (
    MAX_LINE,
    MAX_PLACE,
    MAX_REASON,
    ReceptionPlace,
    drop_place,
    place_of,
    save_place,
)
from content.text import clean
from content.words import local
from portal.editorial.handling.listing import MAX_WORDS, procedures_found
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

RENDERER = "editorial/handling/place.jinja2"
_NEEDED = {
    "place": _("Ông/bà chọn cơ quan, hoặc ghi tên nơi tiếp nhận."),
    "address": _("Ông/bà ghi địa chỉ của nơi tiếp nhận."),
    "reason": _("Ông/bà ghi vì sao thủ tục này không nộp tại bộ phận một cửa."),
    "legal_basis": _("Ông/bà ghi văn bản, điều khoản cho phép tiếp nhận ở nơi khác."),
}
_WORDS = {
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "unknown": _("Ông/bà vui lòng chọn một mục trong danh sách."),
}


@view_config(
    route_name="editorial.reception_places",
    renderer="editorial/handling/places.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Procedures whose place is told, and what was looked for."""
    asked = clean(request.GET.get("q", ""))[:MAX_WORDS]
    query = (
        select(ReceptionPlace)
        .join(Procedure)
        .options(joinedload(ReceptionPlace.procedure), joinedload(ReceptionPlace.agency))
        .order_by(ReceptionPlace.elsewhere.desc(), Procedure.name_sort)
    )
    return {
        "lines": request.db.scalars(query).all(),
        "asked": asked,
        "found": procedures_found(request, asked),
    }


@view_config(
    route_name="editorial.reception_place",
    renderer=RENDERER,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Procedure, request: Request) -> Any:
    """The place of one procedure, or an empty form where it is the one-stop desk."""
    own = place_of(request.db, context.id)
    return form_of(
        request,
        _schema(request),
        _("Lưu nơi tiếp nhận"),
        heading=_("Nơi tiếp nhận của thủ tục"),
        back=request.route_path("editorial.reception_places"),
        data=_data(own),
        of=f"reception_place:{context.id}" if own else None,
        save=lambda data: save_place(
            request.db,
            context,
            {**data, "agency_id": number_of(data["agency_id"])},
            revision=revision_of(data),
            actor_id=request.identity.account_id,
            now=request.now,
        ),
        reasons=_reason,
        renderer=RENDERER,
        notice=Notice.RECEPTION_PLACE_SAVED,
        procedure=context,
        own=own,
    )


@view_config(
    route_name="editorial.reception_place.drop",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def drop(context: Procedure, request: Request) -> Response:
    """It is received at the one-stop desk again."""
    own = place_of(request.db, context.id)
    if own is not None:
        drop_place(request.db, own, actor_id=request.identity.account_id, now=request.now)
    target = request.route_path("editorial.reception_places")
    return say(HTTPSeeOther(target), Notice.RECEPTION_PLACE_SAVED)


def _schema(request: Request) -> colander.SchemaNode:
    today = local(request.now).date()
    query = select(Agency).where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today))
    found = request.db.scalars(query.order_by(Agency.position, Agency.name))
    agencies = [(str(one.id), one.name) for one in found]
    return fields.mapping(
        fields.choice(
            "agency_id",
            _("Cơ quan tiếp nhận"),
            agencies,
            required=False,
            hint=_("Không phải trung tâm, bộ phận một cửa thì phải ghi lý do và căn cứ ở dưới."),
        ),
        fields.text(
            "place",
            _("Tên nơi tiếp nhận"),
            max_length=MAX_PLACE,
            required=False,
            hint=_("Ví dụ: Ban Tiếp công dân tỉnh. Để trống nếu nộp ngay tại cơ quan đã chọn."),
        ),
        fields.text(
            "address",
            _("Địa chỉ"),
            max_length=MAX_LINE,
            required=False,
            hint=_("Để trống thì lấy địa chỉ của cơ quan đã chọn."),
        ),
        fields.paragraph(
            "hours",
            _("Giờ tiếp nhận"),
            rows=2,
            max_length=MAX_LINE,
            required=False,
            hint=_("Để trống thì lấy giờ làm việc của cơ quan đã chọn."),
        ),
        fields.phone("phone", required=False),
        fields.paragraph(
            "reason",
            _("Lý do không nộp tại bộ phận một cửa"),
            rows=3,
            max_length=MAX_REASON,
            required=False,
            hint=_("Mọi người đọc được. Bắt buộc khi nơi tiếp nhận không phải bộ phận một cửa."),
        ),
        fields.paragraph(
            "legal_basis",
            _("Căn cứ"),
            rows=2,
            max_length=MAX_REASON,
            required=False,
            hint=_("Văn bản, điều khoản, hoặc quyết định của Ủy ban nhân dân."),
        ),
        fields.hidden("revision"),
    )


def _data(own: ReceptionPlace | None) -> dict[str, Any]:
    if own is None:
        return {"revision": "0"}
    return {
        "agency_id": str(own.agency_id) if own.agency_id else "",
        **{name: getattr(own, name) for name in ("place", "address", "hours", "phone")},
        "reason": own.reason,
        "legal_basis": own.legal_basis,
        "revision": str(own.revision),
    }


def _reason(error: Invalid) -> Any:
    field, code = next(iter(error.problems.items()))
    return _NEEDED[field] if code == "required" else _WORDS[code]
