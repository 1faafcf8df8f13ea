"""What stands outside the versions: a new procedure, and where dossiers are filed."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content import audit
from content.errors import Conflict, Invalid
from content.procedures import form_bindings
from content.procedures.form_bindings import FormDefinitionVersion, ProcedureForm
from content.procedures.kinds import Filing, Level
from content.procedures.models import MAX_NAME, Procedure
from content.procedures.publishing import set_filing
from content.procedures.wording import FILINGS
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import drafts, to
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
#: Districts ended on 1/7/2025 (NĐ 118/2025): nothing new is made for them.
LEVELS = [
    (Level.COMMUNE.value, _("Cấp xã")),
    (Level.PROVINCE.value, _("Cấp tỉnh")),
    (Level.OTHER.value, _("Cơ quan khác")),
]


def _new_schema() -> Any:
    return fields.mapping(
        fields.paragraph("name", _("Tên thủ tục"), rows=2, max_length=MAX_NAME),
        fields.choice("level", _("Cấp thực hiện"), LEVELS),
        fields.text(
            "code",
            _("Mã quốc gia"),
            required=False,
            max_length=8,
            hint=_("Dạng 1.234567. Chưa có mã thì để trống; ghi xong không đổi được."),
        ),
        fields.text("field", _("Lĩnh vực"), max_length=300),
        fields.text("authority", _("Cơ quan thực hiện"), required=False, max_length=2000),
    )


@view_config(
    route_name="editorial.procedure.new",
    renderer="editorial/procedures/new.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A procedure that only editors see, with an almost empty draft."""
    form = make_form(request, _new_schema(), _("Tạo bản nháp"))
    page = form_page(request, "editorial/procedures/new.jinja2", form)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    record = {name: value for name, value in data.items() if value is not None}
    try:
        draft = drafts(request).create({**record, "levels": [record["level"]]})
    except Invalid as error:
        path, code = next(iter(error.problems.items()))
        raise form.refuse(words.problem(code), path if path in data else None) from None
    except Conflict:
        taken = _(
            "Đã có thủ tục mang mã hoặc tên này ở cấp này; ông/bà tìm trong danh sách để sửa."
        )
        raise form.refuse(taken) from None
    return HTTPSeeOther(to(request, ".section", draft.procedure, section="chung"))


def _filing_schema(keys: list[str]) -> Any:
    options = [(one.value, FILINGS[one]) for one in Filing]
    return fields.mapping(
        fields.choice("filing", _("Người dân nộp hồ sơ ở đâu"), options),
        fields.checkbox(
            "information_only",
            _("Trang chính thức chỉ để xem, không có chỗ nộp"),
            hint=_("Dùng cho thủ tục ngành công an, quân sự có hệ thống riêng."),
        ),
        fields.choice(
            "form",
            _("Mẫu điền trực tuyến của thủ tục"),
            [(one, one) for one in keys],
            required=False,
            hint=_("Chưa chọn thì người dân dùng mẫu đơn chung."),
        ),
    )


@view_config(
    route_name="editorial.procedure.filing",
    renderer="editorial/procedures/filing.jinja2",
    permission=Permission.PROCEDURE_SETTLE,
    methods=BOTH,
    uses_session=True,
)
def filing(context: Procedure, request: Request) -> Any:
    """Where dossiers are filed and on which form; holds at once, without a decision."""
    keys = list(request.db.scalars(select(FormDefinitionVersion.key).distinct()))
    form = make_form(request, _filing_schema(sorted(keys)), _("Đổi ngay"))
    page = form_page(
        request,
        "editorial/procedures/filing.jinja2",
        form,
        procedure=context,
        back=to(request, "", context),
    )
    if request.method != "POST":
        bound = _bound(request, context)
        form.fill(
            {
                "filing": context.filing.value if context.filing else None,
                "information_only": context.information_only,
                "form": bound.key if bound else None,
            }
        )
        return page
    data = form.accept(request.POST)
    _settle(request, context, data)
    return say(HTTPSeeOther(to(request, "", context)), Notice.PROCEDURE_FILING)


def _bound(request: Request, procedure: Procedure) -> ProcedureForm | None:
    query = select(ProcedureForm).where(
        ProcedureForm.code == procedure.code, ProcedureForm.level == procedure.level
    )
    found: ProcedureForm | None = request.db.scalars(query).first()
    return found


def _settle(request: Request, procedure: Procedure, data: dict[str, Any]) -> None:
    set_filing(procedure, Filing(data["filing"]), information_only=data["information_only"])
    bound, key = _bound(request, procedure), data["form"]
    if key and procedure.code:
        form_bindings.bind(request.db, procedure.code, procedure.level, key)
    elif bound is not None:
        request.db.delete(bound)
    audit.record(
        request.db,
        now=request.now,
        actor_id=request.identity.account_id,
        action="procedure.filing_set",
        subject=f"procedure:{procedure.id}",
        filing=data["filing"],
        form=key,
    )
