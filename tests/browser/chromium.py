"""A person at Chromium, who looks at every page they come to.

Looking means: nothing hangs over the edge, axe finds nothing against WCAG 2.2 AA, the
console is silent, the policy was not broken, no other host was asked.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

from content.seed.people import SAMPLE_PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    # Scripts that live for a second are not worth optimising, nor one site apart from another.
    "--js-flags=--no-opt",
    "--in-process-gpu",
    "--disable-site-isolation-trials",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
#: Pictures of all that is visited, when somebody wants to look: ``PICTURES=1 pytest …``.
PICTURES = bool(os.environ.get("PICTURES"))
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: All rules on every page, no exceptions. Contrast costs more than all others together, and
#: what it says depends on the colours of a text, its size and the grounds below it: each such
#: dress is judged once, whichever page wears it. Only what axe itself let pass is known.
RUN = """async ([tags, known]) => {
  const grounds = new Map();
  const ground = (one) => {
    if (!one) return '';
    if (!grounds.has(one)) {
      const {backgroundColor, backgroundImage, opacity, position} = getComputedStyle(one);
      const own = [
        backgroundColor === 'rgba(0, 0, 0, 0)' ? '' : backgroundColor,
        backgroundImage === 'none' ? '' : backgroundImage,
        opacity === '1' ? '' : opacity,
        /static|relative/.test(position) ? '' : position,
      ].join('');
      grounds.set(one, ground(one.parentElement) + (own && '>' + own));
    }
    return grounds.get(one);
  };
  const dress = (one) => {
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
    return [color, fontSize, fontWeight, textShadow, ground(one)].join(' ');
  };
  const says = (one) => one.matches('input, select, textarea')
    || Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
  const shows = (one) => {
    const {width, height} = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility({visibilityProperty: true});
  };
  const seen = new Set(known);
  const fresh = Array.from(document.body.querySelectorAll('*'))
    .filter((one) => says(one) && shows(one) && !seen.has(dress(one)));

  const all = await axe.run(document, {
    runOnly: tags,
    rules: {'color-contrast': {enabled: false}},
    resultTypes: ['violations'],
  });
  const colours = fresh.length === 0 ? {violations: [], passes: []} : await axe.run(
    {include: fresh},
    {runOnly: {type: 'rule', values: ['color-contrast']}, elementRef: true,
     resultTypes: ['violations', 'passes']},
  );
  return {
    found: [...all.violations, ...colours.violations].map(({id, help, nodes}) =>
      `${id}: ${help}: ${nodes.slice(0, 4).map((one) => one.target.join(' '))}`),
    passed: colours.passes.flatMap(({nodes}) => nodes.map((one) => dress(one.element))),
  };
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return Array.from(document.querySelectorAll('body *'))
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .map(one => one.tagName + '.' + one.className).slice(0, 5);
}"""
NARROW, WIDE = 360, 1280
Scheme = Literal["light", "dark"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; Playwright allows one at a time in a thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@cache
def axe_source() -> str:
    """axe-core, as its package brings it."""
    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text("utf-8")


@dataclass(frozen=True)
class Way:
    """How somebody looks at the site."""

    width: int = WIDE
    scripts: bool = True
    scheme: Scheme = "light"
    height: int = 800
    #: A second width at which every page is looked at as well, on the one walk.
    also: int | None = None

    def __str__(self) -> str:
        """For names of tests and pictures."""
        return f"{self.width}-{self.scheme}-{'scripts' if self.scripts else 'plain'}"


#: How texts were dressed that axe found easy to read.
_KNOWN: set[str] = set()


class Visitor:
    """A person; ``page`` is what is in front of them."""

    def __init__(self, browser: Browser, base: str, way: Way) -> None:
        self.base = base
        self.way = way
        self.complaints: list[str] = []
        self.looked_at: list[str] = []
        self._context = self._open(browser, scripts=way.scripts)
        self.page = self._watched(self._context.new_page())
        # axe needs scripts: pages of those who have none are looked at beside.
        self._beside = None if way.scripts else self._open(browser, scripts=True).new_page()

    def _open(self, browser: Browser, *, scripts: bool) -> BrowserContext:
        context = browser.new_context(
            base_url=self.base,
            viewport={"width": self.way.width, "height": self.way.height},
            java_script_enabled=scripts,
            color_scheme=self.way.scheme,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)  # a busy machine is no fault of the page
        return context

    def close(self) -> None:
        """Leave, and say what was wrong on the way."""
        self._context.close()
        if self._beside is not None:
            self._beside.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def second_tab(self, path: str) -> Page:
        """The same person's other tab."""
        page = self._watched(self._context.new_page())
        page.goto(path)
        return page

    def sign_in(self, email: str) -> None:
        """Sign in as somebody of the sample, without the page for it: that one is walked through
        in the journey and in ``test_ended``."""
        asked = self._context.request
        token = re.search(r'name="csrf_token" value="([^"]+)"', asked.get("/dang-nhap").text())
        assert token is not None
        fields = {"csrf_token": token[1], "email": email, "password": SAMPLE_PASSWORD}
        answer = asked.post("/dang-nhap", form=fields, max_redirects=0)
        assert answer.status == 303, answer.text()

    def go(self, path: str, *, status: int = 200, name: str = "") -> None:
        """Open an address of the site."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        self.look(name)

    def write(self, **values: str) -> None:
        """Fill in fields of the page by their names; of several buttons, the one so called."""
        for name, value in values.items():
            field = self.page.locator(f'main [name="{name}"]')
            if field.first.get_attribute("type") == "radio":
                field.and_(self.page.locator(f'[value="{value}"]')).check()
            else:
                field.fill(value)

    def on(self, words: str, *, role: Any = "button") -> None:
        """Go on to a page that is looked at elsewhere."""
        self.leave(self.page.locator("main").get_by_role(role, name=re.compile(words)).first)

    def press(self, words: str, *, role: Any = "button", name: str = "") -> None:
        """Press a button or follow a link by its words, and look at what comes."""
        target = self.page.locator("main").get_by_role(role, name=re.compile(words))
        self.follow(target.first, name=name)

    def follow(self, target: Locator, *, name: str = "") -> None:
        """Click what leads to another page, and look at it."""
        self.leave(target)
        self.look(name)

    def leave(self, target: Locator) -> None:
        """Click what leads to another page, and wait until that one is there whole."""
        with self.page.expect_navigation(wait_until="load"):
            target.click()

    def look(self, name: str = "") -> None:
        """All that can be said of a page by a machine."""
        where = f"{self.way} {urlsplit(self.page.url).path}"
        self.looked_at.append(where)
        self._measure(self.way.width, where, name)
        if self.way.also:
            self._turn_to(self.way.also)
            self._measure(self.way.also, f"{self.way.also} {where}", name)
            self._turn_to(self.way.width)

    def _turn_to(self, width: int) -> None:
        for page in filter(None, (self.page, self._beside)):
            page.set_viewport_size({"width": width, "height": self.way.height})

    def _measure(self, width: int, where: str, name: str) -> None:
        if wide := self.page.evaluate(TOO_WIDE):
            self.complaints.append(f"{where}: over the edge: {wide}")
        self.complaints += [f"{where}: {line}" for line in self._axe()]
        # Scripts change nothing that a picture would show.
        if name and self.way.scripts and PICTURES:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            file = SCREENSHOTS / f"{name}-{replace(self.way, width=width)}.png"
            self.page.screenshot(path=file, full_page=True)

    def _axe(self) -> list[str]:
        page = self.page if self._beside is None else self._copy(self._beside)
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(axe_source())
        told = page.evaluate(RUN, [list(RULES), list(_KNOWN)])
        _KNOWN.update(told["passed"])
        return [f"axe: {line}" for line in told["found"]]

    def _copy(self, beside: Page) -> Page:
        """The page as it stands, opened in a browser with scripts, without its own."""
        html = self.page.content()
        url = self.page.url.split("#")[0]

        def answer(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif route.request.resource_type == "script":
                route.abort()
            else:
                route.continue_()

        beside.unroute_all()
        beside.route("**/*", answer)
        beside.goto(url)
        return beside

    def _watched(self, page: Page) -> Page:
        page.on("console", lambda told: self._note("console", told.text, told.type))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        return page

    def _note(self, what: str, words: str, kind: str) -> None:
        # Chromium reports the status of a refused form as an error of the page.
        if kind in ("error", "warning") and "status of 4" not in words:
            self.complaints.append(f"{what}: {words}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:", "about:")):
            self.complaints.append(f"another host: {request.url}")


def signed_in(browser: Browser, base: str, way: Way, email: str) -> Visitor:
    """Somebody of the sample who has signed in at the site at ``base``."""
    me = Visitor(browser, base, way)
    me.sign_in(email)
    return me
