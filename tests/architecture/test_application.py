"""The application as a whole: routes, permissions, templates."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyramid.security import NO_PERMISSION_REQUIRED

from portal.security.permissions import Permission
from portal.security.rules import RULES
from tests.architecture.sources import ROOT, below_root, each_of
from tests.support.site import configured

TEMPLATES = sorted((ROOT / "templates").rglob("*.jinja2"))


@pytest.fixture(scope="module")
def introspector() -> Any:
    return configured().introspector


def views(introspector: Any) -> Iterator[tuple[Any, Any]]:
    for item in introspector.get_category("views") or ():
        view = item["introspectable"]
        if view["context"] is None or not view["exception_only"]:
            yield view, item["related"]


def ours(view: Any) -> bool:
    return getattr(view["callable"], "__module__", "").startswith("portal.")


def test_every_view_states_its_permission(introspector: Any) -> None:
    silent = []
    for view, related in views(introspector):
        if not ours(view) or view["exception_only"] or view["route_name"] is None:
            continue
        stated = [one for one in related if one.category_name == "permissions"]
        if not stated:
            silent.append(view["callable"].__qualname__)
    assert not silent, f"views without a permission: {silent}"


def test_every_permission_stated_has_a_rule(introspector: Any) -> None:
    stated = {item["introspectable"]["value"] for item in introspector.get_category("permissions")}
    unknown = stated - set(RULES) - {NO_PERMISSION_REQUIRED}
    assert not unknown
    assert set(RULES) == set(Permission)
    unused = set(RULES) - stated - {Permission.NOBODY}
    assert not unused, f"rules that no view asks for: {unused}"


def test_every_route_has_a_view_and_a_plain_address(introspector: Any) -> None:
    viewed = {view["route_name"] for view, _ in views(introspector)}
    for item in introspector.get_category("routes"):
        route = item["introspectable"]
        if route["name"].startswith("__"):
            continue
        assert route["name"] in viewed, f"nothing answers at {route['pattern']}"
        plain = re.sub(r"{(?:[^{}]|{[^}]*})*}", "x", route["pattern"])
        assert re.fullmatch(r"[a-z0-9/.\-_]*", plain), f"{route['pattern']}: not kebab-case"


def test_no_route_was_lost(introspector: Any) -> None:
    """Addresses are stable for ever: one that goes needs a redirect and a line here."""
    kept = (ROOT / "tests/architecture/routes.txt").read_text("utf-8").split("\n")
    found = [
        f"{item['introspectable']['name']} {item['introspectable']['pattern']}"
        for item in introspector.get_category("routes")
        if not item["introspectable"]["name"].startswith("__")
    ]
    assert sorted(found) == sorted(line for line in kept if line)


@each_of(TEMPLATES, below_root)
def test_every_template_compiles(path: Path) -> None:
    environment = configured().get_jinja2_environment()
    environment.get_template(str(path.relative_to(ROOT / "templates")))
