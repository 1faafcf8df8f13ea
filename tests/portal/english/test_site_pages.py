"""What the authority says of itself in English: as far as it is translated, and honest."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.enquiries.models import Enquiry
from content.library.models import LegalDocument
from content.people.models import Account
from content.reception.models import GuidePart
from content.reception.service import ReceptionService, guide_text
from content.site.models import Banner, BlockKind, HomeBlock, MenuItem, MenuPlace, Severity
from content.site.service import SiteService
from content.staff.models import Unit
from content.terms.models import Term
from content.writing import translatable, translations
from content.writing.translations import TranslationService
from tests.support.officer import Officer
from tests.support.site import Site

LIST, CHIEF = "/bien-tap/ban-dich", "truongbientap@example.vn"
NOT_ALL = "Not all of this page is in English"
OLDER = "older than the Vietnamese original"


def translate(site: Site, find: Callable[[Session], Any], texts: Mapping[str, str]) -> int:
    """Write and publish the English of a row; its id."""
    with site.database.writing_sessions.begin() as session:
        row = find(session)
        me = session.scalars(select(Account.id).where(Account.email == CHIEF)).one()
        source = translatable.source_of(row)
        service = TranslationService(session, site.clock())
        made = service.save(source, texts, revision=0, actor_id=me, is_level=True)
        service.publish(made, source, actor_id=me)
        return int(row.id)


def first(model: Any, *conditions: Any) -> Callable[[Session], Any]:
    return lambda session: session.scalars(
        select(model).where(*conditions).order_by(model.id)
    ).first()


def arrange(site: Site) -> None:
    """A banner, a menu of two lines and a text on the home page; a part of the guide."""
    with site.database.writing_sessions.begin() as session:
        frame = SiteService(session, site.clock())
        words = {"revision": 0, "actor_id": None}
        frame.save_banner(
            Banner(),
            {
                "severity": Severity.EMERGENCY,
                "title": "Bão số 9",
                "text": "Nghỉ từ 14 giờ ngày 5/12.",
                "address": "/van-ban",
                "address_words": "Xem văn bản",
            },
            **words,
        )
        for name, address in (("Văn bản", "/van-ban"), ("Tra cứu", "/tra-cuu")):
            line = {"place": MenuPlace.MAIN, "words": name, "address": address, "parent_id": None}
            frame.save_menu_item(MenuItem(), line, **words)
        text = {"kind": BlockKind.TEXT, "title": "Chào", "text": "Lời **chào**.", "is_on": True}
        frame.save_block(HomeBlock(), text, **words)
        guide = ReceptionService(session, site.clock())
        guide.save_guide(GuidePart.COMPLAINT, "Gửi trong 90 ngày.", revision=0, actor_id=None)


def test_frame_and_home_speak_english_where_they_can(site: Site) -> None:
    arrange(site)
    reader = site.client()
    page = reader.get("/en")
    assert "Bão số 9" in [one.get_text() for one in page.html.select(".site-banner [lang=vi]")]
    assert "has not been translated and is shown in Vietnamese" in page.text
    assert "This text has not been translated" in page.text
    assert "Procedures" in page.html.select_one("nav.site-nav").get_text()
    texts = {"title": "Storm no. 9", "text": "Closed from 14:00 on 5/12."}
    texts["address_words"] = "See the documents"
    translate(site, first(Banner, Banner.title == "Bão số 9"), texts)
    translate(site, first(MenuItem, MenuItem.words == "Văn bản"), {"words": "Documents"})
    number = translate(
        site, first(HomeBlock, HomeBlock.title == "Chào"), {"title": "Welcome", "body": "Hello."}
    )
    page = reader.get("/en")
    banner = next(one for one in page.html.select(".site-banner") if "Storm" in one.get_text())
    assert "Closed from 14:00" in banner.get_text()
    assert not banner.select("[lang=vi]")
    assert banner.select_one('a[href="/en/van-ban"]').get_text() == "See the documents"
    menu = page.html.select_one("nav.site-nav")
    assert menu.select_one('a[href="/en/van-ban"]').get_text() == "Documents"
    assert menu.select_one('a[href="/tra-cuu"] [lang=vi]').get_text() == "Tra cứu"
    assert "Welcome" in page.text
    assert "This text has not been translated" not in page.text
    assert "Storm" not in reader.get("/").text
    # What a warning says of hours is of today, or Vietnamese.
    with site.database.writing_sessions.begin() as session:
        found = session.scalars(select(Banner).where(Banner.title == "Bão số 9")).one()
        values = {"text": "Nghỉ từ 13 giờ ngày 5/12."}
        keeper = SiteService(session, site.clock())
        keeper.save_banner(found, values, revision=found.revision, actor_id=None)
    text = reader.get("/en").html.select_one(".site-banners").get_text()
    assert "Nghỉ từ 13 giờ" in text
    assert "14:00" not in text
    chief = Officer(site, CHIEF)
    assert "Storm no. 9" in chief.go(f"{LIST}?loc=cu").text
    assert chief.go(f"{LIST}/trang-dau/{number}").forms["f"]["title"].value == "Welcome"


def test_pages_of_the_site_are_there_and_say_what_is_vietnamese(site: Site) -> None:
    arrange(site)
    reader = site.client()
    public = LegalDocument.published_at.is_not(None)
    document = translate(
        site, first(LegalDocument, public), {"summary": "On civil status", "agency": "Assembly"}
    )
    shown = Enquiry.published_at.is_not(None)
    question = {"title": "How do I search?", "body": "Use the [search](/tim-kiem)."}
    enquiry = translate(site, first(Enquiry, shown), question)
    translate(site, first(Term), {"name": "administrative procedure", "meaning": "A way."})
    unit = translate(site, first(Unit), {"name": "One-stop desk", "function": "Receives."})
    translate(
        site, lambda session: guide_text(session, GuidePart.COMPLAINT), {"body": "Within 90 days."}
    )
    with site.database.sessions() as session:
        slug = session.get_one(LegalDocument, document).slug
        asked = session.get_one(Enquiry, enquiry).slug
    for path, told in {
        "/van-ban": "Assembly",
        f"/van-ban/{slug}": "On civil status",
        "/hoi-dap": "How do I search?",
        "/thuat-ngu": "administrative procedure",
        "/co-cau-to-chuc": "One-stop desk",
        "/khieu-nai-to-cao": "Within 90 days.",
        f"/hoi-dap/{asked}": "Use the",
    }.items():
        page = reader.get(f"/en{path}")
        assert page.html.html["lang"] == "en"
        assert told in page.html.select_one("main").get_text()
        whole = path.count("/") == 2
        assert (NOT_ALL in page.text) is not whole, path
        assert bool(page.html.select("main [lang=vi]")) or whole
        links = [one["href"] for one in page.html.select("nav.languages a")]
        assert links == [path, f"/en{path}"]
        assert [one["href"] for one in reader.get(path).html.select("nav.languages a")] == links
    assert "Monday to Friday" in reader.get("/en/co-cau-to-chuc").text
    assert "Legal documents" in reader.get("/en").text
    assert f"/en/van-ban/{slug}</loc>" in reader.get("/sitemap.xml").text
    with site.database.writing_sessions.begin() as session:
        session.get_one(Unit, unit).function += " Và trả kết quả."
    # What no counter sees may be old by a minute.
    site.clock.move(minutes=1)
    page = reader.get("/en/co-cau-to-chuc")
    assert OLDER in page.text
    assert "older than the Vietnamese text" in page.text
    with site.database.sessions() as session:
        found = translations.find(session, f"unit:{unit}")
        assert found is not None


def test_an_editor_finds_what_lacks_english_and_translates_it(site: Site) -> None:
    arrange(site)
    chief = Officer(site, CHIEF)
    for slug in ("trinh-don", "thong-bao", "trang-dau", "van-ban", "don-vi", "hoi-dap"):
        assert chief.go(f"{LIST}?loc=thieu-{slug}").html.select(f'a[href^="{LIST}/{slug}/"]')
    chief.page = chief.go(f"{LIST}?loc=thieu-huong-dan").click("Khiếu nại", href="/huong-dan/")
    address = chief.page.request.path
    chief.page.forms["f"]["body"] = "Send it within 90 days."
    chief.page = chief.page.forms["f"].submit("gui", status=303).follow()
    chief.page = chief.form("/cong-bo").submit(status=303).follow()
    assert "Send it within 90 days." in site.client().get("/en/khieu-nai-to-cao").text
    assert not chief.go(f"{LIST}?loc=thieu-huong-dan").html.select(f'a[href^="{LIST}/huong-dan"]')
    with site.database.sessions() as session:
        unit, line = first(Unit)(session).id, first(MenuItem)(session).id
    chief.go(f"/bien-tap/co-cau-to-chuc/{unit}").click("Bản tiếng Anh", href="/don-vi/")
    chief.go(f"/bien-tap/trinh-don/{line}").click("Bản tiếng Anh", href="/ban-dich/trinh-don/")
    # A figure of its own in a warning is refused.
    chief.page = chief.go(f"{LIST}?loc=thieu-thong-bao").click("Bão", href="/thong-bao/")
    form = chief.page.forms["f"]
    form["title"], form["text"] = "Storm no. 9", "Closed from 15:00 on 5/12."
    chief.page = form.submit("gui", status=422)
    assert "Có con số mà bản gốc không có" in chief.text
    assert chief.page.forms["f"]["text"].value == "Closed from 15:00 on 5/12."
    # The usual text comes back: what was said of the authority's own is gone with it.
    with site.database.writing_sessions.begin() as session:
        own = guide_text(session, GuidePart.COMPLAINT)
        assert own is not None
        keeper = ReceptionService(session, site.clock())
        keeper.save_guide(GuidePart.COMPLAINT, "", revision=own.revision, actor_id=None)
    chief.go(address, status=404)
    assert "Send it within" not in site.client().get("/en/khieu-nai-to-cao").text
