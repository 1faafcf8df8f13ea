"""Public figures of a period, with a chart and a table each; the data sets as files."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import NotFound
from content.figures import hundred, nine, public
from content.figures.public import By
from content.figures.question import Question
from content.figures.sheets import write_csv
from content.words import local
from portal.http.downloads import disposition
from portal.period_asked import Asked, asked_period
from portal.public_figures import question
from portal.report_view import view

UNPROCESSABLE = 422
#: The words of the addresses of open data.
SETS = {
    "theo-linh-vuc": By.SECTOR,
    "theo-noi-tiep-nhan": By.AGENCY,
    "theo-thang": By.MONTH,
    "theo-kenh": By.CHANNEL,
}


def _asked(request: Request) -> Asked:
    return asked_period(request.GET, local(request.now).date())


@view_config(
    route_name="statistics",
    renderer="statistics/home.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def show(request: Request) -> dict[str, Any]:
    """Everything that is public of one period."""
    asked = _asked(request)
    page: dict[str, Any] = {"asked": asked, "views": [], "notes": public.DEFINITIONS}
    if asked.span is None:
        request.response.status_int = UNPROCESSABLE
        return page
    about = question(request, asked.span)
    whole = public.total(about)
    views = [view(public.table(about, by, public.items(about, by), whole)) for by in SETS.values()]
    return {
        **page,
        "views": [one for one in views if len(one.rows) > 1],
        "quality": [view(nine.table(about)), view(hundred.table(about))],
        "total": whole,
        "source": public.SOURCE,
        "as_of": request.now,
        "open_data": request.route_path("statistics.data", _query=asked.query),
    }


@view_config(
    route_name="statistics.data",
    renderer="statistics/data.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def data(request: Request) -> dict[str, Any]:
    """What there is as files, and how programs ask for it."""
    asked = _asked(request)
    page: dict[str, Any] = {"asked": asked, "sets": [], "notes": public.DEFINITIONS}
    if asked.span is None:
        request.response.status_int = UNPROCESSABLE
        return page
    days = {
        "from": asked.span.period.first.isoformat(),
        "to": asked.span.period.last.isoformat(),
    }
    api = request.route_url("api.statistics", _query={**days, "by": "sector"})
    return {**page, "sets": _sets(request, asked), "source": public.SOURCE, "api": api}


def _sets(request: Request, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "title": public.TITLES[by],
            "files": [
                (
                    form.upper(),
                    request.route_path("statistics.file", name=word, form=form, _query=asked.query),
                )
                for form in ("csv", "json")
            ],
        }
        for word, by in SETS.items()
    ]


@view_config(route_name="statistics.file", permission=NO_PERMISSION_REQUIRED)
def file(request: Request) -> Response:
    """One data set; any program may use it, from any site."""
    by, asked = SETS.get(request.matchdict["name"]), _asked(request)
    if by is None or asked.span is None:
        raise NotFound("statistics")
    about = question(request, asked.span)
    name = f"{request.matchdict['name']}-{asked.span.key}".replace("..", "-den-")
    form = request.matchdict["form"]
    response = _csv(about, by) if form == "csv" else Response(json_body=_json(about, by))
    response.headers["Content-Disposition"] = disposition(f"{name}.{form}")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _csv(about: Question, by: By) -> Response:
    lines = public.items(about, by)
    text = write_csv(public.table(about, by, lines, public.total(about)))
    # Spreadsheets know by the mark that this is UTF-8.
    return Response(body=f"\ufeff{text}".encode(), content_type="text/csv", charset="utf-8")


def _json(about: Question, by: By) -> dict[str, Any]:
    period = about.period
    return {
        "title": public.TITLES[by],
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "source": public.SOURCE,
        "definitions": list(public.DEFINITIONS),
        "items": [
            {"key": one.key, "name": one.name, **public.as_json(one.settling)}
            for one in public.items(about, by)
        ],
        "total": public.as_json(public.total(about)),
    }
