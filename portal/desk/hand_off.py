"""The other end of local signing: a program on an officer's computer fetches the document
with a one-time key, signs it with the officer's token, and brings it back.

The key is the whole permission; it is used up when the signed document is kept.
"""

import json
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Conflict, Invalid
from content.signing.service import HAND_OFF, SigningService
from portal.desk.signing import UNPROCESSABLE, WORDS
from portal.http.derivers import PRIVATE
from portal.http.downloads import send_pdf

ALL = ("GET", "HEAD", "POST")


@view_config(route_name="desk.hand_off", permission=NO_PERMISSION_REQUIRED)
def job(request: Request) -> Response:
    """What is to be signed, and where the document is fetched and returned."""
    token = request.matchdict["token"]
    service = request.service(SigningService)
    task, account = service.by_token(token)
    address = request.site.base_url + request.route_path("desk.hand_off.document", token=token)
    told = {
        "title": task.title,
        "agency": task.agency.name,
        "signer": account.name,
        "document": address,
        "upload": address,
        "sha256": task.latest.sha256,
        "place": task.place,
        "minutes": int(HAND_OFF.total_seconds() // 60),
    }
    return answer(told)


@view_config(
    route_name="desk.hand_off.document",
    permission=NO_PERMISSION_REQUIRED,
    methods=ALL,
    # A program has no cookie to lend to a stranger's page; the key stands in the address.
    require_csrf=False,
)
def document(request: Request) -> Response:
    """GET: the document. POST: the signed PDF as the body of the request."""
    token, service = request.matchdict["token"], request.service(SigningService)
    if request.method != "POST":
        task, _ = service.by_token(token)
        return send_pdf(service.content_of(task), f"ky-{task.id}")
    if (request.content_length or 0) > request.settings.limits.file:
        return refused(request, "too_large")
    try:
        kept = service.accept_by_token(token, request.body)
    except Invalid as error:
        return refused(request, *(error.data.get("found") or error.problems.values()))
    except Conflict as error:
        return refused(request, error.code)
    return answer({"signer": kept.signer, "signed_at": kept.signed_at.isoformat()})


def refused(request: Request, *codes: str) -> Response:
    """Why it is not kept, for the program to show: codes and sentences. Nothing is written."""
    request.tm.doom()
    words = [request.localizer.translate(WORDS[code]) for code in codes]
    return answer({"codes": list(codes), "words": words}, status=UNPROCESSABLE)


def answer(told: dict[str, Any], status: int = 200) -> Response:
    """JSON that no cache keeps."""
    body = json.dumps(told, ensure_ascii=False).encode()
    response = Response(body, status=status, content_type="application/json", charset=None)
    response.headers["Cache-Control"] = PRIVATE
    return response
