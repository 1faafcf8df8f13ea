"""Files in the browser: seen first, then taken in; differences decided; nothing public moves."""

import io
import json
import zipfile
from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.procedures.merging.models import Decision, ImportDifference, ImportRun, RunState
from content.procedures.merging.queue import working
from content.procedures.models import Procedure
from content.procedures.spreadsheets import read_book, write_book
from portal.cli.program import Program
from portal.cli.working import make_worker
from portal.editorial.imports import background
from tests.portal.editorial.imports.taking import BASE, CODE, record_of, take, upload
from tests.support.citizen import pdf
from tests.support.signing_in import editor
from tests.support.site import PortalClient, Site, write_ini


def test_a_changed_spreadsheet_is_shown_first_and_then_becomes_a_draft(site: Site) -> None:
    client = editor(site)
    book = client.get(f"{BASE}/thu-tuc.xlsx").body
    assert len(read_book(book).rows) > 100
    changed = record_of(site) | {"result": "Kết quả mới"}
    page = upload(client, "sua.xlsx", write_book([changed]), status=303).follow()
    assert "Kết quả mới" in page.text
    assert record_of(site)["result"] != "Kết quả mới"
    done = take(page)
    assert "Đã nhập xong" in done.text
    assert record_of(site)["result"] == "Kết quả mới"
    assert "Kết quả mới" not in site.client().get(f"/thu-tuc/{CODE}").text


def test_the_same_file_again_has_nothing_to_take(site: Site) -> None:
    client = editor(site)
    page = upload(client, "xuat.xlsx", write_book([record_of(site)])).follow()
    assert "không cần nhập" in page.text
    assert not [one for one in page.forms.values() if one.action.endswith("/ghi")]


def test_a_bad_file_is_named_row_by_row_and_nothing_is_written(site: Site) -> None:
    client = editor(site)
    bad = record_of(site) | {"fee": [{"amount": "tám nghìn"}]}
    page = upload(client, "hong.json", json.dumps([bad]).encode()).follow()
    assert "fee[0].amount" in page.text or "bản ghi 1" in page.text
    assert "chưa ghi gì" in page.text
    assert upload(client, "rong.json", b"", status=422).html.select_one("#tep[aria-invalid]")


def test_what_somebody_edited_after_the_look_is_not_overwritten(site: Site) -> None:
    client = editor(site)
    first = upload(client, "a.json", json.dumps([record_of(site) | {"result": "Một"}]).encode())
    second = upload(client, "b.json", json.dumps([record_of(site) | {"result": "Hai"}]).encode())
    shown = first.follow()
    take(second.follow())
    again = take(shown)
    assert "Có người vừa sửa" in again.text
    assert record_of(site)["result"] == "Hai"


def queue_of(site: Site, client: PortalClient, **changes: Any) -> Any:
    national = record_of(site) | changes
    page = upload(client, "quoc-gia.json", json.dumps([national]).encode(), "national").follow()
    take(page)
    return client.get(f"{BASE}/khac-biet")


def decide(page: Any, value: str) -> Any:
    form = next(one for one in page.forms.values() if "quyet" in one.fields)
    return form.submit("quyet", value=value, status=303).follow()


def test_differences_wait_and_are_accepted_or_refused_one_by_one(site: Site) -> None:
    client = editor(site)
    page = queue_of(site, client, result="Kết quả quốc gia", requirements="Yêu cầu quốc gia")
    with site.database.sessions() as session:
        rows = {row.part: row.id for row in session.scalars(select(ImportDifference))}
    assert set(rows) == {"result", "requirements"}
    page = decide(page, f"nhan:mot-{rows['result']}")
    page = decide(page, f"giu:mot-{rows['requirements']}")
    assert "Không có khác biệt nào đang chờ" in page.text
    now = record_of(site)
    assert now["result"] == "Kết quả quốc gia"
    assert now.get("requirements") != "Yêu cầu quốc gia"
    again = queue_of(site, client, result="Kết quả quốc gia", requirements="Yêu cầu quốc gia")
    assert "Không có khác biệt nào đang chờ" in again.text


def test_each_national_change_is_shown_before_it_is_confirmed(site: Site) -> None:
    client = editor(site)
    national = record_of(site)
    papers = [*national["dossier"], {"name": "Giấy mới", "originals": 1, "copies": 0}]
    changed = national | {"result": "Kết quả quốc gia", "dossier": papers}
    sent = upload(client, "quoc-gia.json", json.dumps([changed]).encode(), "national")
    page = sent.follow()
    lines = page.html.select(".import-changes > li")
    assert len(lines) == 1
    assert "2 chỗ chỉ bên kia đổi" in lines[0].find("p").get_text(" ", strip=True)
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in lines[0].select("tbody tr")
    ]
    assert rows == [
        ["Kết quả thực hiện", national["result"], "Kết quả quốc gia"],
        ["Giấy tờ “Giấy mới”", "(không có)", "tên: Giấy mới; số bản chính: 1; số bản sao: 0"],
    ]
    assert "2 chỗ chỉ bên kia đổi" in page.html.find("main").find("ul").get_text()


