"""Articles and pages through the editors' screens, without scripts."""

import re

from portal import signed
from tests.portal.editorial.articles.written import WORDS, press, written
from tests.portal.editors import words
from tests.support.officer import Officer
from tests.support.site import Site


def test_a_draft_goes_through_review_to_readers_and_into_the_bin(site: Site) -> None:
    writer, chief = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    address = written(writer)
    press(writer, "/gui-duyet", note="Nhờ xem")
    assert "Chờ duyệt" in writer.text
    chief.go("/bien-tap/tin?loc=cho-duyet")
    assert WORDS["title"] in chief.text
    chief.go(address)
    assert press(chief, "/y-kien").status_int == 422
    chief.go(address)
    form = chief.form("/y-kien")
    form["text"] = "Ghi ngày khởi công"
    form.action = form.action.replace("y-kien", "tra-lai")
    chief.page = form.submit(status=303).follow()
    assert "Trả lại để sửa" in chief.text
    assert "Đặng Văn Tập" in writer.go(address).text


def test_a_time_of_publication_holds_for_readers_and_corrections_are_told(site: Site) -> None:
    writer, chief = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    address = written(writer)
    press(writer, "/gui-duyet", note="Nhờ xem")
    chief.go(address)
    assert (
        press(chief, "/cong-bo", at="2026-11-25T08:00", until="2026-11-24T08:00").status_int == 422
    )
    assert "Giờ gỡ phải sau giờ công bố" in chief.text
    again = chief.form("/cong-bo")
    assert (again["at"].value, again["until"].value) == ("2026-11-25T08:00", "2026-11-24T08:00")
    assert press(chief, "/cong-bo", at="mai").status_int == 422
    press(chief, "/cong-bo", at="2026-11-24T08:00", until="2026-11-25T08:00")
    assert "Hẹn giờ công bố" in chief.text
    public = "/tin-tuc/hien-dai-hoa/cau-nam-tham-thong-xe"
    reader = site.client()
    reader.get(public, status=404)
    site.clock.move(days=1)
    page = reader.get(public)
    assert "Thứ Ba, 24/11/2026, 08:00 (GMT+7)" in page.text
    assert "Giao thông" in reader.get(page.html.find("a", string="Giao thông")["href"]).text
    said = reader.get(f"{public}.txt").text
    assert "Ủy ban nhân dân xã báo lúc 8 giờ ngày 23 tháng 11 năm 2026." in said
    assert WORDS["title"] in reader.get("/tin-tuc/hien-dai-hoa/feed.xml").text
    entry = re.search(r"<id>[^<]*#bai-\d+</id>", reader.get("/tin-tuc/feed.xml").text)[0]
    assert WORDS["title"] not in reader.get("/tin-tuc/the-che/feed.xml").text
    # What readers see is changed by the head of the board alone.
    writer, chief = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    writer.go(address.replace("/xem-truoc", ""), status=403)

    edit = chief.go(address.replace("/xem-truoc", "")).forms["f"]
    edit["correction"], edit["slug"] = "Bản trước ghi sai ngày.", "cau-nam-tham"
    chief.page = edit.submit(status=303).follow()
    leads = reader.get(public, status=301)
    # Kept for ever by a browser, it would lead round in a circle once the address is back.
    assert leads.headers["Cache-Control"] == "public, max-age=60"
    moved = leads.follow()
    assert "Đính chính" in moved.text
    for feed in ("/tin-tuc/feed.xml", "/tin-tuc/hien-dai-hoa/feed.xml"):
        assert entry in reader.get(f"{feed}?sau=1").text
    press(chief, "/go")
    reader.get(moved.request.path, status=404)
    press(chief, "/xoa")
    assert "thùng rác" in chief.page.text
    chief.go(address, status=404)


def test_the_times_of_a_published_text_are_changed_without_taking_it_back(site: Site) -> None:
    chief, reader = Officer(site, "truongbientap@example.vn"), site.client()
    written(chief)
    press(chief, "/cong-bo", at="2026-11-26T08:00")
    form = chief.form("/doi-gio")
    assert (form["at"].value, form["until"].value) == ("2026-11-26T08:00", "")
    assert press(chief, "/doi-gio", until="2026-11-25T08:00").status_int == 422
    assert chief.form("/doi-gio")["until"].value == "2026-11-25T08:00"
    press(chief, "/doi-gio", at="2026-11-24T08:00", until="2026-11-25T08:00")
    assert "Đã đổi giờ" in chief.page.text
    public = "/tin-tuc/hien-dai-hoa/cau-nam-tham-thong-xe"
    reader.get(public, status=404)
    site.clock.move(days=1)
    reader.get(public)
    # Left alone, the moment of publication stays to the second.
    address = chief.page.request.path
    chief = Officer(site, "truongbientap@example.vn")
    chief.go(address)
    press(chief, "/doi-gio", until="")
    site.clock.move(days=2)
    assert "08:00 (GMT+7)" in reader.get(public).text
    writer, chief = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    writer.go(address)
    assert not [one for one in writer.page.forms.values() if "/doi-gio" in one.action]
    stale = chief.go(address) and chief.form("/doi-gio")
    press(chief, "/go")
    assert "Đã gỡ" in chief.text
    stale.submit(status=303)


