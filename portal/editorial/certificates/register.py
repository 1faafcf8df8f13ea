"""Certificates: the list with what ends soon, entering one from its file, revoking."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.errors import Invalid
from content.letters.from_dossiers import LetterSite
from content.people.models import Account, AccountKind
from content.signing.models import MAX_NOTE, Certificate
from content.signing.register import CertificateRegister, days_left
from content.words import local, moment_words, short_date
from content.workbook.grids import Grid, write_xlsx
from portal.editorial.saving import BOTH, POST_ONLY, number_of
from portal.http.downloads import send_bytes
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission

MAX_BYTES = 64 * 1024
FILE, AGENCY, OWNER, NOTE = "tep", "co_quan", "chu_the", "ghi_chu"
SOON = 30
HEADS = (
    *("Cơ quan", "Người", "Chủ thể", "Nơi cấp", "Số"),
    *("Từ ngày", "Đến ngày", "Tình trạng", "Ghi chú"),
)
SEAL = "Con dấu của cơ quan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {
    "missing": _("Ông/bà chưa chọn tệp chứng thư."),
    "too_large": _("Tệp quá lớn, không phải tệp chứng thư."),
    "not_a_certificate": _("Tệp không phải chứng thư số (.cer, .crt, .pem)."),
    "known_already": _("Chứng thư này đã có trong sổ."),
    "over": _("Chứng thư này đã hết hạn."),
    "agency": _("Ông/bà chưa chọn cơ quan."),
    "owner": _("Người được chọn không còn trong danh sách."),
}


def register(request: Request) -> CertificateRegister:
    """The register as of this request."""
    return CertificateRegister(request.db, request.now)


@view_config(
    route_name="editorial.certificates",
    renderer="editorial/certificates/list.jinja2",
    permission=Permission.CERTIFICATE_KEEP,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All of them, what ends first on top."""
    kept = register(request)
    lines = [(one, state(one, request.now)) for one in kept.all()]
    return {"lines": lines, "standing": kept.standing()}


@view_config(
    route_name="editorial.certificates.file",
    permission=Permission.CERTIFICATE_KEEP,
    uses_session=True,
)
def sheet(request: Request) -> Response:
    """The register as a spreadsheet, for the report to the authority above."""
    kept, words = register(request), request.localizer.translate
    standing = kept.standing()
    rows = tuple(
        (
            *(one.agency.name, one.account.name if one.account else SEAL),
            *(one.subject, one.issuer, one.serial),
            *(short_date(local(at).date()) for at in (one.valid_from, one.valid_to)),
            *(words(state(one, request.now)[1]), one.note),
        )
        for one in kept.all()
    )
    grid = Grid(
        "Sổ chứng thư số",
        f"Đang có hiệu lực: {standing.units} cơ quan, đơn vị có con dấu số; {standing.people} "
        "người có chữ ký số cá nhân",
        (
            "Cơ quan",
            "Người",
            "Chủ thể",
            "Nơi cấp",
            "Số",
            "Từ ngày",
            "Đến ngày",
            "Tình trạng",
            "Ghi chú",
        ),
        (2.5, 2, 2, 2, 2, 1, 1, 1.2, 2),
        rows,
        sheet="Chung thu so",
    )
    office = request.service(LetterSite).authority
    content = write_xlsx(grid, office=office, printed=f"Lập lúc {moment_words(request.now)}")
    return send_bytes(content, "so-chung-thu-so.xlsx", XLSX)


def state(certificate: Certificate, now: Any) -> tuple[str, Any]:
    """The kind of its badge and the words."""
    if certificate.revoked_at is not None:
        return "", _("Đã thu hồi")
    left = days_left(certificate, now)
    if certificate.valid_to <= now:
        return "bad", _("Đã hết hạn")
    if left <= SOON:
        return "warn", _("Còn ${days} ngày") % {"days": str(left)}
    return "ok", _("Còn hiệu lực")


@view_config(
    route_name="editorial.certificate.new",
    renderer="editorial/certificates/new.jinja2",
    permission=Permission.CERTIFICATE_KEEP,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """Enter a certificate; without a person it is the agency's seal."""
    if request.method != "POST":
        return page(request, {})
    problems = _entered(request)
    if problems:
        request.response.status_int = 422
        return page(request, problems)
    target = request.route_path("editorial.certificates")
    return say(HTTPSeeOther(target), Notice.CERTIFICATE_SAVED)


def _entered(request: Request) -> dict[str, Any]:
    """Enter what was sent; returns what is wrong, by field."""
    agency = request.db.get(Agency, number_of(posted(request, AGENCY)) or 0)
    owner_id = number_of(posted(request, OWNER))
    owner = request.db.get(Account, owner_id) if owner_id else None
    problems: dict[str, Any] = {}
    content = _file(request, problems)
    if agency is None:
        problems[AGENCY] = WORDS["agency"]
    if posted(request, OWNER) and (owner is None or owner.kind is not AccountKind.OFFICIAL):
        problems[OWNER] = WORDS["owner"]
    if problems or agency is None:
        return problems
    me = request.db.get_one(Account, request.identity.account_id)
    try:
        register(request).add(content, agency, owner, me, note=posted(request, NOTE))
    except Invalid as error:
        return {FILE: WORDS[next(iter(error.problems.values()))]}
    return {}


def _file(request: Request, problems: dict[str, Any]) -> bytes:
    given: Any = request.POST.get(FILE)
    if not getattr(given, "filename", ""):
        problems[FILE] = WORDS["missing"]
        return b""
    content: bytes = given.file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        problems[FILE] = WORDS["too_large"]
    return content


def page(request: Request, problems: dict[str, Any]) -> dict[str, Any]:
    """The form, with what was typed and what is wrong."""
    agencies = request.db.scalars(select(Agency).order_by(Agency.position, Agency.name)).all()
    officials = select(Account).where(Account.kind == AccountKind.OFFICIAL, Account.is_active)
    return {
        "problems": {name: problems.get(name) for name in (FILE, AGENCY, OWNER)},
        "errors": list(problems.items()),
        "agencies": agencies,
        "people": request.db.scalars(officials.order_by(Account.name)).all(),
        "typed": {name: posted(request, name) for name in (AGENCY, OWNER, NOTE)},
        "max_note": MAX_NOTE,
    }


@view_config(
    route_name="editorial.certificate.revoke",
    permission=Permission.CERTIFICATE_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def revoke(context: Certificate, request: Request) -> Response:
    """From now on its signatures are not accepted; what was signed before stays."""
    if context.revoked_at is None:
        register(request).revoke(context, request.db.get_one(Account, request.identity.account_id))
    target = request.route_path("editorial.certificates")
    return say(HTTPSeeOther(target), Notice.CERTIFICATE_REVOKED)
