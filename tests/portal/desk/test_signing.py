"""Signing at the desk: download and upload, hand-off to a program, the seal, the public page."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from webtest import Upload

from content import audit
from content.dossiers.states import Status
from content.people.models import Account, Membership
from content.people.roles import Role
from content.seed.month.invented import a_page
from content.signing.models import Certificate, SignedVersion, SigningTask
from content.signing.pades import Pkcs12Key
from portal.signing_settings import Signing
from tests.content.letters.reading import reader
from tests.content.signing.making import PASSPHRASE, Authority, authority, by_hand, pair
from tests.content.signing.pictures import seal
from tests.portal.desk.closing import CITIZEN, CLERK, fill, result_form, send
from tests.support.clock import StoppedClock
from tests.support.dossiers import accept, file_all, stored
from tests.support.handling import in_progress, opened
from tests.support.officer import Officer
from tests.support.site import Site, open_site


@pytest.fixture(scope="module")
def ca() -> Authority:
    return authority(StoppedClock()())


@pytest.fixture(scope="module")
def signing_site(sample: Path, tmp_path_factory: pytest.TempPathFactory, ca: Authority):
    """A site that trusts one authority, has a seal and a signing program."""
    folder = tmp_path_factory.mktemp("signing")
    trust = folder / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes(ca.root.pem)
    (folder / "seal.p12").write_bytes(ca.seal.pkcs12(ca.root))
    (folder / "seal.png").write_bytes(seal())
    chosen = Signing(
        trust_dir=str(trust),
        seal_file=str(folder / "seal.p12"),
        seal_passphrase=PASSPHRASE,
        seal_picture=str(folder / "seal.png"),
        local_scheme="kyso",
    )
    with open_site(sample, folder / "site", StoppedClock(), signing=chosen) as site:
        with site.database.writing_sessions.begin() as session:
            clerk = session.scalars(
                select(Account).where(Account.email == "motcua@example.vn")
            ).one()
            posts = [one.agency_id for one in clerk.memberships]
            clerk.memberships += [Membership(agency_id=one, role=Role.CLERK) for one in posts[:1]]
        yield site


def begun(site: Site) -> tuple[Officer, str, bytes]:
    """An accepted dossier, its receipt slip open for signing, and the bytes to sign."""
    code = file_all(site)[0]
    accept(site, code)
    officer = Officer(site)
    address = f"/can-bo/ho-so/{code}/giay-tiep-nhan/ky-so"
    officer.go(address)
    link = officer.page.html.select_one("a[href$='/ky-so/tep']")
    return officer, address, officer.client.get(link["href"]).body


def upload(officer: Officer, content: bytes, **options):
    form = officer.form("/ky-so")
    form["tep"] = Upload("da-ky.pdf", content, "application/pdf")
    return form.submit(**options)


def test_a_paper_goes_out_comes_back_signed_and_anybody_can_check_it(
    signing_site: Site, ca: Authority
) -> None:
    officer, address, content = begun(signing_site)
    whole = by_hand(content, ca.leader, signing_site.clock())
    page = upload(officer, whole, status=303).follow()
    assert "Đã ký số: Hoàng Văn Lãnh" in page.html.get_text(" ", strip=True)
    again = officer.client.get(address.removesuffix("/ky-so") + ".pdf").body
    assert again == whole
    public = signing_site.client()
    checking = public.get("/kiem-tra-van-ban").forms
    form = next(one for one in checking.values() if one.method.lower() == "post")
    form["tep"] = Upload("a.pdf", whole, "application/pdf")
    told = form.submit().html.select_one("main").get_text(" ", strip=True)
    assert "nội dung không bị thay đổi" in told
    assert "Hoàng Văn Lãnh" in told
    assert "Nguyễn Thị Mẫu" not in told
    form["tep"] = Upload("a.pdf", content, "application/pdf")
    assert "đã có bản được ký sau bản này" in form.submit().text
    form["tep"] = Upload("a.pdf", whole + b" ", "application/pdf")
    assert "hoặc đã bị thay đổi" in form.submit().text
    form["tep"] = Upload("a.txt", b"abc", "text/plain")
    assert "Chỉ kiểm tra được tệp PDF" in form.submit(status=422).text


class Slow:
    """A key whose owner takes so long that a colleague's work comes between."""

    def __init__(self, key: Pkcs12Key, meanwhile: Callable[[], object]) -> None:
        self.key, self.meanwhile = key, meanwhile

    def signer(self) -> Any:
        self.meanwhile()
        return self.key.signer()


