"""My store of electronic papers: results and papers I sent, mine alone."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.result_models import StoredDocument, StoreSource
from content.dossiers.storehouse import document_of, documents_of, remove
from content.words import local, short_date
from portal.forms.messages import size_name
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "accounts/store.jinja2"
_SOURCES = {
    StoreSource.RESULT: _("Kết quả giải quyết"),
    StoreSource.SUBMITTED: _("Giấy tờ đã nộp"),
}


@view_config(
    route_name="accounts.store",
    renderer=PAGE,
    permission=Permission.ACCOUNT_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def store(request: Request) -> Any:
    """What I have; a POST takes one paper out of it."""
    me = request.identity.account_id
    if request.method == "POST":
        remove(request.db, document_of(request.db, me, posted(request, "bo")), request.now)
        back = HTTPSeeOther(request.route_path("accounts.store"))
        return say(back, Notice.STORED_REMOVED)
    return {"papers": [_paper(request, one) for one in documents_of(request.db, me)]}


@view_config(route_name="accounts.stored", permission=Permission.ACCOUNT_USE, uses_session=True)
def stored(request: Request) -> Response:
    """One paper, byte for byte. Everybody else's are not found."""
    found = document_of(request.db, request.identity.account_id, request.matchdict["file"])
    return send_file(request, found.file, found.file_name)


def _paper(request: Request, one: StoredDocument) -> dict[str, Any]:
    today = local(request.now).date()
    return {
        "token": one.token,
        "name": one.name,
        "source": _SOURCES[one.source],
        "number": one.number,
        "issuer": one.issuer,
        "valid_from": short_date(one.valid_from) if one.valid_from else None,
        "valid_to": short_date(one.valid_to) if one.valid_to else None,
        "expired": one.valid_to is not None and one.valid_to < today,
        "size": size_name(one.file.size),
        "url": request.route_path("accounts.stored", file=one.token),
        "dossier_url": request.route_path("accounts.dossier", number=one.dossier.lookup_code),
        "dossier": one.dossier.code or one.dossier.lookup_code,
    }
