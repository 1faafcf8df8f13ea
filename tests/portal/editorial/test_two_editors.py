"""Two editors on one screen: the second is told who changed what, and loses nothing."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from content.writing import trash
from content.writing.models import Revision
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

EDITOR, CHIEF, ADMINISTRATOR = (
    f"{one}@example.vn" for one in ("bientap", "truongbientap", "quantri")
)
NAMES = {EDITOR: "Bùi Thị Biên", CHIEF: "Đặng Văn Tập", ADMINISTRATOR: "Ngô Thị Quản"}


@dataclass(frozen=True)
class Screen:
    """A list, what has to be made first, and a field (with its new value) for each of two."""

    base: str
    mine: tuple[str, str]
    theirs: tuple[str, str]
    make: dict[str, Any] | None = None
    people: tuple[str, str] = (CHIEF, EDITOR)
    single: bool = False


SITE = (CHIEF, ADMINISTRATOR)
SCREENS = {
    "banner": Screen(
        "/bien-tap/thong-bao-chung",
        ("title", "Tên của tôi"),
        ("text", "Lời của người kia"),
        {"severity": "news", "title": "A", "text": "B"},
        SITE,
    ),
    "menu": Screen(
        "/bien-tap/trinh-don",
        ("words", "Chữ của tôi"),
        ("address", "/cua-nguoi-kia"),
        {"place": "main", "words": "A", "address": "/a"},
        SITE,
    ),
    "block": Screen(
        "/bien-tap/trang-dau",
        ("title", "Tên của tôi"),
        ("text", "Lời của người kia"),
        {"kind": "text", "title": "A", "text": "B"},
        SITE,
    ),
    "identity": Screen(
        "/bien-tap/nhan-dien",
        ("name", "Cổng của tôi"),
        ("address", "Số 1 đường của người kia"),
        None,
        (ADMINISTRATOR, ADMINISTRATOR),
        single=True,
    ),
    "unit": Screen(
        "/bien-tap/co-cau-to-chuc",
        ("name", "Phòng của tôi"),
        ("address", "Phòng 9"),
        {"name": "A"},
    ),
    "duty": Screen(
        "/bien-tap/lich-truc",
        ("task", "Trực của tôi"),
        ("name", "Ông Kia"),
        {
            "starts_on": "01/12/2026",
            "ends_on": "02/12/2026",
            "task": "A",
            "name": "B",
            "phone": "0912 345 678",
        },
    ),
    "reception": Screen(
        "/bien-tap/lich-tiep-cong-dan",
        ("post", "Chức của tôi"),
        ("place", "Phòng của người kia"),
    ),
    "place": Screen(
        "/bien-tap/khieu-nai-to-cao/noi-nhan",
        ("receiver", "Nơi của tôi"),
        ("address", "Nhà của người kia"),
        {"receiver": "A", "matter": "B", "address": "C", "complaints": True},
    ),
    "poll": Screen(
        "/bien-tap/tham-do",
        ("question", "Tôi hỏi gì?"),
        ("note", "Lời dặn của người kia"),
        {
            "question": "A?",
            "options": "1\n2",
            "starts_at": "01/01/2027 08:00",
            "ends_at": "02/01/2027 08:00",
        },
        SITE,
    ),
    "document": Screen(
        "/bien-tap/van-ban",
        ("signer", "Người ký của tôi"),
        ("summary", "Trích yếu của người kia"),
        people=(CHIEF, CHIEF),
    ),
    "term": Screen(
        "/bien-tap/thuat-ngu", ("name", "từ của tôi"), ("meaning", "Nghĩa của người kia.")
    ),
    "synonym": Screen(
        "/bien-tap/tu-dong-nghia",
        ("phrase", "từ của tôi"),
        ("officials", "của người kia"),
        {"phrase": "a b", "officials": "c"},
    ),
}


def address_of(screen: Screen, one: Officer) -> str:
    """The screen of one row, made if need be."""
    if screen.make:
        fill(one, f"{screen.base}/moi", **screen.make)
    if screen.single:
        return screen.base
    listing = "/bien-tap/khieu-nai-to-cao" if screen.base.endswith("noi-nhan") else screen.base
    links = [link["href"] for link in one.go(listing).html.select("main a[href]")]
    rows = [link for link in links if link.removeprefix(f"{screen.base}/").isdigit()]
    return str(rows[-1])


@pytest.mark.parametrize("name", SCREENS)
def test_the_second_gets_both_and_saves_with_one_press(site: Site, name: str) -> None:
    screen = SCREENS[name]
    mine, theirs = (Officer(site, one) for one in screen.people)
    address = address_of(screen, mine)
    my_form = mine.go(address).forms["f"]
    their_form = theirs.go(address).forms["f"]
    their_form[screen.theirs[0]] = screen.theirs[1]
    their_form.submit(status=303)
    my_form[screen.mine[0]] = screen.mine[1]
    told = my_form.submit(status=422)
    panel = words(told, "[aria-labelledby=nguoi-khac-sua]")
    assert NAMES[screen.people[1]] in panel
    assert re.findall(r"\w+", screen.theirs[1])[-1] in panel
    assert screen.mine[1] not in panel
    merged = told.forms["f"]
    assert merged[screen.mine[0]].value == screen.mine[1]
    assert merged[screen.theirs[0]].value == screen.theirs[1]
    merged.submit(status=303)
    stored = mine.go(address).forms["f"]
    for field, value in (screen.mine, screen.theirs):
        assert stored[field].value == value


@pytest.fixture
def term(site: Site) -> tuple[Officer, Officer, str]:
    mine, theirs = Officer(site, CHIEF), Officer(site, EDITOR)
    screen = Screen("/bien-tap/thuat-ngu", ("", ""), ("", ""))
    return mine, theirs, address_of(screen, mine)


def test_of_one_line_that_both_changed_the_editor_chooses(
    term: tuple[Officer, Officer, str],
) -> None:
    mine, theirs, address = term
    my_form, their_form = mine.go(address).forms["f"], theirs.go(address).forms["f"]
    their_form["name"], their_form["meaning"] = "tên kia", "Dòng đầu.\nDòng kia."
    their_form.submit(status=303)
    my_form["name"], my_form["meaning"] = "tên tôi", "Dòng đầu.\nDòng tôi."
    told = my_form.submit(status=422)
    assert "Cả hai cùng đổi mục này" in told.text
    form = told.forms["f"]
    assert form["name"].value == "tên tôi"
    assert "Dòng kia." in form["meaning"].value
    assert "Dòng tôi." in form["meaning"].value
    # WebTest knows no form attribute: what the browser would send is added by hand.
    fields = [*form.submit_fields("gui"), ("lay-name", "theirs")]
    mine.client.post(address, fields, status=303)
    stored = mine.go(address).forms["f"]
    assert stored["name"].value == "tên kia"
    assert "Dòng tôi." in stored["meaning"].value


def test_a_row_that_only_moved_is_saved_with_one_more_press(site: Site) -> None:
    mine, theirs = Officer(site, CHIEF), Officer(site, ADMINISTRATOR)
    for title in ("A", "B"):
        fill(mine, "/bien-tap/trang-dau/moi", kind="text", title=title, text=title)
    address = address_of(Screen("/bien-tap/trang-dau", ("", ""), ("", "")), mine)
    form = mine.go(address).forms["f"]
    theirs.go("/bien-tap/trang-dau")
    theirs.form(f"{address}/thu-tu").submit("huong", value="len", status=303)
    form["title"] = "Tên của tôi"
    told = form.submit(status=422)
    assert "Không mục nào trong biểu mẫu này đổi" in told.text
    told.forms["f"].submit(status=303)
    assert mine.go(address).forms["f"]["title"].value == "Tên của tôi"


def test_a_forged_mark_loses_nothing(term: tuple[Officer, Officer, str]) -> None:
    mine, theirs, address = term
    my_form, their_form = mine.go(address).forms["f"], theirs.go(address).forms["f"]
    their_form["meaning"] = "Nghĩa kia."
    their_form.submit(status=303)
    my_form["meaning"], my_form["mark"] = "Nghĩa tôi.", "x" * 300
    merged = my_form.submit(status=422).forms["f"]["meaning"].value
    assert "Nghĩa kia." in merged
    assert "Nghĩa tôi." in merged


def test_what_forms_showed_goes_with_the_row(site: Site) -> None:
    chief = Officer(site, CHIEF)
    fill(chief, "/bien-tap/trang-dau/moi", kind="text", title="A", text="B")
    address = address_of(Screen("/bien-tap/trang-dau", ("", ""), ("", "")), chief)
    fill(chief, address, title="C")
    kept = select(func.count()).where(Revision.subject.startswith("form:home_block:"))
    with site.database.sessions() as session:
        assert session.scalar(kept) == 1
    chief.go("/bien-tap/trang-dau")
    chief.form(f"{address}/xoa").submit(status=303)
    with site.database.writing_sessions.begin() as session:
        # It may come back with all of it, until the bin is emptied.
        assert session.scalar(kept) == 1
        assert trash.purge(session, site.clock() + trash.LIFE) == 1
        assert session.scalar(kept) == 0


def test_a_medium_is_merged_too(site: Site) -> None:
    from tests.content.media import pictures

    mine, theirs = Officer(site, CHIEF), Officer(site, EDITOR)
    page = "/bien-tap/thu-vien/tai-len"
    token = mine.go(page).forms[0]["csrf_token"].value
    uploads = [("tep", "a.jpg", pictures.picture())]
    mine.client.post(page, {"csrf_token": token}, upload_files=uploads)
    links = [one["href"] for one in mine.go("/bien-tap/thu-vien").html.select("main a[href]")]
    address = next(one for one in links if one.removeprefix("/bien-tap/thu-vien/").isdigit())
    my_form, their_form = mine.go(address).forms["f"], theirs.go(address).forms["f"]
    their_form["credit"] = "Người kia chụp"
    their_form.submit(status=303)
    my_form["alt"] = "Mô tả của tôi"
    told = my_form.submit(status=422)
    assert NAMES[EDITOR] in told.text
    told.forms["f"].submit(status=303)
    stored = mine.go(address).forms["f"]
    assert (stored["credit"].value, stored["alt"].value) == ("Người kia chụp", "Mô tả của tôi")
