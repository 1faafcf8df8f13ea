"""Folders of the library: adding, renaming, moving, deleting empty ones."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.media import folders
from content.media.models import MediaFolder
from portal.editorial.media import schemas, words
from portal.editorial.media.views import BOTH
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/media/folders.jinja2"


@view_config(
    route_name="editorial.media.folders",
    renderer=PAGE,
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def tree(request: Request) -> Any:
    """All folders, and a form for a new one."""
    form = make_form(request, schemas.folder(request.db), _("Thêm thư mục"))
    page = form_page(request, PAGE, form, folders=folders.tree(request.db), folder=None)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    try:
        folders.add(request.db, data["name"], _number(data["parent"]))
    except Invalid as refused:
        raise form.refuse(words.reason(refused.code), _field(refused)) from None
    return say(HTTPSeeOther(request.path), Notice.FOLDER_SAVED)


@view_config(
    route_name="editorial.media.folder",
    renderer=PAGE,
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: MediaFolder, request: Request) -> Any:
    """Rename or move one."""
    form = make_form(request, schemas.folder(request.db, context), _("Lưu thư mục"))
    page = form_page(request, PAGE, form, folders=folders.tree(request.db), folder=context)
    if request.method != "POST":
        form.fill({"name": context.name, "parent": str(context.parent_id or "")})
        return page
    data = form.accept(request.POST)
    try:
        folders.change(request.db, context, data["name"], _number(data["parent"]))
    except Invalid as refused:
        raise form.refuse(words.reason(refused.code), _field(refused)) from None
    return say(HTTPSeeOther(_all(request)), Notice.FOLDER_SAVED)


@view_config(
    route_name="editorial.media.folder.delete",
    permission=Permission.MEDIA_EDIT,
    methods=("POST",),
    uses_session=True,
)
def delete(context: MediaFolder, request: Request) -> Response:
    """An empty one into the bin; a full one stays, and the page says so."""
    try:
        folders.remove(request.db, context, by=request.identity.account_id, now=request.now)
    except Invalid:
        return say(HTTPSeeOther(_all(request)), Notice.FOLDER_FULL)
    return say(HTTPSeeOther(_all(request)), Notice.FOLDER_DELETED)


def _all(request: Request) -> str:
    path: str = request.route_path("editorial.media.folders")
    return path


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _field(refused: Invalid) -> str | None:
    return next(iter(refused.problems), None)
