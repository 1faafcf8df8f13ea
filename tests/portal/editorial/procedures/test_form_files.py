"""The file of one form: drafted, guarded, kept with its form, published with the draft."""

import io
from datetime import date
from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.files import DiskStore, FileService
from content.files.model import StoredFile
from content.procedures import publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.discarded import DiscardedDraft
from content.procedures.drafting import DraftService, draft_of
from content.procedures.form_files import receive
from content.procedures.models import Procedure
from content.procedures.publishing import Publication
from content.writing.trash import restore
from tests.portal.editorial.procedures.conftest import Editor, id_of
from tests.portal.editorial.procedures.documents import draft_document
from tests.support.citizen import pdf
from tests.support.site import Site


def send(editor: Editor, name: str, data: bytes, status: int = 303) -> Any:
    """Upload a file on the page of one form."""
    form = next(one for one in editor.page.forms.values() if "tep" in one.fields)
    form["tep"] = Upload(name, data)
    sent = form.submit(status=status)
    editor.page = sent.follow() if status == 303 else sent
    return editor.page


def test_the_file_of_one_form_is_drafted_follows_its_form_and_is_published(
    site: Site, editor: Editor, chief: Editor
) -> None:
    ct01 = id_of(site, "1.004222")
    editor.open_draft(ct01)
    editor.section(ct01, "bieu-mau")
    names = [one["for"] for one in draft_document(site, ct01)["forms"]]
    link = editor.page.html.select("#tep-mau a.btn")[0]["href"]
    editor.go(link)
    chief.go(link)
    for name, data, words in (
        ("mẫu.exe", b"MZ\x90\x00", "không rõ là tệp gì"),
        ("mẫu.docx", pdf("dối"), "nội dung không đúng với đuôi tệp"),
        ("mẫu.pdf", pdf("to", size=(20 << 20) + 1), "Không nhận tệp này: lớn hơn 20 MB"),
        ("mẫu.pdf", b"", "tệp không có gì"),
    ):
        assert words in send(editor, name, data, 422).text
    assert "Đã ghi vào bản nháp" in send(editor, "tờ khai.pdf", pdf("một")).text
    assert "tờ khai.pdf" in editor.page.html.select_one("#tep-mau").get_text()
    # The other saw the form without a file: told who, and nothing replaced.
    told = send(chief, "khác.pdf", pdf("khác"), 409)
    assert "Bùi Thị Biên vừa đổi tệp của mẫu này" in told.text
    assert "tờ khai.pdf" in told.text
    send(chief, "tờ khai 2.pdf", pdf("hai"))
    assert file_names(site) == ["tờ khai 2.pdf"]

    _renamed(site, editor, ct01, names[0])
    _thrown_away_and_had_back(site, editor, ct01)
    _taken_away_and_another_chosen(site, editor, ct01)
    publish_all(site, ct01)
    page = site.client().get("/thu-tuc/1.004222")
    assert page.click(href="/bieu-mau/").body == pdf("chờ")


def _renamed(site: Site, editor: Editor, ct01: int, old: str) -> None:
    # Another name of the form: the file goes along.
    editor.section(ct01, "bieu-mau")
    editor.form()["forms.0.for"] = "Tờ khai đăng ký khai sinh (mẫu mới)"
    editor.save()
    shown = editor.section(ct01, "bieu-mau").html.select_one("#tep-mau").get_text(" ")
    assert "(mẫu mới)" in shown
    assert "tờ khai 2.pdf" in shown
    assert old not in shown
    got = editor.client.get(editor.page.html.select_one("#tep-mau li p a")["href"])
    assert got.body == pdf("hai")
    assert "/bieu-mau/" not in site.client().get("/thu-tuc/1.004222").text


def _thrown_away_and_had_back(site: Site, editor: Editor, ct01: int) -> None:
    # Thrown away and had back: the file too.
    with site.database.writing_sessions.begin() as session:
        service = DraftService(session, site.clock(), None)
        service.discard(draft_of(session.get_one(Procedure, ct01)))
        session.flush()
        thrown = session.scalars(select(DiscardedDraft)).one()
        restore(session, thrown, None, site.clock())
    assert "tờ khai 2.pdf" in editor.section(ct01, "bieu-mau").text


def _taken_away_and_another_chosen(site: Site, editor: Editor, ct01: int) -> None:
    # Taken away again, then one of those that wait.
    editor.go(editor.page.html.select("#tep-mau a.btn")[0]["href"])
    acts = [one for one in editor.page.forms.values() if "viec" in one.fields]
    drop = next(one for one in acts if one["viec"].value == "bo")
    editor.page = drop.submit(status=303).follow()
    assert file_names(site) == []
    wait_for_choice(site)
    editor.go(editor.page.html.select("#tep-mau a.btn")[0]["href"])
    form = next(one for one in editor.page.forms.values() if "tep_cho" in one.fields)
    editor.page = form.submit(status=303).follow()
    assert "đang chờ.pdf" in editor.page.html.select_one("#tep-mau").get_text()


def file_names(site: Site) -> list[str]:
    with site.database.sessions() as session:
        return list(session.scalars(select(StoredFile.name)))


def wait_for_choice(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        files = FileService(session, DiskStore(site.folder / "files"))
        stored = files.keep(
            io.BytesIO(pdf("chờ")),
            name="đang chờ.pdf",
            media_type="application/pdf",
            now=site.clock(),
        )
        receive(session, stored, "đang chờ.pdf", [], now=site.clock())


def publish_all(site: Site, procedure_id: int) -> None:
    with site.database.writing_sessions.begin() as session:
        version = draft_of(session.get_one(Procedure, procedure_id))
        assert version is not None
        publishing.submit(version)
        decision = PublicationDecision(
            number="9/QĐ-UBND", signed_on=date(2026, 11, 20), agency="UBND", is_sample=True
        )
        publishing.publish(session, decision, [Publication(version)], now=site.clock())
