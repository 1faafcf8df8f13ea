"""Choosing pictures, files and articles while writing, without scripts."""

from typing import Any

import pytest
from sqlalchemy import select

from content.media.kinds import Focus
from content.media.models import Medium
from tests.content.media import pictures
from tests.portal.editorial.articles.written import WORDS, press, written
from tests.portal.editorial.media.sending import PDF, send
from tests.support.officer import Officer
from tests.support.site import Site

NEW = "/bien-tap/tin/moi"


@pytest.fixture
def writer(site: Site) -> Officer:
    """An editor whose library has a picture with words, one without, and a document."""
    one = Officer(site, "bientap@example.vn")
    send(one, ("cau.jpg", pictures.picture()), ("khong-loi.jpg", pictures.picture(50, 40)))
    send(one, ("huong-dan.pdf", PDF))
    with site.database.writing_sessions.begin() as session:
        medium = session.scalars(select(Medium).where(Medium.name == "cau.jpg")).one()
        medium.alt, medium.caption = "Cầu Nậm Thẳm", "Ảnh chụp sáng 23/11"
        medium.credit = "Lê Văn Mẫu"
    return one


def choose(one: Officer, form: Any, field: str, words: str) -> Any:
    """Press the button of a field, choose by name, and come back to the form."""
    response = form.submit("chon", value=field, status=303)
    chooser = one.client.get(response.location)
    link = next(each for each in chooser.html.select("main a") if words in each.get_text())
    one.page = one.client.get(link["href"])
    return one.page.forms["f"]


def test_what_was_chosen_stands_in_the_form_and_nothing_typed_is_lost(
    site: Site, writer: Officer
) -> None:
    form = writer.go(NEW).forms["f"]
    for name, value in WORDS.items():
        form[name] = value
    form["is_featured"] = True
    form = choose(writer, form, "body", "cau")
    assert form["title"].value == WORDS["title"]
    assert form["is_featured"].checked
    body = form["body"].value.replace("\r\n", "\n")
    with site.database.sessions() as session:
        address = session.scalars(select(Medium).where(Medium.name == "cau.jpg")).one().address
    line = f'![Cầu Nậm Thẳm]({address} "Ảnh chụp sáng 23/11")'
    assert body.strip() == f"{WORDS['body']}\n\n{line}"
    for field, words in (
        ("picture", "cau"),
        ("gallery", "cau"),
        ("attachments", "huong-dan"),
        ("related", "Một hồ sơ, một mã"),
    ):
        form = choose(writer, form, field, words)
    assert form["picture"].value == address
    assert form["picture_alt"].value == "Cầu Nậm Thẳm"
    assert form["photographer"].value == "Lê Văn Mẫu"
    assert form["gallery"].value.strip() == f"{address} | Cầu Nậm Thẳm"
    assert "huong-dan.pdf | huong-dan" in form["attachments"].value
    assert form["related"].value.strip() == "mot-ho-so-mot-ma"
    writer.page = form.submit(status=303).follow()
    shown = writer.page.html.select_one("article")
    assert [one["alt"] for one in shown.select("img")] == ["Cầu Nậm Thẳm"] * 3
    assert "Ảnh chụp sáng 23/11" in shown.get_text()


def test_an_article_that_exists_is_saved_without_a_clash_after_choosing(
    site: Site, writer: Officer
) -> None:
    address = written(writer, is_featured="true").replace("/xem-truoc", "")
    form = writer.go(address).forms["f"]
    form["is_featured"] = False
    form["lead"] = "Lời khác."
    site.clock.move(seconds=20)
    form = choose(writer, form, "picture", "cau")
    assert (form["lead"].value, form["is_featured"].checked) == ("Lời khác.", False)
    assert "Lời khác." in form.submit(status=303).follow().text


def test_a_related_article_that_is_not_there_is_told(writer: Officer) -> None:
    form = writer.go(NEW).forms["f"]
    for name, value in WORDS.items():
        form[name] = value
    form["related"] = "/tin-tuc/hien-dai-hoa/mot-ho-so-mot-ma\nhttps://cong.vn/tin-tuc/go-nham"
    refused = form.submit(status=422)
    assert "Không có bài nào ở địa chỉ này: go-nham" in refused.text
    assert "https://cong.vn/tin-tuc/go-nham" in refused.forms["f"]["related"].value
    form["related"] = "mot-ho-so-mot-ma"
    form.submit(status=303)


def test_the_home_page_shows_the_picture_cut_around_its_focal_point(
    site: Site, writer: Officer
) -> None:
    with site.database.writing_sessions.begin() as session:
        medium = session.scalars(select(Medium).where(Medium.name == "cau.jpg")).one()
        medium.focus, address = Focus.TOP_LEFT, medium.address
    chief = Officer(site, "truongbientap@example.vn")
    written(chief, picture=address, picture_alt="Cầu Nậm Thẳm")
    press(chief, "/cong-bo")
    (image,) = site.client().get("/").html.select(".teaser img")
    assert (image["alt"], image["class"]) == ("Cầu Nậm Thẳm", ["focus-top-left"])
    assert image.find_parent("picture")["class"] == ["picture", "picture--crop"]


def test_a_picture_without_words_cannot_be_chosen(writer: Officer) -> None:
    form = writer.go(NEW).forms["f"]
    response = form.submit("chon", value="picture", status=303)
    chooser = writer.client.get(response.location)
    names = [one.get_text() for one in chooser.html.select(".media-card__title")]
    assert sorted(names) == ["cau", "khong-loi"]
    links = [one.get_text() for one in chooser.html.select(".media-card a")]
    assert sorted(links) == ["Chọn cau", "Ghi mô tả trước khi dùng: khong-loi"]


@pytest.mark.parametrize(
    "query", ["chon_picture=999999", "chon_picture=x", "chon_body=-1", "chon_related=0", "chon_=1"]
)
def test_a_senseless_choice_changes_nothing(writer: Officer, query: str) -> None:
    form = writer.go(f"{NEW}?khoi-phuc=1&{query}").forms["f"]
    assert [form[name].value.strip() for name in ("picture", "body", "related")] == ["", "", ""]
    writer.go("/bien-tap/tin/chon?ve=//xau.vn&o=1", status=303)


def test_the_editors_chooser_looks_through_the_whole_library(site: Site, writer: Officer) -> None:
    with site.database.writing_sessions.begin() as session:
        model = session.scalars(select(Medium).where(Medium.name == "cau.jpg")).one()
        for number in range(30):
            session.add(
                Medium(
                    **{
                        name: getattr(model, name)
                        for name in (
                            *("kind", "alt", "name", "media_type", "size", "digest"),
                            *("width", "height", "created_at", "updated_at"),
                        )
                    },
                    title=f"Ảnh {number}",
                    search_key=f"anh {number}",
                    file=type(model.file)(
                        key=f"{number:032x}",
                        name="x.jpg",
                        size=1,
                        media_type="image/jpeg",
                        sha256="0" * 64,
                        created_at=model.created_at,
                    ),
                )
            )
    address = "/bien-tap/thu-vien/danh-sach.json?dung-duoc=1&loai=image"
    first = writer.client.get(address).json
    assert (first["pages"], len(first["items"])) == (2, 24)
    assert all(one["ready"] and one["kind"] == "image" for one in first["items"])
    second = writer.client.get(f"{address}&trang=2").json
    assert len(second["items"]) == 7
    found = writer.client.get(f"{address}&q=%E1%BA%A3nh+17").json["items"]
    assert [one["title"] for one in found] == ["Ảnh 17"]
