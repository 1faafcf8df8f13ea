"""What stands around every page: read from the database when an editor changed it, else
kept in memory; and the counting of visits, which only touches memory.

Pages of errors take what is kept: they must not ask a database that may be the reason.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.tweens import EXCVIEW
from sqlalchemy.exc import SQLAlchemyError

from content.changes import generation, has_advanced
from content.finding.empty import EmptySearches
from content.news.models import Page
from content.news.reads import public_pages
from content.site import frame as frames
from content.site.frame import Frame
from content.site.models import MenuPlace
from content.site.visits import Visits, is_robot
from portal.http.derivers import ONCE
from portal.i18n import ENGLISH, beside
from portal.setting_groups import Site

log = logging.getLogger("portal.visits")

FLUSH = 30.0
#: The footer's lines that are pages of the editors' own writing.
USUAL_PAGES = ("huong-dan-nop-ho-so", "tuyen-bo-tiep-can", "bao-ve-du-lieu")
#: Screens of the staff and answers to programs are no visits.
NOT_COUNTED = ("/bien-tap", "/can-bo", "/quan-tri", "/ky-so", "/xem-thu", "/api/", "/static/")


class Kept:
    """The frame that this process knows, and the parts of pages made from it."""

    def __init__(self) -> None:
        self.frame = frames.EMPTY
        #: For which state of the content and which minute the pages below were looked up.
        self.looked: tuple[int, int] = (-1, -1)
        self.pages: frozenset[str] = frozenset()
        self.parts: dict[tuple[str, ...], tuple[Frame, Site, Markup]] = {}


def current(request: Request) -> Frame:
    """``request.frame``."""
    kept: Kept = request.registry["frame"]
    if request.exception is None:
        try:
            found = frames.read(request.db, kept.frame)
            if has_advanced(request.db):
                # What this request changes may still be rolled back.
                return found
            kept.frame = found
        except SQLAlchemyError:
            log.warning("the frame could not be read", exc_info=True)
    return kept.frame


def site(request: Request) -> Site:
    """``request.site``: the settings, and before them what the administrator wrote."""
    settings: Site = request.settings.site
    values = request.frame.values
    return replace(settings, **values) if values else settings


def standing_pages(request: Request) -> frozenset[str]:
    """``request.standing_pages``: those of the usual footer that readers can open now.

    A new site has none of them yet; a line that leads nowhere would stand below every page.
    """
    kept: Kept = request.registry["frame"]
    if request.exception is None:
        try:
            state = generation(request.db), int(request.now.timestamp()) // 60
            if state == kept.looked:
                return kept.pages
            shown = public_pages(request.now).where(Page.slug.in_(USUAL_PAGES))
            found = frozenset(request.db.scalars(shown.with_only_columns(Page.slug)))
            if has_advanced(request.db):
                return found
            kept.looked, kept.pages = state, found
        except SQLAlchemyError:
            log.warning("the pages of the footer could not be read", exc_info=True)
    return kept.pages


def footer(request: Request, language: str) -> Markup:
    """``request.footer``: the same below all pages, so it is made once for a frame.

    Not where it shows the numbers of visits, which move with every page.
    """
    if request.frame.show_visits:
        return _made(request, "layouts/footer.jinja2", language)
    return _kept(request, "layouts/footer.jinja2", language, *sorted(request.standing_pages))


def navigation(request: Request, language: str) -> Markup:
    """``request.navigation``: the main menu, the same on all pages of a route."""
    here = request.matched_route.name if request.matched_route else ""
    # A menu of the editors' own marks the line that has the page's very address.
    addresses = (one.address for one in request.frame.main)
    is_named = any(request.path in (one, beside(one)) for one in addresses)
    place = request.path if is_named else ""
    return _kept(request, "layouts/navigation.jinja2", language, here, place)


def usual_menu(request: Request, place: MenuPlace) -> list[tuple[str, str]]:
    """Words and address of each line that readers see while editors made none."""
    menus: Any = request.registry["templates"].get_template("macros/usual_menus.jinja2").module
    if place is MenuPlace.MAIN:
        return [(str(words), request.route_path(route)) for route, words, _ in menus.usual_main]
    modules = request.settings.editorial
    return [
        (str(words), request.route_path(route, **parts))
        for route, parts, words, module in menus.usual_footer
        if (not module or getattr(modules, module))
        and (not parts or parts["slug"] in request.standing_pages)
    ]


def _kept(request: Request, template: str, language: str, *place: str) -> Markup:
    """A part made once for a frame; ``place``: what else it depends on."""
    frame, site = request.frame, request.site
    parts: dict[tuple[str, ...], tuple[Frame, Site, Markup]] = request.registry["frame"].parts
    key = (template, language, *place)
    known = parts.get(key)
    if known is None or known[0] is not frame or known[1] != site:
        known = parts[key] = (frame, site, _made(request, template, language))
    return known[2]


def _made(request: Request, template: str, language: str) -> Markup:
    environment = request.registry["templates.en" if language == ENGLISH else "templates"]
    made = environment.get_template(template).render(
        request=request, frame=request.frame, site=request.site
    )
    return Markup(made)  # noqa: S704 - a template's own text


def _visits(request: Request) -> Any:
    return request.registry["visits"].numbers


def style_sheet(request: Request) -> Response:
    """The authority's own colour; its address changes with the colour."""
    response = Response(text=request.frame.style_sheet, content_type="text/css", charset="utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def visits_tween(handler: Callable[[Request], Response], registry: Any) -> Callable[..., Response]:
    """Counts public pages that were really shown."""

    def tween(request: Request) -> Response:
        response = handler(request)
        if is_visit(request, response):
            request.environ[VISIT] = True
            note_visit(registry, request.environ, registry["clock"](), request.environ.get(READ))
        return response

    return tween


#: A view says here what is being read ("article:12"), if that is to be counted.
READ = "portal.read"
#: Here stands that a request counts as a visit.
VISIT = "portal.visit"


def note_visit(registry: Any, environ: dict[str, Any], now: datetime, read: str | None) -> None:
    """Count a visit, and what was ``read``."""
    agent = environ.get("HTTP_USER_AGENT", "")
    visits: Visits = registry["visits"]
    visits.note(Request(environ).client_addr or "", agent, now, read)


def is_visit(request: Request, response: Response) -> bool:
    """Whether a person opened a public page."""
    return (
        request.method == "GET"
        and response.status_int == 200
        and response.content_type == "text/html"
        and not request.path.startswith(NOT_COUNTED)
    )


def keep_counting(registry: Any) -> threading.Event:
    """Write the counts every half minute until the event is set; for the server's process."""
    stopping = threading.Event()

    def run() -> None:
        while not stopping.wait(FLUSH):
            write_visits(registry)

    write_visits(registry)
    threading.Thread(target=run, name="visits", daemon=True).start()
    return stopping


def write_visits(registry: Any) -> None:
    """Write what was counted; a busy database gets it the next time, at a small loss."""
    for counted in ("visits", "empty_searches"):
        try:
            with registry["database"].writing_sessions.begin() as session:
                registry[counted].write(session, registry["clock"]())
        except SQLAlchemyError:
            log.warning("%s could not be written", counted, exc_info=True)


def note_empty_search(request: Request, text: str) -> None:
    """Somebody looked for this in vain; robots are not heard, nothing is written yet."""
    # Everybody who looks for it is to be heard, so that no page of it is given twice.
    request.environ[ONCE] = True
    agent = request.user_agent or ""
    if not is_robot(agent):
        visits: Visits = request.registry["visits"]
        mark = visits.mark(request.client_addr or "", agent, request.now)
        request.registry["empty_searches"].note(text, mark, request.now)


def provide(registry: Any) -> None:
    """The frame that this process knows, and what it counts."""
    registry["frame"] = Kept()
    registry["empty_searches"] = EmptySearches()
    registry["visits"] = Visits(registry["settings"].secret)


def includeme(config: Configurator) -> None:
    """``request.frame``, ``request.site``, the style sheet, the counter."""
    config.add_request_method(current, "frame", reify=True)
    config.add_request_method(site, "site", reify=True)
    config.add_request_method(standing_pages, reify=True)
    config.add_request_method(footer)
    config.add_request_method(navigation)
    config.add_request_method(_visits, "visits", reify=True)
    config.add_route("frame.style", "/giao-dien.css")
    config.add_view(style_sheet, route_name="frame.style", permission=NO_PERMISSION_REQUIRED)
    config.add_tween("portal.frame.visits_tween", over=EXCVIEW)
