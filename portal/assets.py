"""Style sheet, scripts, fonts and pictures: made ready once, served for a year.

``python -m portal.assets`` is the set-up step. It copies the fonts out of
``node_modules`` (``npm ci``), joins our style sheets into one and writes everything
under ``portal/static/build`` with the digest of its content in its name. Templates ask
``asset_url("css/portal.css")`` for the address. Without Node there are no fonts and the
system's own serve; nothing else changes. Knows no request and reads no setting.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyramid.config import Configurator

STATIC = Path(__file__).parent / "static"
PACKAGES = Path(__file__).parent.parent / "node_modules"
MANIFEST = "manifest.json"
YEAR = 365 * 24 * 3600

#: The parts of the one style sheet, in the order of the cascade.
STYLES = (
    "tokens",
    "base",
    "layout",
    "components",
    "forms",
    "journey",
    "desk",
    "editorial",
    "print",
)

#: Copied from packages: name under ``static/vendor`` → path under ``node_modules``.
FONTS = {
    f"fonts/noto-sans-{subset}-{weight}.woff2": (
        f"@fontsource/noto-sans/files/noto-sans-{subset}-{weight}-normal.woff2"
    )
    for subset in ("latin", "vietnamese")
    for weight in (400, 600)
}

#: The editor's rich text, loaded on editors' pages only; without Node a text area serves.
EDITOR = {
    f"hugerte/{name}": f"hugerte/{origin}"
    for name, origin in {
        "hugerte.min.js": "hugerte.min.js",
        "icons.min.js": "icons/default/icons.min.js",
        "model.min.js": "models/dom/model.min.js",
        "theme.min.js": "themes/silver/theme.min.js",
        "lists.min.js": "plugins/lists/plugin.min.js",
        "link.min.js": "plugins/link/plugin.min.js",
        "table.min.js": "plugins/table/plugin.min.js",
        "skin.min.css": "skins/ui/oxide/skin.min.css",
        "content.min.css": "skins/ui/oxide/content.min.css",
    }.items()
}
VENDOR = FONTS | EDITOR

# As the package divides the letters: a page in English loads no Vietnamese file.
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
_FACE = (
    '@font-face{{font-family:"Noto Sans";font-style:normal;font-weight:{weight};'
    'font-display:swap;src:url("../{file}") format("woff2");unicode-range:{letters}}}\n'
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_GAP = re.compile(r"\s*\n\s*")


class Assets:
    """Addresses of what was built."""

    def __init__(self, names: Mapping[str, str], base: str = "/static") -> None:
        self._urls = {name: f"{base}/{built}" for name, built in names.items()}

    def url(self, name: str) -> str:
        """The address of ``css/portal.css``; ``KeyError`` for a name nobody built."""
        return self._urls[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._urls)


def build(static: Path = STATIC, packages: Path = PACKAGES) -> dict[str, str]:
    """Writes ``static/build`` anew; returns the manifest, name → name with digest."""
    _copy_vendor(static / "vendor", packages)
    target = static / "build"
    names: dict[str, str] = {}
    for name, source in _plain_files(static):
        names[name] = _write(target, name, source.read_bytes())
    faces = "".join(_font_faces(names))
    style = faces + "".join(_squeeze(path.read_text("utf-8")) for path in _styles(static))
    names["css/portal.css"] = _write(target, "css/portal.css", style.encode())
    _forget_others(target, names)
    _put(target / MANIFEST, json.dumps(names, indent=1, sort_keys=True).encode())
    return names


def load(static: Path = STATIC, packages: Path = PACKAGES) -> Assets:
    """What was built; built now if a source is newer or set-up was never run."""
    manifest = static / "build" / MANIFEST
    if not manifest.exists() or _newest_source(static) > manifest.stat().st_mtime:
        return Assets(build(static, packages))
    names: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return Assets(names)


def _copy_vendor(vendor: Path, packages: Path) -> None:
    for name, origin in VENDOR.items():
        source, target = packages / origin, vendor / name
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _styles(static: Path) -> list[Path]:
    return [static / "css" / f"{part}.css" for part in STYLES]


def _plain_files(static: Path) -> list[tuple[str, Path]]:
    """What is served as it is: scripts, pictures, fonts."""
    found: list[tuple[str, Path]] = []
    for root in (static / "js", static / "img", static / "vendor"):
        base = root if root.name == "vendor" else static
        files = (path for path in sorted(root.rglob("*")) if path.is_file())
        found += [(path.relative_to(base).as_posix(), path) for path in files]
    return found


def _newest_source(static: Path) -> float:
    sources = [*_styles(static), *(path for _, path in _plain_files(static))]
    return max(path.stat().st_mtime for path in sources)


def _font_faces(names: Mapping[str, str]) -> Iterable[str]:
    """Rules only for the files that are there, so that no page asks in vain."""
    for name in VENDOR:
        if name in names and name.startswith("fonts/"):
            subset, weight = Path(name).stem.rsplit("-", 2)[1:]
            yield _FACE.format(weight=weight, file=names[name], letters=_RANGES[subset])


def _squeeze(style: str) -> str:
    """The sheet without comments and indentation; our sources keep strings on one line."""
    return _GAP.sub("\n", _COMMENT.sub("", style)).lstrip()


def _write(target: Path, name: str, content: bytes) -> str:
    """Writes the content beside its compressed form; returns the name with digest."""
    path = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    built = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
    file = target / built
    file.parent.mkdir(parents=True, exist_ok=True)
    _put(file, content)
    if path.suffix in {".css", ".js", ".svg"}:
        _put(file.with_name(file.name + ".gz"), gzip.compress(content, mtime=0))
    return built


def _put(file: Path, content: bytes) -> None:
    """All or nothing: another process may be serving this very file."""
    draft = file.with_name(f".{os.getpid()}.{file.name}")
    draft.write_bytes(content)
    draft.replace(file)


def _forget_others(target: Path, names: Mapping[str, str]) -> None:
    kept = {target / built for built in names.values()}
    for path in target.rglob("*"):
        if path.is_file() and path.with_name(path.name.removesuffix(".gz")) not in kept:
            path.unlink()


def includeme(config: Configurator) -> None:
    """``/static``, whose files may be kept for a year, and ``request.asset_url(name)``."""
    assets = load()
    config.add_request_method(lambda _request, name: assets.url(name), "asset_url")
    config.add_request_method(lambda _request, name: name in set(assets), "has_asset")
    config.add_static_view(
        "static", "portal:static/build", cache_max_age=YEAR, content_encodings=["gzip"]
    )


def main() -> int:
    """The set-up step; says in one line what there is."""
    names = build()
    fonts = sum(1 for name in names if name.startswith("fonts/"))
    kind = f"{fonts} font files" if fonts else "no fonts (npm ci was not run): system fonts serve"
    sys.stdout.write(f"assets: {len(names)} files, {kind}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
