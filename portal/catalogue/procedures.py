"""One procedure: its page at each level and version, and its forms to download."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.procedures import reads
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.standing import today
from content.procedures.translating import subject_of
from portal.catalogue.as_of import DAY, asked_day
from portal.i18n import translated
from portal.procedures.page import page_values
from portal.procedures.rows import procedure_url

VERSION = "phien-ban"
PRINT = "in"


@view_config(
    route_name="catalogue.procedure",
    renderer="catalogue/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
@view_config(
    route_name="catalogue.procedure.level",
    renderer="catalogue/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def procedure(context: Procedure, request: Request) -> dict[str, Any]:
    """Everything about one procedure, at its one address."""
    url = procedure_url(request, context.address)
    if request.path != url:
        query = f"?{request.query_string}" if request.query_string else ""
        raise HTTPMovedPermanently(url + query)
    as_of = asked_day(request.GET.get(DAY, ""), context, today(request.now))
    version = as_of.version if as_of and as_of.version else _version(request, context)
    values = page_values(
        request,
        context,
        version,
        url=url,
        unfolded=PRINT in request.GET,
        is_old=version is not context.current_version,
        day=as_of.day if as_of and as_of.version else None,
    )
    is_today = as_of is None and not values["is_old"]
    places = translated(request, subject_of(context), url) if is_today else []
    return {**values, "as_of": as_of, "alternates": places}


def _version(request: Request, procedure: Procedure) -> ProcedureVersion:
    """The version asked for, else the one in force."""
    asked = request.GET.get(VERSION, "")
    current = procedure.current_version
    if current is not None and not asked:
        return current
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if current is not None and current.number == number:
        return current
    found = reads.version_numbered(request.db, procedure, number)
    if found is None:
        raise HTTPNotFound
    return found
