"""Every dependency is explained in docs/dependencies.md, and nothing else is imported."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, dotted, each_of, imports, modules

PAGE = (ROOT / "docs/dependencies.md").read_text("utf-8")
REQUIREMENTS = ROOT / "requirements"
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \|$", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def normal(name: str) -> str:
    """A distribution's name as registries compare it (PEP 503), without extras."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def required(file: str) -> set[str]:
    """The distributions a requirements file asks for by name."""
    lines = (REQUIREMENTS / file).read_text("utf-8").splitlines()
    starts = (NAME.match(line) for line in lines)
    return {normal(start.group()) for start in starts if start}


def section(title: str) -> dict[str, list[str]]:
    """The table under a heading: name → the other cells."""
    text = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return {name: cells.split(" | ") for name, cells in ROW.findall(text)}


SECTIONS = {
    "What a running portal needs": required("runtime.in"),
    "The type of the letters": required("fonts.lock"),
    "What its tests and checks need": required("development.in"),
}
RUNTIME = SECTIONS["What a running portal needs"]
ALONG = "Imported directly, and brought along"


@pytest.mark.parametrize("title", SECTIONS)
def test_every_requirement_has_its_line_and_no_line_is_left_over(title: str) -> None:
    assert {normal(name) for name in section(title)} == SECTIONS[title]


def test_every_browser_library_has_its_line() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert set(section("The browser")) == set(package["dependencies"])


@pytest.mark.parametrize("title", [*SECTIONS, "The browser"])
def test_every_line_says_what_for_which_licence_and_why(title: str) -> None:
    for name, cells in section(title).items():
        assert len(cells) == 3, f"{name}: what for, licence, why"
        assert all(cell.strip() for cell in cells), f"{name}: an empty cell"


def test_the_package_asks_for_nothing_that_is_not_pinned() -> None:
    tree = ast.parse((ROOT / "setup.py").read_text("utf-8"))
    lists = [
        word.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "install_requires"
    ]
    asked = {normal(name) for one in lists for name in ast.literal_eval(one)}
    assert asked
    assert asked <= RUNTIME


def lock_names(file: str) -> set[str]:
    return {normal(name) for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", file, re.MULTILINE)}


@pytest.mark.parametrize("which", ["runtime", "development"])
def test_the_lock_holds_what_is_asked_for(which: str) -> None:
    held = lock_names((REQUIREMENTS / f"{which}.lock").read_text("utf-8"))
    assert required(f"{which}.in") <= held


def test_what_is_brought_along_names_who_brings_it() -> None:
    known = RUNTIME | SECTIONS["What its tests and checks need"]
    for name, (bringer, _) in section(ALONG).items():
        assert normal(bringer.strip("`")) in known, f"{name}: {bringer} is not asked for"


INSTALLED = packages_distributions()


def allowed(distributions: set[str]) -> set[str]:
    """The top-level names that these distributions install, and what they bring along."""
    names = {
        name
        for name, origins in INSTALLED.items()
        if {normal(origin) for origin in origins} & distributions
    }
    along = section(ALONG)
    return names | {one for one in along if normal(along[one][0].strip("`")) in distributions}


def foreign(path: Path) -> set[str]:
    """Top-level packages of others that a module imports."""
    ours = {*PACKAGES, "tests", *sys.stdlib_module_names}
    return {name.split(".")[0] for name in imports(path)} - ours


RUNTIME_IMPORTS = allowed(RUNTIME)


@each_of(modules())
def test_a_module_imports_only_what_is_listed(path: Path) -> None:
    unknown = foreign(path) - RUNTIME_IMPORTS
    assert not unknown, f"{dotted(path)}: add {unknown} to requirements/ and docs/dependencies.md"


def test_tests_import_only_what_is_listed() -> None:
    listed = allowed(RUNTIME | SECTIONS["What its tests and checks need"])
    for path in sorted((ROOT / "tests").rglob("*.py")):
        unknown = foreign(path) - listed
        assert not unknown, f"{path.relative_to(ROOT)}: {unknown}"
