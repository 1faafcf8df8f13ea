"""The library's screens: many files at once, words, replacing, deleting, choosing."""

import io
import resource
import zipfile

import pytest
from sqlalchemy import select

from content.media.models import Medium
from content.media.smaller import make_smaller
from content.news.models import Page
from tests.content.media import pictures
from tests.portal.editorial.media.sending import LIBRARY, PDF, send
from tests.support.officer import Officer
from tests.support.site import Site

MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(range(256)) * 20


@pytest.fixture
def editor(site: Site) -> Officer:
    return Officer(site, "bientap@example.vn")


def test_an_empty_chooser_asks_for_a_file(editor: Officer) -> None:
    """As browsers send it: a part without a name and without a byte."""
    token = editor.go(f"{LIBRARY}/tai-len").forms[0]["csrf_token"].value
    parts = ('name="csrf_token"\r\n\r\n' + token, 'name="tep"; filename=""\r\n\r\n')
    body = (
        "".join(f"--z\r\nContent-Disposition: form-data; {one}\r\n" for one in parts) + "--z--\r\n"
    )
    page = editor.client.post(
        f"{LIBRARY}/tai-len",
        body.encode(),
        headers={"Content-Type": "multipart/form-data; boundary=z"},
        status=422,
    )
    assert "chưa chọn tệp" in page.text


def media(site: Site) -> list[Medium]:
    with site.database.sessions() as session:
        return list(session.scalars(select(Medium).order_by(Medium.id)))


def test_each_of_many_files_has_its_own_result(site: Site, editor: Officer) -> None:
    send(
        editor,
        ("lễ hội.jpg", pictures.with_position()),
        ("hướng dẫn.pdf", PDF),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("trong.png", b""),
        ("phim.mp4", MP4),
    )
    items = [
        one.get_text(" ", strip=True) for one in editor.page.html.select(".upload-results > li")
    ]
    assert [("đã nhận" in one) for one in items] == [True, True, False, False, True]
    assert "SVG có thể chứa chương trình" in items[2]
    assert "không có nội dung" in items[3]
    assert [(one.kind.value, one.name) for one in media(site)] == [
        ("image", "lễ hội.jpg"),
        ("document", "hướng dẫn.pdf"),
        ("video", "phim.mp4"),
    ]


def test_the_same_bytes_are_kept_once(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture()))
    assert "đã có trong thư viện" in send(editor, ("b.jpg", pictures.picture())).text
    assert len(media(site)) == 1


def test_a_picture_is_served_small_for_ever_and_without_its_position(
    site: Site, editor: Officer
) -> None:
    send(editor, ("a.jpg", pictures.with_position()))
    [medium] = media(site)
    with site.database.sessions() as session:
        sizes = [
            (one.name, one.format.media_type) for one in session.get(Medium, medium.id).renditions
        ]  # type: ignore[union-attr]
    citizen = site.client()
    for name, kind in sizes:
        answer = citizen.get(f"/tep/{medium.key}/{medium.version}/{name}")
        assert answer.content_type == kind
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"Exif" not in answer.body
        assert b"script" not in answer.body
    old = citizen.get(f"/tep/{medium.key}/{'0' * 12}/320.jpg", status=302)
    assert f"/{medium.version}/" in old.location
    usual = citizen.get(f"/tep/{medium.key}/a.jpg")
    assert usual.content_type == "image/jpeg"
    again = citizen.get(f"/tep/{medium.key}/a.jpg", headers={"If-None-Match": f'"{usual.etag}"'})
    assert again.status_int == 304


def test_the_smaller_encoding_comes_later_and_once(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture(700, 400)))
    [medium] = media(site)
    sessions, writing = site.database.sessions, site.database.writing_sessions.begin
    from content.files import DiskStore

    store = DiskStore(site.settings.blob_dir)
    work = (sessions, writing, store, site.clock(), medium.id, medium.digest)
    assert [make_smaller(*work), make_smaller(*work)] == [3, 0]
    page = editor.go(f"{LIBRARY}/{medium.id}").html
    assert page.select_one("picture source")["type"] == "image/avif"
    assert page.select_one("picture img")["width"] == "700"


def test_a_document_is_a_download_that_runs_nothing(site: Site, editor: Officer) -> None:
    send(editor, ("mẫu đơn.pdf", PDF))
    [medium] = media(site)
    answer = site.client().get(medium.address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.body == PDF


def test_a_part_of_a_video_can_be_asked_for(site: Site, editor: Officer) -> None:
    send(editor, ("phim.mp4", MP4))
    [medium] = media(site)
    answer = site.client().get(medium.address, headers={"Range": "bytes=100-199"}, status=206)
    assert answer.body == MP4[100:200]
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(MP4)}"
    site.client().get(medium.address, headers={"Range": "bytes=999999-"}, status=416)


