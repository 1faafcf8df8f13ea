"""Signing a paper of a dossier: by one's own token, on one's computer, from afar, by seal.

A person's key stays with the person. Whatever way it was signed, the document is examined
before it is kept, and a refusal says what was found.
"""

from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, NotFound
from content.letters.issued import IssuedPaper
from content.signing import engine
from content.signing.models import Purpose, SignedVersion, SigningTask
from content.signing.report import Problem
from content.signing.service import SigningService, subject_of
from content.signing.stamping import awaits_stamp
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.http.downloads import send_pdf
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.issued_papers import issued_paper
from portal.security.permissions import Permission
from portal.signing_parts import remote_key, seal_key, seal_picture

if TYPE_CHECKING:
    from content.signing.pades import Key, Visible

PAGE = "desk/sign.jinja2"
FILE = "tep"
UNPROCESSABLE, CONFLICT = 422, 409
WORDS = {
    "missing": _("Ông/bà chưa chọn tệp."),
    "too_large": _("Tệp lớn quá mức cổng nhận."),
    Problem.NOT_A_PDF: _("Tệp không phải PDF đọc được."),
    Problem.UNSIGNED: _("Tệp chưa có chữ ký số mới."),
    Problem.CHANGED: _(
        "Tệp không phải văn bản đã giao ký, hoặc nội dung đã bị sửa. Hãy tải lại văn bản về, ký "
        "mà không in hay lưu thành tệp khác, rồi tải lên."
    ),
    Problem.BROKEN: _("Chữ ký không còn đúng với nội dung: tệp đã bị sửa sau khi ký."),
    Problem.NOT_WHOLE: _("Chữ ký không bao hết văn bản: có phần được thêm sau khi ký."),
    Problem.UNTRUSTED: _("Chứng thư số không thuộc tổ chức chứng thực mà cổng tin cậy."),
    Problem.NO_TRUST: _(
        "Chữ ký nguyên vẹn, nhưng chưa cấu hình nguồn tin cậy nên chưa xác định được người ký có "
        "tin cậy. Tệp chưa được nhận; đề nghị người quản trị cổng đặt nguồn tin cậy "
        "(signing.trust_dir), rồi ông/bà tải lên lại."
    ),
    Problem.OUT_OF_TIME: _("Chứng thư số không có hiệu lực vào lúc ký."),
    Problem.REVOKED: _("Chứng thư số đã bị thu hồi trong sổ chứng thư của cơ quan."),
    Problem.OTHERS: _("Chứng thư số này đăng ký cho người hoặc mục đích khác."),
    Problem.NO_TIME: _("Chữ ký không ghi thời gian ký."),
    Problem.TOO_EARLY: _("Thời gian ký trước lúc văn bản được giao ký; hãy chỉnh giờ của máy."),
    Problem.IN_FUTURE: _("Thời gian ký ở tương lai; hãy chỉnh giờ của máy rồi ký lại."),
    "signed_meanwhile": _(
        "Người khác vừa ký văn bản này. Tệp ông/bà gửi lên được ký trên bản trước; hãy tải bản "
        "mới nhất về rồi ký lại."
    ),
}
ALL = ("GET", "HEAD", "POST")


def find_task(request: Request, paper: IssuedPaper) -> SigningTask | None:
    """The signing of a paper, if it has begun."""
    return request.service(SigningService).task_of(subject_of(paper))


@view_config(
    route_name="desk.sign",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=ALL,
    uses_session=True,
)
def sign(context: DeskDossier, request: Request) -> Any:
    """The ways to sign it; by POST the document comes back signed."""
    paper = issued_paper(request, context.dossier, request.matchdict["letter"])
    if request.method != "POST":
        return page(request, context, paper)
    given: Any = request.POST.get(FILE)
    if not getattr(given, "filename", ""):
        return refused(request, context, paper, ["missing"])
    limit = request.settings.limits.file
    content = given.file.read(limit + 1)
    if len(content) > limit:
        return refused(request, context, paper, ["too_large"])
    return kept(request, context, paper, content)


def kept(request: Request, context: DeskDossier, paper: IssuedPaper, content: bytes) -> Any:
    """Examine what came back; the page again with what was found, if it is refused."""
    service, me = request.service(SigningService), officer(request)
    task = service.ask(paper, me)
    try:
        service.accept(task, content, me)
    except Invalid as error:
        found = error.data.get("found") or tuple(error.problems.values())
        return refused(request, context, paper, list(found), error.data.get("signer", ""))
    except Conflict:
        return refused(request, context, paper, ["signed_meanwhile"], status=CONFLICT)
    return done(request, context)


def refused(
    request: Request,
    context: DeskDossier,
    paper: IssuedPaper,
    codes: list[str],
    signer: str = "",
    *,
    status: int = UNPROCESSABLE,
) -> dict[str, Any]:
    """The page with every reason; nothing is written."""
    request.response.status_int = status
    shown = page(request, context, paper) | {
        "reasons": [WORDS[code] for code in codes],
        "refused_signer": signer,
    }
    request.tm.doom()
    return shown


