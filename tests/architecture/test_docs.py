"""The documentation is true where a machine can tell: links, folders, names, commands."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyramid.config import Configurator

from portal.cli import parser
from tests.architecture.sources import PACKAGES, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
#: What set-up or tools make; git does not keep it.
MADE = {"__pycache__", "build", "vendor"}
TREES = (*PACKAGES, "tests", "docs", "requirements")
HOSTS = {"127.0.0.1", "dichvucong.gov.vn", "www.w3.org"}


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def named(page: Path) -> set[str]:
    """What stands between backticks, outside of blocks."""
    return set(CODE.findall(FENCED.sub("", text_of(page))))


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors that headings give, as repositories show them."""
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(page)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()) for title in titles)
    return {title.strip().replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCED.sub("", text_of(page))):
        if re.match(r"[a-z]+:|/", link):  # elsewhere, or an address of the site itself
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), f"{link}: outside of the project"
        assert target.exists(), f"{link}: no such file"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: no such heading"


def folders(tree: str) -> Iterator[str]:
    """The folders below a package that hold something of ours, translations apart."""
    for path in sorted((ROOT / tree).rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_dir() and not MADE & set(parts) and "locale" not in parts[:-1]:
            yield "/".join(parts) + "/"


@pytest.mark.parametrize("tree", ["content", "search", "portal"])
def test_every_folder_stands_on_the_map(tree: str) -> None:
    missing = set(folders(tree)) - named(ROOT / "docs/architecture.md")
    assert not missing, "docs/architecture.md: one line on each folder"


def test_every_folder_is_found_from_the_readme_in_one_step() -> None:
    readme = text_of(ROOT / "README.md")
    wanted = [one for tree in ("content", "portal") for one in folders(tree)]
    missing = [one for one in wanted if one.count("/") == 2 and f"]({one})" not in readme]
    assert not missing


def is_path(word: str) -> bool:
    return word.partition("/")[0] in TREES and "/" in word and not re.search(r"[*{<… ]", word)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_is_named_exists(page: Path) -> None:
    wrong = [word for word in named(page) if is_path(word) and not (ROOT / word).exists()]
    assert not wrong


def is_defined(dotted: str) -> bool:
    """Whether a dotted name of ours is a module, or something a module defines."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        source = place.with_suffix(".py") if length > 1 else place
        if place.is_dir() or source.is_file():
            break
    rest = parts[length:]
    if place.is_dir():
        return not rest
    defined = source.read_text("utf-8")
    return all(re.search(rf"^ *(def|class) {one}\b|^{one}\b", defined, re.M) for one in rest)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_module_that_is_named_exists(page: Path) -> None:
    dotted = re.compile(rf"({'|'.join(PACKAGES)})(\.[A-Za-z_]\w*)+(\(\))?")
    words = {word.removesuffix("()") for word in named(page) if dotted.fullmatch(word)}
    # Names of settings, events and files look alike.
    others = set(re.findall(r"`(portal\.\w+)`", text_of(ROOT / "docs/settings.md")))
    others |= {"content.changed", "portal.sqlite3"}
    wrong = [word for word in words - others if not is_defined(word)]
    assert not wrong


def commands(
    at: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command below a parser with its own; ``user add`` is one."""
    groups = [one for one in at._actions if isinstance(one, argparse._SubParsersAction)]
    if not groups:
        yield name, at
    for group in groups:
        for word, inner in group.choices.items():
            yield from commands(inner, f"{name} {word}".strip())


COMMANDS = dict(commands(parser()))
CONTRACT = ROOT / "docs/contract.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    lines = [one for one in named(CONTRACT) if re.match(rf"{name}( |$)", one)]
    assert lines, f"docs/contract.md says nothing of {name}"
    options = {
        option
        for action in COMMANDS[name]._actions
        if action.help != argparse.SUPPRESS
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    missing = {option for option in options if not any(option in line for line in lines)}
    assert not missing, f"{name}: {missing}"


def test_every_command_that_is_documented_exists() -> None:
    table = text_of(CONTRACT).split("| command | does |")[1].split("\n\n")[0]
    told = {re.split(r" [A-Z\[-]", one)[0] for one in re.findall(r"^\| `([^`]+)`", table, re.M)}
    assert told == set(COMMANDS)


def test_every_target_of_make_is_documented() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    told = {word.split()[1] for word in named(CONTRACT) if word.startswith("make ")}
    assert targets == told


def test_every_address_is_documented() -> None:
    with Configurator() as config:
        config.include("portal.routes")
        config.commit()
        found = config.introspector.get_category("routes") or ()
        patterns = [one["introspectable"]["pattern"] for one in found]
    told = {word.split("?")[0].removeprefix("GET ") for word in named(CONTRACT)}
    tops = {"/" + pattern.strip("/").split("/")[0] for pattern in patterns}
    starts = {"/" + word.strip("/").split("/")[0] for word in told if word.startswith("/")}
    assert tops <= starts
    for pattern in patterns:
        if pattern.startswith("/api/"):
            assert any(word.startswith(pattern) for word in told), pattern


DECISIONS = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))


def test_the_index_of_decisions_is_complete() -> None:
    index = text_of(ROOT / "docs/adr/README.md")
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$", index, re.MULTILINE)
    assert [file for _, file, _ in rows] == [page.name for page in DECISIONS]
    for number, file, title in rows:
        first = text_of(ROOT / "docs/adr" / file).splitlines()[0]
        assert first == f"# {number} – {title}"
    assert [int(number) for number, _, _ in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_fits_a_page_and_says_what_was_refused(page: Path) -> None:
    text = text_of(page)
    for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Refused"):
        assert text.count(part) == 1, part
    assert len(text.split()) < 450, "one page"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_documentation_speaks_of_the_project_alone(page: Path) -> None:
    text = text_of(page)
    places = re.findall(r"(?<![\w./-])/(?:home|root|tmp|mnt|media|work|workspace|Users)/", text)
    assert not places, f"somebody's own machine: {places}"
    hosts = {host.split(":")[0] for host in re.findall(r"https?://([\w.:-]+)", text)}
    foreign = {one for one in hosts - HOSTS if not one.endswith(("example.vn", ".gov.vn"))}
    assert not foreign, f"addresses that nobody promised to keep: {foreign}"
    assert not re.search(r"\b(TODO|FIXME|XXX|lorem)\b", text)


def test_every_page_that_is_named_exists() -> None:
    """In sources too: a rule cites the law or a page of this project."""
    known = {page.name for page in PAGES}
    suffixes = {".py", ".md", ".jinja2", ".css", ".js", ".typ", ".toml", ".ini"}
    for tree in TREES:
        for path in (ROOT / tree).rglob("*"):
            if path.suffix not in suffixes or MADE & set(path.parts):
                continue
            unknown = set(re.findall(r"(?<![\w-])([\w-]+\.md)\b", text_of(path))) - known
            assert not unknown, f"{path.relative_to(ROOT)}: {unknown}"
