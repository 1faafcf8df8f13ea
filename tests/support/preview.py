"""Templates without the application: one environment, fixture data, static HTML.

``python -m tests.support.preview FOLDER`` writes a page of all components, to be looked
at in a browser at several widths. Tests use :func:`environment` to compile templates.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup

from content.site.frame import EMPTY
from portal import assets
from portal.forms.messages import size_name
from portal.i18n import DEFAULT
from portal.templating import FILTERS

ROOT = Path(__file__).parents[2]
SITE = SimpleNamespace(
    name="Trung tâm Phục vụ hành chính công tỉnh Sơn Hà Mẫu",
    short_name="Dịch vụ công Sơn Hà Mẫu",
    authority="Ủy ban nhân dân tỉnh Sơn Hà Mẫu",
    address="Số 1 đường Mẫu, phường Trung Tâm, tỉnh Sơn Hà Mẫu",
    hotline="0900 000 000",
    email="motcua@example.vn",
    hours="Thứ Hai đến thứ Sáu, 07:30–11:30 và 13:30–17:00",
    national_portal_url="https://dichvucong.gov.vn",
    theme="lacquer",
    sample=True,
)


class PreviewRequest:
    """Just what layouts ask of a request."""

    id = "xem-truoc"
    matched_route = SimpleNamespace(name="catalogue.listing")
    settings = SimpleNamespace(editorial=SimpleNamespace(polls=True, newsletter=True))
    site = SITE
    standing_pages = frozenset({"huong-dan-nop-ho-so", "tuyen-bo-tiep-can", "bao-ve-du-lieu"})

    def route_path(self, name: str, **parts: Any) -> str:
        """An address that can be told apart, not one that works."""
        return "/" + "/".join([name, *(str(part) for part in parts.values())])

    def footer(self, _language: str) -> Markup:
        """As the application makes it, without a frame."""
        return self._part("layouts/footer.jinja2")

    def navigation(self, _language: str) -> Markup:
        """The usual menu."""
        return self._part("layouts/navigation.jinja2")

    def _part(self, name: str) -> Markup:
        made = environment().get_template(name)
        return Markup(made.render(request=self, site=SITE, frame=EMPTY))


def environment() -> jinja2.Environment:
    """Jinja2 as the application sets it up, with texts left in Vietnamese."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_null_translations()  # type: ignore[attr-defined]
    made.filters.update({**FILTERS, "file_size": size_name})
    made.globals |= {"language": DEFAULT, "in_vietnamese": ""}
    return made


def values(base: str = "static") -> dict[str, Any]:
    """What every template may use."""
    built = assets.Assets(assets.build(), base=base)
    return {
        "request": PreviewRequest(),
        "site": SITE,
        "asset_url": built.url,
        "csrf_token": lambda: "xem-truoc",
        "now": datetime(2026, 11, 23, 2, 4, tzinfo=UTC),
    }


def write(folder: Path) -> Path:
    """Writes the page of components with its assets beside it; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "static"
    if not link.exists():
        link.symlink_to(assets.STATIC / "build")
    page = environment().from_string((Path(__file__).parent / "preview.jinja2").read_text("utf-8"))
    target = folder / "preview.html"
    target.write_text(page.render(values()), "utf-8")
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))}\n")