def test_revisions_are_compared_and_restored(site: Site) -> None:
    one = Officer(site, "bientap@example.vn")
    address = written(one)
    form = one.go(address.replace("/xem-truoc", "")).forms["f"]
    form["lead"] = "UBND xã báo lúc 9h."
    form.submit(status=303)
    history = address.replace("xem-truoc", "lich-su")
    shown = one.go(f"{history}?lan=2").html
    assert [ins.get_text() for ins in shown.select(".difference ins")]
    one.go(f"{history}?lan=1")
    press(one, "/khoi-phuc")
    assert WORDS["lead"] in one.text
    one.go(f"{history}?lan=99")


def test_without_scripts_a_text_with_tags_says_what_they_are(site: Site) -> None:
    one = Officer(site, "bientap@example.vn")
    one.go("/bien-tap/tin/moi")
    form = one.page.forms["f"]
    assert "Dòng bắt đầu bằng" in one.text
    for name, value in WORDS.items():
        form[name] = value
    form["body"], form["body_format"] = "<p>Cầu <strong>yếu</strong>.</p>", "html"
    address = form.submit(status=303).follow().request.path.removesuffix("/xem-truoc")
    one.go(address)
    assert "<strong> là chữ đậm" in one.text
    assert "Dòng bắt đầu bằng" not in one.text


def test_a_preview_link_works_without_an_account_until_it_ends(site: Site) -> None:
    one = Officer(site, "bientap@example.vn")
    written(one)
    link = one.page.html.find("a", string="mở liên kết xem thử")["href"]
    path = "/xem-thu/" + link.rpartition("/")[2]
    reader = site.client()
    page = reader.get(path)
    assert "Cầu cũ đã yếu" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    reader.get(path[:-1] + ("0" if path[-1] != "0" else "1"), status=404)
    for wrong in ("x", "x.y", "%C3%A9.1", "YQ.z"):
        reader.get(f"/xem-thu/{wrong}", status=404)
    assert signed.read("another", path.rpartition("/")[2], site.clock()) is None
    chief = Officer(site, "truongbientap@example.vn")
    chief.go(one.page.request.path)
    press(chief, "/cong-bo", at="2026-11-24T08:00")
    assert "mở liên kết xem thử" in chief.text
    reader.get(path)
    site.clock.move(days=1)
    assert "chưa công bố" not in reader.get(path, status=303).follow().text
    chief = Officer(site, "truongbientap@example.vn")
    assert "mở liên kết xem thử" not in words(chief.go(one.page.request.path))
    site.clock.move(days=8)
    reader.get(path, status=404)


def test_pages_stand_in_a_tree(site: Site) -> None:
    chief = Officer(site, "truongbientap@example.vn")
    form = chief.go("/bien-tap/trang/moi").forms["f"]
    form["title"], form["body"] = "Lịch sử", "Từ năm 1991."
    form["parent_id"] = form["parent_id"].options[1][0]
    above = form["parent_id"].options[1][2]
    chief.page = form.submit(status=303).follow()
    press(chief, "/cong-bo")
    page = site.client().get("/trang/lich-su")
    assert "Từ năm 1991." in page.text
    assert above in page.html.select_one(".crumbs").get_text()
    assert "Lịch sử" in chief.go("/bien-tap/trang").text


def test_an_article_of_the_sample_has_a_history_page_before_anybody_changed_it(site: Site) -> None:
    one = Officer(site, "truongbientap@example.vn")
    one.go("/bien-tap/tin")
    address = next(
        link["href"]
        for link in one.page.html.select("main a")
        if re.fullmatch(r".*/bien-tap/tin/\d+(/xem-truoc)?", link["href"])
    )
    one.go(address.removesuffix("/xem-truoc") + "/lich-su")
    assert "Các lần lưu" in one.text
