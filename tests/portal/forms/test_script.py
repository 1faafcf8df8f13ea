"""forms.js in a real browser, under the portal's own policy: it only helps.

The browser decides what is asked exactly as the server does, fetches communes, moves
the focus to the errors, and breaks nothing when it is absent (other tests).
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from webob.multidict import MultiDict

from content.procedures.forms import FormDefinition, sample_definitions, visible
from portal.forms.dynamic import DynamicForm, FormPage
from portal.forms.renderer import FormRenderer
from portal.forms.uploads import MemoryUploadStore, Uploads
from tests.portal.forms.conftest import NOW
from tests.support.form_strategies import BOOK, answers_to, definitions
from tests.support.pages import page_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SCRIPT = Path(__file__).resolve().parents[3] / "portal" / "static" / "js" / "forms.js"
HOST = "http://cong.test"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"
RENDERER = FormRenderer()
SHOWN = """() => Array.from(document.querySelectorAll('[data-field]'))
  .filter(one => !one.closest('[hidden]') && one.dataset.kind !== 'section')
  .map(one => one.dataset.field)"""


class Site:
    """One address whose page a test sets; everything else is 404."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.html = ""
        self.faults: list[str] = []
        page.on(
            "console", lambda one: self.faults.append(one.text) if one.type == "error" else None
        )
        page.on("pageerror", lambda one: self.faults.append(str(one)))
        page.route("**/*", self._answer)

    def show(self, form: DynamicForm) -> Any:
        """Open the form's page, with the script."""
        tag = '<script src="/static/forms.js" defer></script></head>'
        self.html = page_of(form).replace("</head>", tag)
        self.page.goto(f"{HOST}/bieu-mau")
        return self.page

    def _answer(self, route: Any) -> None:
        path = route.request.url.removeprefix(HOST)
        headers = {"Content-Security-Policy": POLICY}
        if path.startswith("/bieu-mau"):
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        elif path == "/static/forms.js":
            route.fulfill(body=SCRIPT.read_text("utf-8"), content_type="text/javascript")
        elif path.startswith("/dia-danh/"):
            items = [{"code": c, "name": n} for c, n in BOOK.communes(path.rsplit("/", 1)[-1])]
            route.fulfill(body=json.dumps({"items": items}), content_type="application/json")
        else:
            route.fulfill(status=404, body="")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield Site(browser.new_page())
        browser.close()


@pytest.fixture(autouse=True)
def without_faults(site: Site) -> Iterator[None]:
    site.faults.clear()
    yield
    assert site.faults == []


def page_with(definition: FormDefinition, **more: Any) -> FormPage:
    uploads = Uploads(MemoryUploadStore(), "draft:1")
    return FormPage(definition, "/bieu-mau", "tok", RENDERER, BOOK, uploads, **more)


@st.composite
def cases(draw: st.DrawFn) -> tuple[FormDefinition, dict[str, Any]]:
    definition = draw(definitions())
    return definition, _without_files(draw(answers_to(definition)))


def _without_files(value: Any) -> Any:
    """Files cannot be put into a page; questions about them stay unanswered."""
    if isinstance(value, dict):
        return {key: _without_files(part) for key, part in value.items() if not _is_files(part)}
    return [_without_files(part) for part in value] if isinstance(value, list) else value


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], tuple)


def test_the_browser_asks_what_the_server_asks(site: Site):
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def compare(case: tuple[FormDefinition, dict[str, Any]]) -> None:
        definition, answers = case
        shown = site.show(DynamicForm(page_with(definition), answers)).evaluate(SHOWN)
        asked = {".".join(map(str, path)) for path in visible(definition, answers)}
        assert set(shown) == asked

    compare()


def test_a_question_appears_when_its_answer_is_given(site: Site):
    form = next(one for one in sample_definitions() if one.id == "khai-sinh")
    page = site.show(DynamicForm(page_with(form, sections=("ban_sao",))))
    copies = page.locator("[data-field=ban_sao_so_luong_ban_sao]")
    assert not copies.is_visible()
    page.get_by_label("Có", exact=True).check()
    assert copies.is_visible()
    assert "Chỉ trả lời khi" not in page.locator("main").inner_text()
    page.get_by_label("Không", exact=True).check()
    assert not copies.is_visible()


def test_communes_follow_their_province(site: Site):
    form = next(one for one in sample_definitions() if one.id == "khai-tu")
    here = page_with(
        form, sections=("nguoi_yeu_cau",), data={"communes-url": "/dia-danh/{province}"}
    )
    page = site.show(DynamicForm(here))
    assert not page.get_by_role("button", name="Chọn tỉnh").is_visible()
    page.get_by_label("Tỉnh, thành phố").select_option("01")
    commune = page.get_by_label("Xã, phường, đặc khu")
    commune.locator("option", has_text="Phường Ngọc Hà").wait_for(state="attached")
    commune.select_option("00008")
    page.get_by_label("Tỉnh, thành phố").select_option("00")
    assert commune.locator("option").count() == 1


def test_the_errors_get_the_focus_and_lead_to_the_fields(site: Site):
    form = next(one for one in sample_definitions() if one.id == "ct01-cu-tru")
    here = page_with(form, sections=("nguoi_ke_khai",))
    page = site.show(DynamicForm(here).accept(MultiDict(), NOW).form)
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="Số định danh cá nhân").click()
    assert page.evaluate("document.activeElement.name") == "nguoi_ke_khai_so_dinh_danh_ca_nhan"


def test_the_size_of_a_file_is_told_before_it_is_sent(site: Site):
    form = next(one for one in sample_definitions() if one.id == "bien-dong-dat-dai")
    page = site.show(DynamicForm(page_with(form, sections=("giay_to",))))
    big = {"name": "to.pdf", "mimeType": "application/pdf", "buffer": bytes(11 * 1024 * 1024)}
    page.locator("input[type=file]").first.set_input_files(big)
    assert "to.pdf (11 MB) – lớn quá 10 MB" in page.locator("main").inner_text()
