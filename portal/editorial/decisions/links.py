"""Links that lead nowhere: in articles, in pages, of procedures, and files of forms that are lost.

Links within the site are tried against our own addresses and data, without a request over
the network; of links to other hosts only the shape is judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from pyramid.httpexceptions import HTTPException
from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request, apply_request_extensions
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import DomainError
from content.files import FileService
from content.files.model import StoredFile
from content.news import reads as news
from content.news.bodies import to_html
from content.news.models import Article
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.parts import FormFile
from portal.i18n import _
from portal.security.permissions import Permission

MAX_SHOWN = 200
MAX_ARTICLES = 2_000
_HREF = re.compile(r'\b(?:href|src)="([^"]*)"')
_OUTSIDE = ("mailto", "tel")


@dataclass(frozen=True)
class Broken:
    """One link: where it stands, where to mend it, where it should lead, what is wrong."""

    place: str
    edit_url: str
    target: str
    why: Any


@view_config(
    route_name="editorial.links",
    renderer="editorial/decisions/links.jinja2",
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def links(request: Request) -> dict[str, Any]:
    """All that can be found without asking other hosts."""
    found = list(Checker(request).broken())
    return {"links": found[:MAX_SHOWN], "total": len(found), "more": max(0, len(found) - MAX_SHOWN)}


class Checker:
    """Tries each address once."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._known: dict[str, bool] = {}

    def broken(self) -> Iterator[Broken]:
        """Links of texts, then of procedures, then lost files."""
        yield from self._of_texts()
        yield from self._of_procedures()
        yield from self._lost_files()

    def _of_texts(self) -> Iterator[Broken]:
        articles = news.public(self.request.now).order_by(Article.id.desc()).limit(MAX_ARTICLES)
        for article in self.request.db.scalars(articles):
            url = self.request.route_path("editorial.article.edit", id=article.id)
            yield from self._within(article.title, url, to_html(article.body, article.body_format))
        for page in self.request.db.scalars(news.public_pages(self.request.now)):
            url = self.request.route_path("news.page", slug=page.slug)
            yield from self._within(page.title, url, to_html(page.body, page.body_format))

    def _within(self, title: str, url: str, html: str) -> Iterator[Broken]:
        for target in dict.fromkeys(_HREF.findall(html)):
            why = self.problem(target)
            if why:
                yield Broken(title, url, target, why)

    def _of_procedures(self) -> Iterator[Broken]:
        query = select(Procedure.id, Procedure.name, Procedure.official_url).where(
            Procedure.status.in_(PUBLIC), Procedure.official_url.is_not(None)
        )
        for number, name, target in self.request.db.execute(query):
            why = self.problem(target)
            if why:
                url = self.request.route_path("editorial.procedure", id=number)
                yield Broken(name, url, target, why)

    def _lost_files(self) -> Iterator[Broken]:
        """Forms in force whose bytes are gone from the store."""
        query = (
            select(StoredFile, Procedure.id, Procedure.name)
            .join(FormFile, FormFile.file_id == StoredFile.id)
            .join(Procedure, Procedure.current_version_id == FormFile.version_id)
            .order_by(Procedure.id, FormFile.id)
        )
        files = self.request.service(FileService)
        for stored, number, name in self.request.db.execute(query):
            try:
                files.open(stored).close()
            except FileNotFoundError:
                url = self.request.route_path("editorial.procedure", id=number)
                yield Broken(name, url, stored.name, _("tệp mẫu đã mất"))

    def problem(self, target: str) -> Any:
        """What is wrong with an address, empty where nothing is."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return _("địa chỉ viết sai")
        here = urlsplit(self.request.site.base_url).netloc
        if parts.scheme in _OUTSIDE or (not parts.path and not parts.netloc):
            return ""
        if parts.netloc and parts.netloc != here:
            fine = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
            return "" if fine else _("địa chỉ viết sai")
        return "" if self.leads_somewhere(parts.path) else _("trang không có trên cổng")

    def leads_somewhere(self, path: str) -> bool:
        """Whether an address of this site is there for a reader."""
        if path not in self._known:
            self._known[path] = self._tried(path)
        return self._known[path]

    def _tried(self, path: str) -> bool:
        probe = type(self.request).blank(unquote(path) or "/")
        probe.registry = self.request.registry
        # The same transaction, so that nothing else is opened.
        probe.environ["portal.db"] = self.request.db
        apply_request_extensions(probe)
        mapper = self.request.registry.queryUtility(IRoutesMapper)
        found = mapper(probe)
        route = found["route"]
        if route is None:
            return False
        probe.matchdict, probe.matched_route = found["match"], route
        try:
            if route.factory is not None:
                route.factory(probe)
        except HTTPException as answer:
            return bool(answer.status_int < 400)
        except (DomainError, KeyError):
            return False
        return True