def test_a_key_far_away_holds_up_nobody(
    signing_site: Site, ca: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, address, _content = begun(signing_site)
    seals = Pkcs12Key(ca.seal.pkcs12(ca.root), PASSPHRASE)

    def written() -> None:
        with signing_site.database.writing_sessions.begin() as session:
            audit.record(
                session, now=signing_site.clock(), actor_id=None, action="test", subject="x:1"
            )

    monkeypatch.setattr("portal.desk.signing.seal_key", lambda _: Slow(seals, written))
    page = officer.form("/ky-so/dong-dau").submit(status=303).follow()
    assert "Ủy ban nhân dân xã Mẫu" in page.html.get_text(" ", strip=True)
    # Somebody's own signature comes meanwhile: the seal stood on the document before.
    officer.go(address)
    handed = officer.client.get(f"{address}/tep").body
    theirs = by_hand(handed, ca.leader, signing_site.clock())
    other = Officer(signing_site)
    other.go(address)
    monkeypatch.setattr(
        "portal.desk.signing.seal_key",
        lambda _: Slow(seals, lambda: upload(other, theirs, status=303)),
    )
    officer.form("/ky-so/dong-dau").submit(status=409)
    assert officer.client.get(address.removesuffix("/ky-so") + ".pdf").body == theirs


def test_by_the_code_in_the_qr_and_by_a_wrong_one(signing_site: Site) -> None:
    _, _, content = begun(signing_site)
    links = [
        note.get_object()["/A"]["/URI"]
        for page in reader(content).pages
        for note in page.get("/Annots", [])
    ]
    address = next(str(one) for one in links if "kiem-tra-van-ban" in str(one))
    path = address.removeprefix(signing_site.settings.site.base_url)
    public = signing_site.client()
    told = public.get(path).html.select_one("main").get_text(" ", strip=True)
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in told
    assert "Nguyễn Thị Mẫu" not in told
    public.get("/kiem-tra-van-ban?ma=AAAA-BBBB-CCCC", status=404)
    public.get("/kiem-tra-van-ban?ma=%3Cscript%3E", status=404)


def test_a_changed_document_is_refused_with_what_was_found(
    signing_site: Site, ca: Authority
) -> None:
    officer, address, content = begun(signing_site)
    other = by_hand(content.replace(b"%PDF-1.7", b"%PDF-1.6", 1), ca.leader, signing_site.clock())
    page = upload(officer, other, status=422)
    assert "không phải văn bản đã giao ký" in page.text
    officer.go(address)
    now = signing_site.clock()
    stranger = pair("Người lạ", now - timedelta(1), now + timedelta(1))
    page = upload(officer, by_hand(content, stranger, signing_site.clock()), status=422)
    assert "không thuộc tổ chức chứng thực mà cổng tin cậy" in page.text
    assert "Văn bản đang lưu vẫn như trước" in page.text
    with signing_site.database.sessions() as session:
        subjects = session.scalars(select(SigningTask.subject)).all()
        kept = session.scalars(select(SignedVersion)).all()
        assert len(subjects) == len({one.task_id for one in kept})
    officer.go(address)
    assert "Ông/bà chưa chọn tệp" in officer.form("/ky-so").submit(status=422).text


def test_a_program_fetches_signs_and_returns_it_once(signing_site: Site, ca: Authority) -> None:
    officer, _, content = begun(signing_site)
    page = officer.form("/ky-so/tren-may").submit()
    link = page.html.select_one("a[href^='kyso:']")["href"]
    base = signing_site.settings.site.base_url
    program = signing_site.client()
    job = program.get(link.removeprefix(f"kyso:{base}")).json
    assert job["signer"] == "Trần Văn Một"
    document = job["document"].removeprefix(base)
    assert program.get(document).body == content
    refused = program.post(document, content, status=422, content_type="application/pdf").json
    assert refused["codes"] == ["no_new_signature"]
    whole = by_hand(content, ca.leader, signing_site.clock())
    told = program.post(document, whole, content_type="application/pdf").json
    assert told["signer"] == "Hoàng Văn Lãnh"
    program.post(document, whole, status=404, content_type="application/pdf")
    program.get("/ky-so/khong-co", status=404)


def test_the_clerk_puts_the_seal_on(signing_site: Site) -> None:
    officer, _, _ = begun(signing_site)
    page = officer.form("/ky-so/dong-dau").submit(status=303).follow()
    assert "Ủy ban nhân dân xã Mẫu" in page.html.get_text(" ", strip=True)
    other = Officer(signing_site, "congdan@example.vn")
    other.client.get(officer.page.request.path, status=403)


def test_certificates_are_entered_and_revoked_by_the_administrator(
    signing_site: Site, ca: Authority
) -> None:
    administrator = Officer(signing_site, "quantri@example.vn")
    administrator.go("/bien-tap/chung-thu-so/moi")
    form = administrator.form("/moi")
    assert "Ông/bà chưa chọn tệp chứng thư." in form.submit(status=422).text
    form["tep"] = Upload("ca.cer", ca.other.der, "application/x-x509-ca-cert")
    form["co_quan"] = form["co_quan"].options[1][0]
    page = form.submit(status=303).follow()
    assert "Lê Thị Khác" in page.text
    assert "1 cơ quan, đơn vị có con dấu số; 0 người có chữ ký số cá nhân" in page.text
    rows = CalamineWorkbook.from_filelike(io.BytesIO(page.click("XLSX").body))
    *_above, line = rows.get_sheet_by_index(0).to_python()
    assert line[1:3] == ["Con dấu của cơ quan", "Lê Thị Khác"]
    administrator.page = page
    administrator.page = administrator.form("/thu-hoi").submit(status=303).follow()
    assert "0 cơ quan, đơn vị có con dấu số" in administrator.text
    with signing_site.database.sessions() as session:
        assert session.scalars(select(Certificate)).one().revoked_at == signing_site.clock()
    Officer(signing_site).client.get("/bien-tap/chung-thu-so", status=403)


def test_the_signatures_of_a_result_are_seen_before_and_after(
    signing_site: Site, ca: Authority
) -> None:
    site, page = signing_site, a_page("Ket qua")
    code = in_progress(site)
    clerk = Officer(site, CLERK)
    good = by_hand(by_hand(page, ca.leader, site.clock()), ca.seal, site.clock(), "dau")
    result_form(clerk, code, kind="electronic")
    for body, words in (
        (page, "Kết quả chỉ có bản điện tử thì mọi tệp phải được ký số"),
        (good.replace(b"(Ket qua)", b"(Ket Qua)"), "Tệp đã bị thay đổi sau khi ký số"),
    ):
        fill(clerk, files=[Upload("kq.pdf", body, "application/pdf")])
        send(clerk, status=422)
        assert words in clerk.text
        assert stored(site, code).status is Status.IN_PROGRESS
    fill(clerk, files=[Upload("kq.pdf", good, "application/pdf")])
    send(clerk, status=200)
    assert stored(site, code).status is Status.IN_PROGRESS, "seen first"
    assert "Chưa ghi: ông/bà xem chữ ký trong tệp trước" in clerk.text
    told = "Ủy ban nhân dân xã Mẫu ký số lúc"
    whole, believed = "Nội dung còn nguyên như lúc ký.", "được tổ chức chứng thực tin cậy xác nhận"
    for words in (told, whole, believed):
        assert words in clerk.text
    again = clerk.page.forms["f"]
    held = again["kept"].value
    again["kept"] = held.replace(held[3:7], "ffff")
    refused = again.submit("gui", status=422)
    assert "không còn được giữ" in refused.text
    again["kept"] = held
    send(clerk)
    assert "Đã ghi kết quả" in clerk.page.text
    assert told in clerk.text
    link = clerk.page.html.select_one("main a[href*='/ket-qua/']")["href"]
    assert clerk.client.get(link).body == good, "byte for byte"
    with opened(site, code) as (_session, dossier):
        dossier.status = Status.RETURNED
    owner = Officer(site, CITIZEN)
    owner.go(f"/tai-khoan/ho-so/{code}")
    assert told in owner.text
    everybody = site.client()
    checking = everybody.get("/kiem-tra-van-ban").forms
    form = next(one for one in checking.values() if one.method.lower() == "post")
    form["tep"] = Upload("kq.pdf", good, "application/pdf")
    answer = form.submit().html.get_text(" ", strip=True)
    for words in ("Đúng là kết quả do cơ quan trả", "Ủy ban nhân dân xã Mẫu", believed):
        assert words in answer
