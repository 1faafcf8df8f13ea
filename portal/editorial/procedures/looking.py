"""Looking at versions: side by side, and as the public page will show a draft."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import inspect

from content.errors import NotFound
from content.procedures.difference import differences
from content.procedures.drafting import draft_of, waiting
from content.procedures.kinds import Status
from content.procedures.labels import (
    SECTIONS,
    section_of,
    value_in_words,
    where_in_words,
)
from content.procedures.models import Procedure, ProcedureVersion, Sector
from content.procedures.repairs import read
from content.procedures.standing import newest_wording
from content.writing import revisions
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import to
from portal.procedures.page import page_values
from portal.security.permissions import Permission

LEFT, RIGHT = "cu", "moi"


@view_config(
    route_name="editorial.procedure.compare",
    renderer="editorial/procedures/compare.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def compare(context: Procedure, request: Request) -> dict[str, Any]:
    """Any two versions, section by section, in words; unless told otherwise a draft against
    the wording it began with, else what people read against the newest."""
    by_number = {one.number: one for one in context.versions}
    if not by_number:
        raise NotFound("version")
    newest = max(by_number)
    is_drafted = draft_of(context) or waiting(context)
    usual = newest_wording(context) if is_drafted else context.current_version
    left = _asked(request, LEFT, by_number) or usual or by_number[min(by_number)]
    right = _asked(request, RIGHT, by_number) or by_number[newest]
    found = differences(left.document, right.document)
    sections = []
    for slug, (title, _keys) in SECTIONS.items():
        here = [one for one in found if section_of(one.path) == slug]
        if here:
            sections.append((slug, title, [_row(one) for one in here]))
    return {
        "procedure": context,
        "left": left,
        "right": right,
        "versions": sorted(context.versions, key=lambda one: one.number),
        "sections": sections,
        "count": len(found),
        "state_words": words.STATES,
        "back": to(request, "", context),
        "names": (LEFT, RIGHT),
    }


def _asked(
    request: Request, name: str, by_number: dict[int, ProcedureVersion]
) -> ProcedureVersion | None:
    given = request.GET.get(name, "")
    is_number = given.isascii() and given.isdigit() and len(given) < 7
    return by_number.get(int(given)) if is_number else None


def _row(one: Any) -> dict[str, Any]:
    before, after = value_in_words(one.path, one.old), value_in_words(one.path, one.new)
    return {
        "where": where_in_words(one.path),
        "before": before,
        "after": after,
        "parts": revisions.words(before, after) if one.old and one.new else None,
    }


@view_config(
    route_name="editorial.procedure.preview",
    renderer="editorial/procedures/preview.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def preview(context: Procedure, request: Request) -> dict[str, Any]:
    """The public page with the draft's words, as on the day it takes effect."""
    version = draft_of(context) or waiting(context) or context.current_version
    if version is None:
        raise NotFound("version")
    url = to(request, ".preview", context)
    shown = _as_published(request, context, version)
    return {
        **page_values(request, shown, version, url=url),
        "back": to(request, "", context),
        "state": words.STATES[version.state],
    }


def _as_published(request: Request, procedure: Procedure, version: ProcedureVersion) -> Procedure:
    """A copy, kept out of the session, that says what ``publishing`` would make it say."""
    columns = inspect(Procedure).column_attrs
    given = {one.key: getattr(procedure, one.key) for one in columns}
    document = version.document
    given |= {
        "name": document["name"],
        "authority": document.get("authority"),
        "ministry": document.get("ministry"),
        "service_level": read(document).service_level,
        "official_url": document.get("official_url"),
        "as_of": document.get("as_of"),
        "status": Status.IN_FORCE,
        "status_since": None,
    }
    shown = Procedure(**given)
    if procedure.sector_id is not None:
        shown.sector = request.db.get(Sector, procedure.sector_id)
    return shown
