"""Broken links are found in our own data, and what is whole is left in peace."""

from sqlalchemy import select

from content.news.models import Article, ArticleStatus, BodyFormat
from content.procedures.models import Procedure
from tests.portal.editorial.decisions import desk
from tests.support.officer import Officer
from tests.support.site import Site


def test_what_leads_nowhere_is_listed_with_its_place(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        published = Article.status == ArticleStatus.PUBLISHED
        article = session.scalars(select(Article).where(published).limit(1)).one()
        article.body_format = BodyFormat.TEXT
        article.body = (
            "[thủ tục](/thu-tuc/1.001193) [mất](/thu-tuc/9.999999) [trang](/trang/khong-co) "
            "[danh sách](/thu-tuc) [nơi khác](https://dichvucong.gov.vn/p)"
        )
        procedure = session.scalars(select(Procedure).where(Procedure.code == "1.001193")).first()
        procedure.official_url = "https:///khong-co-may-chu"
    editor = Officer(site, desk.WRITER)
    text = editor.go("/bien-tap/lien-ket-hong").html.select_one("main").get_text(" ", strip=True)
    for target in ("/thu-tuc/9.999999", "/trang/khong-co", "https:///khong-co-may-chu"):
        assert target in text
    assert "/thu-tuc/1.001193" not in text
    assert "dichvucong.gov.vn/p" not in text