def done(request: Request, context: DeskDossier) -> Response:
    """To the dossier, where the paper is shown as signed."""
    target = request.route_path("desk.dossier", number=context.dossier.lookup_code)
    return say(HTTPSeeOther(target), Notice.DOCUMENT_SIGNED)


@view_config(route_name="desk.sign.file", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def download(context: DeskDossier, request: Request) -> Response:
    """What is to be signed next: the paper, or its last signed version."""
    paper = issued_paper(request, context.dossier, request.matchdict["letter"])
    task = find_task(request, paper)
    content = latest(request, paper, task)
    number = len(task.versions) + 1 if task else 1
    return send_pdf(content, f"{request.matchdict['letter']}-{paper.id}-ky-{number}")


def latest(request: Request, paper: IssuedPaper, task: SigningTask | None) -> bytes:
    """The bytes to be signed next. Raises ``NotFound`` if they are lost."""
    service = request.service(SigningService)
    file = task.latest if task else paper.file
    if file is None:
        raise NotFound("letter")
    try:
        with service.files.open(file) as source:
            return source.read()
    except FileNotFoundError:
        raise NotFound("file") from None


@view_config(
    route_name="desk.sign.seal",
    permission=Permission.DOCUMENT_SEAL,
    methods=("POST",),
    uses_session=True,
)
def seal(context: DeskDossier, request: Request) -> Response:
    """The agency's seal, by the clerk, with the key on this machine."""
    key, picture = seal_key(request.settings), seal_picture(request.settings)
    paper = issued_paper(request, context.dossier, request.matchdict["letter"])
    visible = engine.visible_seal(paper.sign_box, picture)
    sign_by_key(request, paper, key, Purpose.SEAL, visible)
    return done(request, context)


@view_config(
    route_name="desk.sign.remote",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def remote(context: DeskDossier, request: Request) -> Response:
    """The officer's own key in the remote service, which asks them on their phone."""
    if not request.settings.signing.remote_url:
        raise NotFound("remote_signing")
    paper = issued_paper(request, context.dossier, request.matchdict["letter"])
    me = officer(request)
    visible = engine.visible_signature(paper.sign_box, me.name, request.now)
    sign_by_key(request, paper, remote_key(request.settings, me), Purpose.PERSONAL, visible)
    return done(request, context)


def sign_by_key(
    request: Request, paper: IssuedPaper, key: "Key", purpose: Purpose, visible: "Visible | None"
) -> None:
    """Sign outside of any transaction: the key or the timestamp authority may let us wait, and
    on SQLite nobody else could write meanwhile. What was read before is detached afterwards.

    Raises ``Conflict`` where somebody signed meanwhile.
    """
    service, number = request.service(SigningService), paper.id
    handed = service.hand_out(service.ask(paper, officer(request)), purpose)
    request.tm.abort()
    try:
        signed = service.signed(handed, key, visible)
    finally:
        request.tm.begin()
    me = officer(request)
    task = service.ask(request.db.get_one(IssuedPaper, number), me)
    service.accept_from_key(task, signed, me, purpose=purpose)


@view_config(
    route_name="desk.sign.local",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
    renderer=PAGE,
)
def local(context: DeskDossier, request: Request) -> dict[str, Any]:
    """A one-time key for a program on the officer's computer, and the link that starts it.

    Returned, not redirected: the key stands on this page alone and in no address of ours.
    """
    scheme = request.settings.signing.local_scheme
    if not scheme:
        raise NotFound("local_signing")
    paper = issued_paper(request, context.dossier, request.matchdict["letter"])
    service, me = request.service(SigningService), officer(request)
    token = service.hand_off(service.ask(paper, me), me)
    job = request.site.base_url + request.route_path("desk.hand_off", token=token)
    return page(request, context, paper) | {"deep_link": f"{scheme}:{job}"}


def page(request: Request, context: DeskDossier, paper: IssuedPaper) -> dict[str, Any]:
    """The ways to sign that this installation has, and who has signed."""
    chosen = request.settings.signing
    place = {"number": context.dossier.lookup_code, "letter": request.matchdict["letter"]}
    task = find_task(request, paper)
    versions: list[SignedVersion] = list(task.versions) if task else []
    may_seal = bool(chosen.seal_file) and request.has_permission(Permission.DOCUMENT_SEAL)
    return {
        "dossier": context.dossier,
        "paper": paper,
        "versions": versions,
        "awaits_stamp": task is not None and awaits_stamp(request.db, task),
        "is_seal": Purpose.SEAL,
        "urls": {
            "dossier": request.route_path("desk.dossier", number=place["number"]),
            "inbox": request.route_path("desk.inbox"),
            "file": request.route_path("desk.sign.file", **place),
            "upload": request.route_path("desk.sign", **place),
            "seal": request.route_path("desk.sign.seal", **place) if may_seal else None,
            "remote": request.route_path("desk.sign.remote", **place)
            if chosen.remote_url
            else None,
            "local": request.route_path("desk.sign.local", **place)
            if chosen.local_scheme
            else None,
        },
        "trusts_nobody": not chosen.trust_dir,
        "reasons": [],
        "refused_signer": "",
        "deep_link": None,
    }
