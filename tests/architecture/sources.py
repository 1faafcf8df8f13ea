"""The sources as the architecture tests see them: files, and what each imports."""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("content", "search", "portal", "templates")


def modules() -> list[Path]:
    """Every module of the packages."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def dotted(path: Path) -> str:
    """``content/people/models.py`` as ``content.people.models``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def below_root(path: Path) -> str:
    """``templates/page.jinja2``."""
    return str(path.relative_to(ROOT))


Rule = Callable[[Path], None]


def each_of(paths: Sequence[Path], name: Callable[[Path], str] = dotted) -> Callable[..., Any]:
    """Make one test of a rule for many files; its failure names every file that breaks it.

    A test for each file would be six thousand tests, which cost more than they do.
    """

    def decorate(rule: Rule) -> Callable[[], None]:
        def test() -> None:
            assert paths, "no file to look at"
            broken = [f"{name(path)}: {fault}" for path in paths if (fault := _fault(rule, path))]
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return decorate


def _fault(rule: Rule, path: Path) -> str:
    try:
        rule(path)
    except Exception as error:
        return str(error) or type(error).__name__
    return ""


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names a module imports, with what it takes from each."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
