"""The line portal → search → content holds, and so do the finer rules inside."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, dotted, each_of, imports, modules

WEB = ("pyramid", "deform", "colander", "peppercorn", "webob", "waitress", "webtest")
FORBIDDEN = {
    "content": ("search", "portal", "templates", "jinja2", "whoosh", *WEB),
    "search": ("portal", "templates", "jinja2", *WEB),
    "portal": ("whoosh",),
    "templates": ("content", "search", "portal", *WEB),
}
# A later subject may use an earlier one, never the other way round.
SUBJECTS = (
    *("files", "people", "agencies", "calendar", "writing", "media", "procedures"),
    *("processes", "dossiers"),
    *(
        "letters",
        "signing",
        "certification",
        "news",
        "library",
        "enquiries",
        "terms",
        "finding",
        "newsletter",
        "staff",
        "reception",
        "suggestions",
        "polls",
        "workbook",
        "site",
        "links",
        "exchange",
        "figures",
    ),
)
BESIDE_SUBJECTS = ("models", "schema", "migrations", "seed")
FEATURES = (
    "catalogue",
    "news",
    "english",
    "authority",
    "library",
    "statistics",
    "apply",
    "accounts",
    "desk",
    "editorial",
    "media",
    "api",
    "ops",
)
INFRASTRUCTURE = ("http", "security", "forms", "procedures")
ROOTS = ("portal.services", "portal.worker", "portal.cli", "portal.__main__")


def starts(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


@each_of(modules())
def test_packages_depend_in_one_line(path: Path) -> None:
    forbidden = FORBIDDEN[dotted(path).split(".")[0]]
    wrong = [name for name in imports(path) if starts(name, forbidden)]
    assert not wrong, f"{dotted(path)} must not import {wrong}"


def subject_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "content" and len(parts) > 1 and parts[1] in SUBJECTS else None


@each_of(modules())
def test_a_subject_of_content_uses_only_earlier_ones(path: Path) -> None:
    here = subject_of(dotted(path))
    if here is None:
        return
    later = SUBJECTS[SUBJECTS.index(here) + 1 :]
    wrong = [name for name in imports(path) if subject_of(name) in later]
    assert not wrong, f"content/{here} must not import {wrong}"


def feature_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "portal" and len(parts) > 1 and parts[1] in FEATURES else None


@each_of(modules())
def test_features_of_the_portal_do_not_know_each_other(path: Path) -> None:
    here, name = feature_of(dotted(path)), dotted(path)
    below = name.split(".")[0:2] in [["portal", one] for one in INFRASTRUCTURE]
    if here is None and not below:
        return
    wrong = [one for one in imports(path) if feature_of(one) not in (None, here)]
    assert not wrong, f"{name} must not import {wrong}"


@each_of(modules())
def test_nobody_imports_the_composition_roots(path: Path) -> None:
    if dotted(path) in ("portal",) or starts(dotted(path), ROOTS):
        return
    wrong = [name for name in imports(path) if starts(name, ROOTS)]
    assert not wrong, f"{dotted(path)} must not import {wrong}"


def test_whoosh_is_known_to_its_own_modules_only() -> None:
    users = [
        dotted(path) for path in modules() if any(starts(n, ("whoosh",)) for n in imports(path))
    ]
    assert users == ["search.whoosh_index", "search.whoosh_schema"]


#: Each several megabytes, for work that is seldom done or another database.
RARELY_USED = ("alembic", "psycopg", "typst", "xlsxwriter")


def test_the_worker_starts_without_what_it_may_never_need() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, portal.cli.working; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert "portal.cli.working" in loaded
    assert not set(RARELY_USED) & set(loaded)


def test_pages_are_served_without_what_makes_other_files() -> None:
    serving = "import sys, portal.cli.server, tests.support.site as site; site.configured()"
    loaded = subprocess.run(
        [sys.executable, "-c", f"{serving}; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout.split()
    assert "portal.apply.printing" in loaded
    assert not {"docx", "pypdf", "pyhanko", "typst", "xlsxwriter"} & set(loaded)


TESTS = sorted((ROOT / "tests").rglob("*.py"))


@each_of(TESTS)
def test_no_test_is_imported(path: Path) -> None:
    taken = [name for name in imports(path) if _is_test_module(name)]
    assert not taken, f"{taken}: what tests share lies in a module beside them"


def _is_test_module(name: str) -> bool:
    parts = name.split(".")
    return any(
        part.startswith("test_") and ROOT.joinpath(*parts[:n], f"{part}.py").is_file()
        for n, part in enumerate(parts)
    )
