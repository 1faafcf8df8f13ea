"""The library: finding, uploading, and choosing a medium for another page."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.media import folders, reads
from content.media.kinds import MediumKind
from content.media.models import MediaFolder, Medium
from content.media.service import MediaService
from portal.editorial.media import words
from portal.editorial.media.receiving import MAX_FILES, Received, Rejected, examined, sent
from portal.http.pages import local_path
from portal.http.paging import page_links, page_number
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
#: Of the picker: where to go back to, and which field of that page asks.
BACK, FIELD = "ve", "o"
THUMBNAIL = 320


def asked(request: Request) -> reads.Asked:
    """What the address asks for; nonsense asks for nothing."""
    folder, kind = request.GET.get("thu-muc", ""), request.GET.get("loai", "")
    is_number = folder.isdecimal() and folder.isascii() and len(folder) < 10
    return reads.Asked(
        words=request.GET.get("q", "")[:200],
        folder_id=int(folder) if is_number else None,
        kind=MediumKind(kind) if kind in list(MediumKind) else None,
        page=page_number(request.GET),
        ready=request.GET.get("dung-duoc") == "1",
    )


def shelf(request: Request) -> dict[str, Any]:
    """What every list of media shows."""
    wanted = asked(request)
    found = reads.search(request.db, wanted)
    return {
        "asked": wanted,
        "found": found,
        "links": page_links(request, found.page, found.pages),
        "folders": folders.tree(request.db),
        "kinds": words.KINDS,
    }


@view_config(
    route_name="editorial.media",
    renderer="editorial/media/library.jinja2",
    permission=Permission.MEDIA_EDIT,
    uses_session=True,
)
def library(request: Request) -> dict[str, Any]:
    """All media as a grid, with search and folders."""
    return shelf(request)


@dataclass(frozen=True)
class Result:
    """What became of one uploaded file."""

    name: str
    medium: Medium | None
    is_known: bool
    is_animated: bool
    reason: str


@view_config(
    route_name="editorial.media.upload",
    renderer="editorial/media/upload.jinja2",
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def upload(request: Request) -> dict[str, Any]:
    """Several files at once, each with its own result. Sent again, the same files are known
    by their bytes, so the page may be loaded again."""
    page: dict[str, Any] = {"results": [], "max_files": MAX_FILES, "nothing": False}
    if request.method == "POST":
        files = sent(request)
        page["nothing"] = not files
        with examined(request, files) as received:
            page["results"] = [_kept(request, one) for one in received]
        if not any(one.medium for one in page["results"]):
            request.response.status_int = 422
    return {**page, "folders": folders.tree(request.db), "chosen": _folder_id(request)}


def _folder_id(request: Request) -> int | None:
    given = request.params.get("thu-muc", "")
    if not isinstance(given, str) or not given.isdecimal() or len(given) > 9:
        return None
    found = request.db.get(MediaFolder, int(given))
    return found.id if found and found.deleted_at is None else None


def _kept(request: Request, one: Received | Rejected) -> Result:
    if isinstance(one, Rejected):
        return Result(one.name, None, False, False, words.reason(one.code, one.limit))
    service, me = request.service(MediaService), request.identity.account_id
    known = service.known(one.arrival.digest)
    animated = bool(getattr(one.source, "animated", False))
    if known is not None:
        service.recall(known, actor_id=me)
        return Result(one.arrival.name, known, True, animated, "")
    folder_id = _folder_id(request)
    medium = service.add(one.arrival, one.source, folder_id=folder_id, actor_id=me)
    return Result(one.arrival.name, medium, False, animated, "")


@view_config(
    route_name="editorial.media.pick",
    renderer="editorial/media/pick.jinja2",
    permission=Permission.MEDIA_EDIT,
    uses_session=True,
)
def pick(request: Request) -> dict[str, Any] | Response:
    """Choose a medium for another page: each leads back there with its id in the query.

    ``ve``: the page to go back to; ``o``: the name under which it expects the id.
    """
    back = local_path(request.GET.get(BACK), request.route_path("editorial.media"))
    field = request.GET.get(FIELD, "")[:40]
    if not field.isidentifier() or not field.isascii():
        return HTTPSeeOther(back)
    joint = "&" if "?" in back else "?"
    page = shelf(request)
    choices = {one.id: f"{back}{joint}{field}={one.id}" for one in page["found"].items}
    return {**page, "back": back, "field": field, "choices": choices}


@view_config(
    route_name="editorial.media.json",
    renderer="json",
    permission=Permission.MEDIA_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The same for the text editor's script; ``ready`` says that it may be used."""
    found = reads.search(request.db, asked(request))
    return {
        "page": found.page,
        "pages": found.pages,
        "total": found.total,
        "items": [described(one) for one in found.items],
    }


def described(medium: Medium) -> dict[str, Any]:
    """A medium as the script sees it."""
    small = medium.fallback(THUMBNAIL)
    return {
        "id": medium.id,
        "key": medium.key,
        "kind": medium.kind.value,
        "title": medium.title,
        "alt": medium.alt,
        "caption": medium.caption,
        "credit": medium.credit,
        "address": medium.address,
        "thumbnail": f"/tep/{medium.key}/{medium.version}/{small.name}" if small else None,
        "width": medium.width,
        "height": medium.height,
        "ready": medium.is_ready,
    }
