"""Files of the journey: refused with the reason, the rest kept; seen by their owner alone."""

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from content.dossiers.models import Attachment
from tests.support.citizen import Citizen, pdf, png
from tests.support.clock import StoppedClock
from tests.support.site import Site, open_site, sample_settings

KB = 1 << 10


@pytest.fixture
def small(sample: Path, tmp_path: Path, clock: StoppedClock) -> object:
    """A site that takes files of 40 KB, 100 KB a dossier."""
    limits = dataclasses.replace(sample_settings(tmp_path).limits, file=40 * KB, dossier=100 * KB)
    with open_site(sample, tmp_path, clock, limits=limits) as site:
        yield site


def at_papers(site: Site) -> tuple[Citizen, list[str]]:
    me = Citizen(site)
    me.begin(case="1")
    me.go(me.draft_url + "/giay-to")
    return me, [one for one in me.form().fields if re.fullmatch(r"tep_\d+", one or "")]


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (8 << 20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lớn.pdf", pdf(size=41 * KB), "lớn quá 40 KB"),
        ("trống.pdf", b"", "không có nội dung"),
        ("dối.pdf", png(), "đuôi không khớp nội dung"),
        ("chạy.exe", b"MZ" + b"\0" * 100, "không phải loại cổng đọc được"),
        ("trang.html", b"<script>alert(1)</script>", "không phải loại cổng đọc được"),
        ("cụt.pdf", b"%PDF-1.4\n", "bị hỏng"),
        ("bom.docx", bomb(), "mở ra quá lớn"),
        ("../../etc/passwd.pdf", pdf(), "Tên tệp"),
        ("nén.zip", b"PK\x03\x04" + b"\0" * 50, "bị hỏng"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_the_good_one_kept(
    small: Site, name: str, content: bytes, said: str
) -> None:
    me, (first, second, *_rest) = at_papers(small)
    me.attach(first, ("tốt.pdf", pdf()))
    me.attach(second, (name, content))
    me.press()
    assert me.page.status_int == 422
    assert any(said in one for one in me.errors()), me.errors()
    assert [one.get_text() for one in me.page.html.select(".files__name")] == ["tốt.pdf"]


@pytest.mark.parametrize("button", ["quay-lai", "luu"])
def test_going_away_does_not_hide_why_a_file_was_refused(small: Site, button: str) -> None:
    me, (first, *_rest) = at_papers(small)
    me.attach(first, ("dối.pdf", png()))
    me.press(button)
    assert me.page.status_int == 422
    me.press(button)
    assert not me.url.endswith("/giay-to")


def test_all_files_together_have_a_limit(small: Site) -> None:
    me, (first, *_rest) = at_papers(small)
    me.attach(first, *((f"{number}.pdf", pdf(size=30 * KB)) for number in range(4)))
    me.press()
    assert any("cộng lại lớn quá 100 KB" in one for one in me.errors())
    assert len(me.page.html.select(".files__name")) == 3


def test_a_file_is_taken_away_with_its_bytes_to_follow(site: Site) -> None:
    me, (first, *_rest) = at_papers(site)
    me.attach(first, ("một.pdf", pdf("1")), ("hai.pdf", pdf("2")))
    me.press("quay-lai")
    me.go(me.draft_url + "/giay-to")
    button = me.page.html.select_one("[name=_bo_tep]")
    me.push("_bo_tep", button["value"])
    assert [one.get_text() for one in me.page.html.select(".files__name")] == ["hai.pdf"]


def test_a_token_of_another_draft_opens_nothing(site: Site) -> None:
    me, (first, *_rest) = at_papers(site)
    me.attach(first, ("riêng.pdf", pdf("riêng")))
    me.press("luu")
    with site.database.sessions() as session:
        token = session.scalars(select(Attachment.token)).one()
    assert me.client.get(f"{me.draft_url}/tep/{token}").body == pdf("riêng")
    me.client.get(f"{me.draft_url}/tep/{'x' * 32}", status=404)
    other, (field, *_rest) = at_papers(site)
    other.client.get(f"{other.draft_url}/tep/{token}", status=404)
    other.client.get(f"{me.draft_url}/tep/{token}", status=303)
    form = other.form()
    values = [("csrf_token", form["csrf_token"].value), (f"{field}.tep", token)]
    other.client.post(form.action, [*values, ("_viec", "luu")], status=303)
    other.go(other.draft_url + "/giay-to")
    assert not other.page.html.select(".files__name")
