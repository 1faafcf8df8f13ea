"""Fees and limits of many procedures: choose, look at every change, confirm."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Conflict, TooMany
from content.procedures import bulk
from content.procedures.bulk import Act, Chosen, Task
from content.procedures.models import Sector
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/imports/bulk.jinja2"
ACTS = (
    (Act.FEE_SET.value, _("Đặt mức phí, lệ phí (đồng)")),
    (Act.FEE_PERCENT.value, _("Tăng hoặc giảm phí, lệ phí theo phần trăm (giảm ghi số âm)")),
    (Act.LIMIT_PERCENT.value, _("Rút ngắn thời hạn của địa phương theo phần trăm")),
)
FEE_KINDS = (("", _("Cả phí và lệ phí")), ("phí", _("Chỉ phí")), ("lệ phí", _("Chỉ lệ phí")))
RANGES = {Act.FEE_SET: (0, 10**9), Act.FEE_PERCENT: (-100, 1000), Act.LIMIT_PERCENT: (1, 90)}
MAX_WORDS = 200


def _schema(request: Request) -> Any:
    sectors = request.db.execute(select(Sector.id, Sector.name).order_by(Sector.name)).all()
    return fields.mapping(
        fields.choice(
            "linh_vuc",
            _("Lĩnh vực"),
            [(str(one.id), one.name) for one in sectors],
            required=False,
        ),
        fields.text("co_quan", _("Cơ quan thực hiện"), required=False, max_length=MAX_WORDS),
        fields.text("tu_khoa", _("Từ trong tên hoặc mã"), required=False, max_length=MAX_WORDS),
        fields.choice("viec", _("Việc cần làm"), ACTS),
        fields.integer("so", _("Con số"), minimum=-100, maximum=10**9),
        fields.choice("loai_phi", _("Loại khoản thu"), FEE_KINDS[1:], required=False),
        fields.hidden("dau"),
    )


@view_config(
    route_name="editorial.bulk",
    renderer=PAGE,
    permission=Permission.PROCEDURE_IMPORT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def change(request: Request) -> Any:
    """The form; with a choice the preview, and with the mark of a preview the change."""
    form = make_form(request, _schema(request), _("Xem trước thay đổi"))
    page = form_page(request, PAGE, form, preview=None, sent={})
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    chosen, task = _read(form, data)
    try:
        if data["dau"]:
            actor = request.identity.account_id
            bulk.apply(request.db, chosen, task, mark=data["dau"], actor_id=actor, now=request.now)
            target = HTTPSeeOther(request.route_path("editorial.bulk"))
            return say(target, Notice.BULK_DONE)
        preview = bulk.preview(request.db, chosen, task)
    except TooMany:
        words = _("Có hơn 300 thủ tục như vậy; ông/bà vui lòng chọn hẹp hơn.")
        raise form.refuse(words) from None
    except Conflict:
        words = _("Có người vừa sửa các thủ tục này; ông/bà vui lòng xem trước lần nữa.")
        raise form.refuse(words) from None
    form.fill({**data, "dau": None})
    sent = {name: value for name, value in data.items() if value and name != "dau"}
    return {**page, "preview": preview, "sent": sent}


def _read(form: Any, data: dict[str, Any]) -> tuple[Chosen, Task]:
    act, number = Act(data["viec"]), int(data["so"])
    low, high = RANGES[act]
    if not low <= number <= high:
        raise form.refuse(_("Với việc này, con số phải từ {} đến {}.").format(low, high), "so")
    sector = int(data["linh_vuc"]) if data["linh_vuc"] else None
    if sector is None and not data["co_quan"] and not data["tu_khoa"]:
        words = _("Ông/bà vui lòng chọn lĩnh vực, cơ quan hoặc ghi từ cần tìm.")
        raise form.refuse(words, "linh_vuc")
    chosen = Chosen(sector, data["co_quan"] or "", data["tu_khoa"] or "")
    return chosen, Task(act, number, data["loai_phi"] or None)