def test_a_picture_without_words_is_not_ready(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture()))
    [medium] = media(site)
    items = editor.client.get(f"{LIBRARY}/danh-sach.json").json["items"]
    assert [one["ready"] for one in items] == [False]
    assert "Ghi mô tả trước khi dùng" in editor.go(f"{LIBRARY}/chon?ve=/bien-tap&o=anh").text
    form = editor.go(f"{LIBRARY}/{medium.id}").forms["f"]
    form["alt"], form["focus"], form["credit"] = "Cờ đỏ trước trụ sở", "top-left", "Trần Văn Mẫu"
    editor.page = form.submit(status=303).follow()
    assert "Đã lưu thông tin của tệp" in editor.text
    assert editor.page.html.select_one("picture img")["class"] == ["focus-top-left"]
    chosen = editor.go(f"{LIBRARY}/chon?ve=/bien-tap&o=anh&q=co+do").html.select_one(
        ".media-card .btn"
    )
    assert chosen["href"] == f"/bien-tap?anh={medium.id}"


def test_the_second_of_two_editors_is_told(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture()))
    [medium] = media(site)
    mine = editor.go(f"{LIBRARY}/{medium.id}").forms["f"]
    other = Officer(site, "truongbientap@example.vn").go(f"{LIBRARY}/{medium.id}").forms["f"]
    other["title"] = "Của người kia"
    other.submit(status=303)
    mine["title"] = "Của tôi"
    answer = mine.submit(status=422)
    assert "Người khác vừa lưu" in answer.text
    assert "Của tôi" in answer.text


def test_a_replaced_file_keeps_its_address(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture()), ("b.pdf", PDF))
    medium, _document = media(site)
    address = f"{LIBRARY}/{medium.id}/thay"
    assert "cùng loại" in send(editor, ("x.pdf", PDF + b" "), address=address, status=422).text
    assert "chưa chọn tệp" in send(editor, address=address, status=422).text
    send(editor, ("c.png", pictures.picture(400, 400, "PNG")), address=address, status=303)
    now = media(site)[0]
    assert (now.key, now.width) == (medium.key, 400)
    assert now.version != medium.version
    assert site.client().get(medium.address).content_type == "image/jpeg"


def use_on_a_page(site: Site, medium: Medium) -> None:
    with site.database.writing_sessions.begin() as session:
        page = session.scalars(select(Page)).first()
        assert page is not None
        page.body += f"\n\n[ảnh]({medium.address})"


def test_what_is_used_is_deleted_only_by_those_who_saw_where(site: Site, editor: Officer) -> None:
    send(editor, ("a.jpg", pictures.picture()))
    [medium] = media(site)
    use_on_a_page(site, medium)
    form = editor.go(f"{LIBRARY}/{medium.id}/xoa").forms[0]
    assert "Tệp đang được dùng" in editor.text
    form.submit(status=303)
    assert media(site)[0].deleted_at is None
    form["van-xoa"] = "1"
    form.submit(status=303)
    assert media(site)[0].deleted_at is not None
    site.client().get(medium.address, status=404)
    assert "đã có trong thư viện" in send(editor, ("a.jpg", pictures.picture())).text
    assert media(site)[0].deleted_at is None, "uploaded again, it came back from the bin"


def test_folders_make_a_tree_without_circles(site: Site, editor: Officer) -> None:
    for name in ("Sự kiện", "Tết"):
        form = editor.go(f"{LIBRARY}/thu-muc").forms["f"]
        form["name"] = name
        form.submit(status=303)
    form = editor.go(f"{LIBRARY}/thu-muc").forms["f"]
    form["name"] = "tet"
    assert "cùng tên" in form.submit(status=422).text
    links = [one["href"] for one in editor.page.html.select("td a")]
    first, second = links[:2]
    form = editor.go(second).forms["f"]
    form["name"], form["parent"] = "Tết", first.rpartition("/")[2]
    form.submit(status=303)
    form = editor.go(first).forms["f"]
    form["parent"] = second.rpartition("/")[2]
    assert "chính nó" in form.submit(status=422).text
    send(editor, ("a.jpg", pictures.picture()))


@pytest.mark.parametrize(
    "query", ["thu-muc=9" * 9, "loai=x", "q=%25_", "trang=-1", "thu-muc=%C2%B2", "q=" + "a+" * 90]
)
def test_odd_questions_find_nothing_and_break_nothing(editor: Officer, query: str) -> None:
    editor.go(f"{LIBRARY}?{query}")
    editor.go(f"{LIBRARY}/chon?ve=//example.org&o=<x>&{query}", status=303)


def test_only_editors_and_administrators_come_in(site: Site) -> None:
    for address in (LIBRARY, f"{LIBRARY}/tai-len", f"{LIBRARY}/danh-sach.json"):
        Officer(site, "motcua@example.vn").client.get(address, status=403)


def docx_with_a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(300 << 20))
    return out.getvalue()


def test_bombs_do_not_fill_the_memory_of_the_server(site: Site, editor: Officer) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bombs = {
        "a.png": pictures.png(30_000, 30_000),
        "b.png": pictures.text_bomb(),
        "c.gif": pictures.many_frames(),
        "d.docx": docx_with_a_bomb(),
        "e.tiff": pictures.picture(form="TIFF"),
    }
    page = send(editor, *bombs.items()).html
    results = page.select(".upload-results > li")
    assert len(results) == len(bombs)
    refused = [one for one in results if "chưa nhận" in one.get_text()]
    assert len(refused) == 4, "of the animation the first frame is kept"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024, "KiB; the pictures were decoded elsewhere"
