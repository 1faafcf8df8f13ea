"""Comments: off by default, hidden until approved, machines kept out, editors decide."""

from typing import Any

import pytest
from sqlalchemy import select

from content.news import comments
from content.news.comments import Comment, CommentState
from tests.portal.editorial.comments.talks import article_of, path_of
from tests.support.signing_in import editor, form_of
from tests.support.site import PortalClient, Site

QUEUE = "/bien-tap/binh-luan"


def write(site: Site, client: PortalClient, *, wait: int = 10, **changes: str) -> Any:
    form = form_of(client.get(path_of(site)), "text")
    words = {"name": "Bà Tám", "email": "tam@example.vn", "text": "Quầy mới rất tiện."}
    for name, value in (words | changes).items():
        form[name] = value
    site.clock.move(seconds=wait)
    return form.submit(expect_errors=True)


def decide(client: PortalClient, act: str, tab: str = "") -> Any:
    forms = client.get(QUEUE + tab).forms.values()
    form = next(one for one in forms if "viec" in one.fields and one["viec"].value == act)
    return form.submit(status=303)


def test_a_comment_is_seen_only_after_an_editor_shows_it(talking: Site) -> None:
    reader, chief = talking.client(), editor(talking)
    public = path_of(talking)
    assert reader.get(public.removesuffix("/y-kien")).html.select_one(f'a[href="{public}"]')
    assert "Đã nhận ý kiến" in write(talking, reader).follow().text
    assert "Quầy mới" not in reader.get(public).text
    waiting = chief.get(QUEUE).text
    assert "Quầy mới rất tiện." in waiting
    assert "tam@example.vn" in waiting
    decide(chief, "hien")
    shown = reader.get(public).text
    assert "Quầy mới rất tiện." in shown
    assert "tam@example.vn" not in shown
    decide(chief, "an", "?xem=shown")
    assert "Quầy mới" not in reader.get(public).text


def test_a_site_takes_no_comments_unless_it_is_told_to(site: Site) -> None:
    public = path_of(site)
    with site.database.writing_sessions.begin() as session:
        comments.set_open(session, article_of(session), None, by=None, now=site.clock())
    site.client().get(public, status=404)
    page = site.client().get(public.removesuffix("/y-kien"))
    assert not page.html.select_one(f'a[href="{public}"]')
    assert "đang không nhận ý kiến" in editor(site).get(QUEUE).text


def test_machines_are_kept_out(talking: Site) -> None:
    reader = talking.client()
    assert write(talking, reader, website="https://a.example").status_int == 303
    assert "vài giây" in write(talking, reader, wait=1).text
    assert "một liên kết" in write(talking, reader, text="http://a.vn http://b.vn").text
    assert write(talking, reader, wait=50_000).status_int == 422
    assert write(talking, reader, moment="giả").status_int == 422
    with talking.database.sessions() as session:
        assert session.scalars(select(Comment)).all() == []


def test_one_address_writes_five_an_hour(talking: Site) -> None:
    reader = talking.client()
    for _ in range(5):
        assert write(talking, reader).status_int == 303
    assert write(talking, reader).status_int == 429
    talking.clock.move(hours=2)
    assert write(talking, reader).status_int == 303


def test_what_readers_report_goes_back_to_the_editors(talking: Site) -> None:
    write(talking, talking.client())
    decide(editor(talking), "hien")
    public = path_of(talking)
    for number in range(3):
        reader = PortalClient(
            talking.app,
            extra_environ={"HTTP_HOST": "127.0.0.1:6543", "REMOTE_ADDR": f"192.0.2.{number}"},
        )
        for _again in range(2):
            found = [one for one in reader.get(public).forms.values() if "/bao" in one.action]
            if found:
                found[0].submit(status=303)
    with talking.database.sessions() as session:
        assert session.scalars(select(Comment)).one().state is CommentState.WAITING
    assert "Bạn đọc báo không phù hợp: 3" in editor(talking).get(QUEUE).text


def test_after_the_closing_day_nothing_more_is_taken(talking: Site) -> None:
    chief = editor(talking)
    with talking.database.sessions() as session:
        article_id = str(article_of(session).id)
    form = form_of(chief.get(QUEUE), "closes_on")
    form["article"], form["closes_on"] = article_id, "22/11/2026"
    assert "Ngày này đã qua" in form.submit(status=422).text
    form["closes_on"] = "23/11/2026"
    form.submit(status=303)
    write(talking, talking.client())
    decide(chief, "hien")
    talking.clock.move(days=1)
    page = talking.client().get(path_of(talking))
    assert "không còn nhận ý kiến" in page.text
    assert "Quầy mới" in page.text


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_code_in_a_comment_stays_text(talking: Site, evil: str) -> None:
    write(talking, talking.client(), text=evil, name=evil[:20])
    decide(editor(talking), "hien")
    page = talking.client().get(path_of(talking))
    assert not page.html.select("main script, main img")


def test_strangers_do_not_moderate(talking: Site) -> None:
    talking.client().get(QUEUE, status=303)
    editor(talking, "motcua@example.vn").get(QUEUE, status=403)


def test_any_article_that_readers_see_takes_comments(site: Site) -> None:
    chief = editor(site)
    chooser = chief.get(chief.get(QUEUE).html.find("a", string="Tìm bài theo tên")["href"])
    form = next(one for one in chooser.forms.values() if "q" in one.fields and "o" in one.fields)
    form["q"] = "một cửa chín bước"
    assert "Không có bài nào khớp" in form.submit().text
    form["q"] = "chín bước"
    [link] = [one["href"] for one in form.submit().html.select("main li a")]
    opened = form_of(chief.get(link), "closes_on")
    assert opened["article"].value == link.rpartition("=")[2]
    opened.submit(status=303)
    assert "Từ chín bước còn sáu" in chief.get(QUEUE).text
    for nonsense in ("x", "-1", "999999", "0"):
        chief.get(QUEUE, {"bai": nonsense}, status=200)


def test_the_queue_goes_on_page_by_page(talking: Site) -> None:
    with talking.database.writing_sessions.begin() as session:
        article = article_of(session)
        for number in range(comments.PAGE_SIZE + 1):
            comments.leave(
                session,
                article,
                name="Bà Tám",
                email="tam@example.vn",
                text=f"Ý kiến thứ {number + 1}.",
                now=talking.clock(),
            )
    first, second = (editor(talking).get(f"{QUEUE}{end}").text for end in ("", "?trang=2"))
    assert "Ý kiến thứ 50." in first
    assert "Ý kiến thứ 51." not in first
    assert "Ý kiến thứ 51." in second
    assert "Ý kiến thứ 50." not in second
