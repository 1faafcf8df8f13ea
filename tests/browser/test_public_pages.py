"""Every kind of public page, as a phone and a desk show it, by day and by night."""

from collections.abc import Callable

import pytest

from tests.browser.chromium import NARROW, TOO_WIDE, WIDE, Visitor, Way

#: Address and what it answers; one of each kind.
PAGES = {
    "home": ("/", 200),
    "listing": ("/thu-tuc", 200),
    "listing-narrowed": ("/thu-tuc?linh-vuc=ho-tich&trang=1", 200),
    "listing-empty": ("/thu-tuc?q=khongcogica", 200),
    "procedure": ("/thu-tuc/1.001193", 200),
    "listing-history": ("/thu-tuc?hieu-luc=lich-su", 200),
    "sectors": ("/linh-vuc", 200),
    "life-events": ("/su-kien", 200),
    "life-event": ("/su-kien/sinh-con", 200),
    "agencies": ("/noi-tiep-nhan", 200),
    "agency": ("/co-quan/xa-dong-may", 200),
    "units": ("/co-cau-to-chuc", 200),
    "duty": ("/lich-truc", 200),
    "receptions": ("/lich-tiep-cong-dan", 200),
    "where-to-complain": ("/khieu-nai-to-cao", 200),
    "suggestion-box": ("/gop-y", 200),
    "legal-documents": ("/van-ban", 200),
    "legal-document": ("/van-ban/123-2015-nd-cp", 200),
    "questions": ("/hoi-dap", 200),
    "question": ("/hoi-dap/nop-truc-tuyen-o-dau", 200),
    "ask": ("/hoi-dap/gui-cau-hoi", 200),
    "glossary": ("/thuat-ngu", 200),
    "search": ("/tim-kiem?q=dang ky khai sinh", 200),
    "search-nothing": ("/tim-kiem?q=zzzz", 200),
    "news": ("/tin-tuc", 200),
    "page": ("/trang/tuyen-bo-tiep-can", 200),
    "print": ("/dien-va-in/1.004222", 200),
    "report": ("/thu-tuc/1.001193/bao-sai", 200),
    "look-up": ("/tra-cuu", 200),
    "sign-in": ("/dang-nhap", 200),
    "sign-up": ("/dang-ky", 200),
    "not-found": ("/khong-co-trang-nay", 404),
}
#: Found through a link: name, where the link is, which one.
LINKED = (
    ("article", "/tin-tuc", "h2 a, h3 a"),
    ("procedure-history", "/thu-tuc?hieu-luc=lich-su", "h2 a, h3 a"),
)
WAYS = [Way(NARROW), Way(WIDE, scheme="dark")]
#: The narrowest width that WCAG 2.2 SC 1.4.10 asks for.
NARROWEST = 320


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_no_public_page_has_a_fault_that_can_be_measured(
    visitor: Callable[[Way], Visitor], way: Way, record_property: Callable[[str, object], None]
) -> None:
    me = visitor(way)
    for name, (path, status) in PAGES.items():
        me.go(path, status=status, name=f"public-{name}")
    for name, listing, link in LINKED:
        me.page.goto(listing)
        address = me.page.locator("main").locator(link).first.get_attribute("href")
        assert address is not None
        me.go(address, name=f"public-{name}")
    record_property("told", f"public pages {way}: {len(me.looked_at)} looked at")


def test_nothing_hangs_over_the_edge_of_the_smallest_phone(
    visitor: Callable[[Way], Visitor],
) -> None:
    me = visitor(Way(NARROWEST))
    for path, _ in PAGES.values():
        me.page.goto(path)
        assert me.page.evaluate(TOO_WIDE) == [], path


def test_what_is_hard_to_read_or_has_no_name_is_noticed_also_on_a_page_seen_before(
    visitor: Callable[[Way], Visitor],
) -> None:
    me = visitor(Way(WIDE))
    me.go("/tra-cuu")
    me.page.evaluate(
        "() => { document.querySelector('h1').style.color = '#bbb';"
        " document.querySelector('main label').remove() }"
    )
    me.look()
    found = {line.split("axe: ")[1].split(":")[0] for line in me.complaints}
    me.complaints.clear()
    assert found == {"color-contrast", "label"}
