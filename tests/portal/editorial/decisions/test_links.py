"""Broken links are found by the worker, kept, and shown with where they are mended."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from content.links import rounds
from content.news.models import Article, ArticleStatus, BodyFormat, Page
from content.procedures.models import Procedure
from content.site.models import MenuItem, MenuPlace
from portal.links.checking import Ground, LinkChecker
from portal.links.inside import Inside
from tests.portal.editorial.decisions import desk
from tests.support.officer import Officer
from tests.support.site import Site


def checker(site: Site, outside: Callable[[str], str | None] | None = None) -> LinkChecker:
    base = site.settings.site.base_url
    ground = Ground(
        site.database.sessions,
        site.database.writing_sessions.begin,
        site.clock,
        urlsplit(base).netloc,
    )
    return LinkChecker(ground, lambda: Inside(site.app, base), outside)  # type: ignore[arg-type]


def finish(one: LinkChecker) -> None:
    while one.step():
        pass


def spoil(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        published = Article.status == ArticleStatus.PUBLISHED
        article = session.scalars(select(Article).where(published).limit(1)).one()
        article.body_format = BodyFormat.TEXT
        article.body = (
            "[thủ tục](/thu-tuc/1.001193) [mất](/thu-tuc/9.999999) [tệp](/tep/aaaabbbbcccc/x.pdf) "
            "[danh sách](/thu-tuc) [nơi khác](https://dichvucong.gov.vn/p)"
        )
        page = session.scalars(select(Page).limit(1)).one()
        page.body_format, page.body = BodyFormat.TEXT, "[trang](/trang/khong-co)"
        procedure = session.scalars(select(Procedure).where(Procedure.code == "1.001193")).first()
        assert procedure is not None
        procedure.official_url = "https:///khong-co-may-chu"
        session.add(
            MenuItem(place=MenuPlace.MAIN, position=99, words="Mục cũ", address="/muc-khong-con")
        )


def test_what_leads_nowhere_is_kept_and_shown_with_where_it_is_mended(site: Site) -> None:
    editor = Officer(site, desk.CHIEF)
    assert "Chưa kiểm tra lần nào" in editor.go("/bien-tap/lien-ket-hong").text
    spoil(site)
    one = checker(site)
    one.begin()
    finish(one)
    main = editor.go("/bien-tap/lien-ket-hong").html.select_one("main")
    text = main.get_text(" ", strip=True)
    for target in (
        "/thu-tuc/9.999999", "/trang/khong-co", "/tep/aaaabbbbcccc/x.pdf", "/muc-khong-con",
        "https:///khong-co-may-chu",
    ):  # fmt: skip
        assert target in text
    assert "dichvucong.gov.vn/p" not in text
    assert " /thu-tuc/1.001193 " not in text
    mended = [link["href"] for link in main.select("tbody a")]
    assert any(one.startswith("/bien-tap/trang/") for one in mended)
    assert any(one.startswith("/bien-tap/trinh-don/") for one in mended)
    for address in mended:
        editor.go(address)
    with site.database.sessions() as session:
        seeded = [one for one in rounds.broken_links(session) if one.target not in text.split()]
        assert seeded == []


def test_what_was_mended_leaves_the_list_and_a_press_asks_the_worker(site: Site) -> None:
    spoil(site)
    one = checker(site)
    one.begin()
    finish(one)
    with site.database.writing_sessions.begin() as session:
        for item in session.scalars(select(MenuItem).where(MenuItem.address == "/muc-khong-con")):
            item.address = "/tin-tuc"
    editor = Officer(site, desk.WRITER)
    page = editor.go("/bien-tap/lien-ket-hong")
    assert "/muc-khong-con" in page.text
    press = editor.form("/kiem-tra")
    assert "Cổng bắt đầu kiểm tra" in press.submit(status=303).follow().text
    one.begin()
    finish(one)
    assert "/muc-khong-con" not in editor.go("/bien-tap/lien-ket-hong").text


def test_other_hosts_are_asked_once_a_week_and_told_of_after_two_failures(site: Site) -> None:
    spoil(site)
    asked: list[str] = []

    def outside(target: str) -> str:
        asked.append(target)
        return "timeout" if target == "https://dichvucong.gov.vn/p" else ""

    one = checker(site, outside)
    one.begin()
    finish(one)
    assert "https://dichvucong.gov.vn/p" in asked
    with site.database.sessions() as session:
        assert "timeout" not in {link.problem for link in rounds.broken_links(session)}
    count = len(asked)
    one.begin()
    finish(one)
    assert len(asked) == count
    site.clock.move(days=8)
    one.begin()
    finish(one)
    with site.database.sessions() as session:
        told = [link for link in rounds.broken_links(session) if link.problem == "timeout"]
        assert [link.target for link in told] == ["https://dichvucong.gov.vn/p"]
        assert told[0].since == site.clock() - timedelta(days=8)
    # Switched off again: what was heard once is not told for ever.
    other = checker(site)
    other.begin()
    finish(other)
    with site.database.sessions() as session:
        assert "timeout" not in {link.problem for link in rounds.broken_links(session)}


def test_a_round_begins_by_itself_at_night_only(site: Site) -> None:
    one = checker(site)
    # 23:00 in Viet Nam, then 02:00.
    site.clock.now = site.clock.now.replace(hour=16)
    one.tick()
    with site.database.sessions() as session:
        assert rounds.last_round(session) is None
    site.clock.now = site.clock.now.replace(hour=19)
    one.tick()
    with site.database.sessions() as session:
        begun = rounds.last_round(session)
        assert begun is not None
        assert begun.links > 0
