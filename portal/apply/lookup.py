"""Following a dossier: progress for whoever has a code, all of it with the secret.

The secret comes by POST only, so that it stands in no address and no log. A wrong code and
a wrong secret get the same answer, and guesses are counted by address.
"""

from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.dossiers.lookup import Followed, look_up
from content.dossiers.models import MAX_CODE, Dossier
from content.dossiers.reads import attachment_of
from content.dossiers.visibility import Viewer
from content.people.attempts import Attempts
from content.text import clean
from portal import own_dossier, own_result
from portal.apply.opened import ACT, ACTS, opened
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.http.downloads import send_file
from portal.http.pages import form_page, refused_page
from portal.i18n import _

PAGE, WHOLE = "lookup/lookup.jinja2", "lookup/dossier.jinja2"
CODE, SECRET, LETTER, FILE, RESULT = "ma", "bi_mat", "giay", "tep", "ket_qua"
MAX_GUESSES = 20
MAX_SECRET = 100
NOT_FOUND = 404


@view_config(
    route_name="lookup",
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def lookup(request: Request) -> Response:
    """The form; with a code the progress; with the secret or for the owner everything."""
    if request.method == "POST":
        return _with_secret(request)
    typed = clean(request.GET.get(CODE, ""))[: MAX_CODE * 2]
    found = look_up(request.db, typed, account_id=request.identity.account_id) if typed else None
    if found is not None and found.dossier is not None:
        number = found.dossier.lookup_code
        return HTTPSeeOther(request.route_path("accounts.dossier", number=number))
    form = _form(request).fill({CODE: typed})
    response = render_to_response(PAGE, _page(request, form, typed, found), request=request)
    if typed and found is None:
        response.status_int = NOT_FOUND
    return response


def _with_secret(request: Request) -> Response:
    """Everything for whoever knows the secret."""
    guesses = Attempts(request.db, kind="lookup", limit=MAX_GUESSES, now=request.now)
    guesses.refuse_if_tired(request.client_addr or "")
    form = _form(request)
    _page(request, form, "", None)
    data = form.accept(request.POST)
    found = look_up(request.db, data[CODE], secret=data[SECRET])
    if found is None or found.viewer is not Viewer.OWNER or found.dossier is None:
        guesses.note(request.client_addr or "")
        words = _("Mã hồ sơ hoặc mã bí mật chưa đúng; ông/bà kiểm tra lại trên giấy xác nhận.")
        form.refuse(words, CODE)
        # Returned, not raised: the guess must be counted.
        return refused_page(request, form)
    return _whole(request, found.dossier, data)


def _whole(request: Request, dossier: Dossier, data: dict[str, Any]) -> Response:
    """The page, or the paper or file that was asked for on it."""
    letter, file = request.POST.get(LETTER), request.POST.get(FILE)
    if isinstance(letter, str):
        return own_dossier.send_paper(request, dossier, letter)
    result = request.POST.get(RESULT)
    if isinstance(result, str):
        return own_result.send_result(request, dossier, result)
    act = request.POST.get(ACT)
    if isinstance(act, str) and act in ACTS:
        return opened(request, dossier, data[SECRET], act)
    values = own_dossier.shown(request, dossier)
    if isinstance(file, str):
        kept = attachment_of(dossier, file)
        return send_file(request, kept.file, kept.name)
    carried = {CODE: data[CODE], SECRET: data[SECRET]}
    return render_to_response(WHOLE, {**values, "carried": carried}, request=request)


def _form(request: Request) -> AccessibleForm:
    schema = fields.mapping(
        fields.text(
            CODE,
            _("Mã hồ sơ hoặc mã tra cứu"),
            hint=_("Ghi trên giấy tiếp nhận hoặc giấy xác nhận đã gửi hồ sơ."),
            max_length=MAX_CODE * 2,
        ),
        fields.text(
            SECRET,
            _("Mã bí mật"),
            hint=_("Gồm 16 chữ và số, ghi trên giấy xác nhận đã gửi hồ sơ."),
            max_length=MAX_SECRET,
            autocomplete="off",
        ),
    )
    return AccessibleForm(
        schema,
        action=request.route_path("lookup"),
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        buttons=[("gui", "", _("Xem toàn bộ hồ sơ"), "primary")],
        formid="toan-bo",
    )


def _page(
    request: Request, form: AccessibleForm, typed: str, found: Followed | None
) -> dict[str, Any]:
    return form_page(request, PAGE, form, typed=typed, found=found)