def test_all_of_a_part_are_decided_by_one_press(site: Site) -> None:
    client = editor(site)
    queue_of(site, client, result="Một", requirements="Hai")
    decide(client.get(f"{BASE}/khac-biet?phan=result"), "nhan:tat")
    with site.database.sessions() as session:
        states = {row.part: row.state for row in session.scalars(select(ImportDifference))}
    assert states == {"result": Decision.ACCEPTED, "requirements": Decision.OPEN}


def test_odd_decisions_change_nothing(site: Site) -> None:
    client = editor(site)
    page = queue_of(site, client, result="Một")
    for odd in ("", "nhan", "nhan:mot-999999", "xoa:tat", "nhan:thu-x", "nhan:mot-" + "9" * 40):
        page = decide(page, odd) if "quyet" in page.text else page
    with site.database.sessions() as session:
        assert session.scalars(select(ImportDifference)).one().state is Decision.OPEN


def test_a_large_file_is_read_and_taken_in_the_background(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr(background, "MAX_SHEET_AT_ONCE", 10)
    monkeypatch.setattr(background, "STEP", 1)
    client = editor(site)
    new = [record_of(site) | {"code": f"9.00000{n}", "name": f"Thủ tục {n}"} for n in range(3)]
    page = upload(client, "lon.xlsx", write_book(new)).follow()
    assert "chế độ nền" in page.text
    with Program(str(write_ini(site.folder))) as program:
        worker = make_worker(program)
        worker.drain()
        page = client.get(page.request.path)
        assert "thủ tục mới" in page.text
        take(page)
        worker.drain()
    with site.database.sessions() as session:
        run = session.scalars(select(ImportRun)).one()
        assert (run.state, run.done, run.report["result"]) == (RunState.DONE, 3, {"added": 3})


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
    return target.getvalue()


def send_zip(client: PortalClient, data: bytes, **more: Any) -> Any:
    form = next(
        one for one in client.get(f"{BASE}/tep-bieu-mau").forms.values() if "tep" in one.fields
    )
    form["tep"] = Upload("mau.zip", data)
    return form.submit(**more)


def form_of_sample(site: Site) -> tuple[str, dict[str, Any]]:
    with site.database.sessions() as session:
        for one in session.scalars(select(Procedure).where(Procedure.is_primary)):
            found = [form for form in working(one).get("forms") or () if form.get("file")]
            if one.code and len(found) == 1 and one.current_version and one.status.is_current:
                return one.code, found[0]
    raise AssertionError("no form in the sample")


def test_forms_are_matched_by_name_and_the_rest_waits(site: Site) -> None:
    client = editor(site)
    code, form = form_of_sample(site)
    stem = form["file"].rsplit(".", 1)[0]
    page = send_zip(
        client,
        zipped(
            **{
                f"{code} {stem}.pdf": pdf("mẫu"),
                "không rõ.pdf": pdf("khác"),
                "dối.docx": pdf("dối"),
                "lạ.exe": b"MZ123",
            }
        ),
    )
    text = " ".join(page.html.text.split())
    assert "Đã gắn (1)" in text
    assert "Chờ ông/bà chọn (1): không rõ.pdf" in text
    assert "Tệp chờ chọn biểu mẫu (1)" in text
    assert "dối.docx: nội dung không đúng với đuôi tệp" in text
    public = site.client().get(f"/thu-tuc/{code}")
    assert public.html.select_one('a[href*="/bieu-mau/"]')
    chosen = client.get(f"{BASE}/tep-bieu-mau?ma={code}")
    placing = next(one for one in chosen.forms.values() if "mau" in one.fields)
    assert "Đã gắn tệp" in placing.submit(status=303).follow().text


def test_bombs_and_climbing_names_are_refused(site: Site) -> None:
    client = editor(site)
    climbing = send_zip(client, zipped(**{"../a.pdf": pdf("a")}), status=422).text
    assert "trỏ ra ngoài" in climbing
    assert "nén lại" in climbing
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.pdf", b"%PDF-1.7" + b" " * 30_000_000)
    assert "quá lớn" in send_zip(client, bomb.getvalue(), status=422).text
    assert "không phải tệp nén" in send_zip(client, pdf("a"), status=422).text


def test_fees_of_many_are_shown_and_then_written(site: Site) -> None:
    client = editor(site)
    form = next(
        one for one in client.get(f"{BASE}/sua-hang-loat").forms.values() if "so" in one.fields
    )
    form["tu_khoa"], form["viec"], form["so"] = CODE, "limit_percent", "30"
    shown = form.submit()
    confirm = next(one for one in shown.forms.values() if one["dau"].value)
    assert "Đã ghi vào các bản nháp" in confirm.submit(status=303).follow().text
    assert record_of(site)["local_limit"]["value"] < record_of(site)["time_limit"]["value"]
    form["so"] = "95"
    assert "từ 1 đến 90" in form.submit(status=422).text


def test_strangers_neither_see_nor_send(site: Site) -> None:
    for path in ("", "/khac-biet", "/sua-hang-loat", "/tep-bieu-mau", "/thu-tuc.xlsx"):
        site.client().get(BASE + path, status=303)
        editor(site, "motcua@example.vn").get(BASE + path, status=403)
