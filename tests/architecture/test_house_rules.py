"""Rules of this house that no linter knows; each message says why."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import ROOT, below_root, dotted, each_of, modules, tree

MAX_LINES = 400


WRITTEN_BY_HAND = [path for path in modules() if "versions" not in path.parts]


@each_of(WRITTEN_BY_HAND)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MAX_LINES, f"{lines} lines: split it by subject"
    assert ast.get_docstring(tree(path)), "a module says what it is for, and what it must not do"


def calls(path: Path, *names: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


@each_of(modules())
def test_a_flush_says_why(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    bare = [
        n
        for n in calls(path, "flush")
        if "out." not in lines[n - 1] and "#" not in lines[n - 2] + lines[n - 1]
    ]
    assert not bare, f"lines {bare}: flush() hides an order that the code should show; say why"


COMMITS = {"portal.worker", "search.indexer"}


@each_of(modules())
def test_nobody_commits_but_the_request_and_the_command(path: Path) -> None:
    if dotted(path) in COMMITS or dotted(path).startswith("search.whoosh"):
        return
    assert not calls(path, "commit"), "the request's transaction, or the command's, commits"


@each_of(modules())
def test_rules_are_given_the_time(path: Path) -> None:
    if dotted(path) in {"portal.services", "portal.http.log"}:
        return
    asks = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr)
        in {("datetime", "now"), ("date", "today"), ("datetime", "today"), ("datetime", "utcnow")}
    ]
    assert not asks, f"lines {asks}: services take `now` from a clock"


@each_of(modules())
def test_only_settings_read_the_environment(path: Path) -> None:
    if dotted(path) == "portal.settings":
        return
    text = path.read_text("utf-8")
    assert not re.search(r"\bos\.(environ|getenv)\b", text), "portal/settings.py reads it once"


@each_of(sorted((ROOT / "templates").rglob("*.jinja2")), below_root)
def test_templates_have_nothing_inline(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
    for found in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in found or "application/ld+json" in found, found
    assert "<style" not in text
    assert not re.search(r"<[^>{]*\s(style|on[a-z]+)=", text), "the policy forbids inline code"


@each_of(sorted((ROOT / "portal/static/css").glob("*.css")))
def test_a_style_sheet_closes_what_it_opens(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        # Rules stand at the left: one that begins while another is open belongs to it unseen.
        opens_rule = line.rstrip().endswith("{") and not line.startswith((" ", "@"))
        assert not (opens_rule and depth), f"line {number}: a rule inside an open one"
        depth += line.count("{") - line.count("}")
    assert depth == 0, "a rule stays open, and all that follow belong to it"
