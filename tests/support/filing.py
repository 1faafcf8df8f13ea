"""Filled-in applications on a site's data, and browsers that are signed in, without the clicking.

For tests of what happens afterwards; the clicking itself is tested in the browser.
"""

import hashlib
import http.client
import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Delivery, Draft
from content.dossiers.papers import papers_to_give
from content.files import FileService
from content.files.store import FileStore
from content.people.models import Account
from content.people.service import PeopleService
from content.procedures.form_bindings import StoredForms
from content.procedures.models import Procedure
from portal.cli.program import Program
from portal.security.csrf import COOKIE, FIELD
from portal.security.policy import SIGN_IN_COOKIE
from portal.services import utc_now

PROCEDURE = "1.004222"
CASE = "Đăng ký thường trú vào chỗ ở hợp pháp do thuê, mượn, ở nhờ"
TOKEN = "b" * 40
ANSWERS = {
    "nguoi_ke_khai": {
        "nguoi_ke_khai_ho_ten": "Nguyễn Thị Mẫu",
        "nguoi_ke_khai_ngay_sinh": "1964-05-02",
        "nguoi_ke_khai_gioi_tinh": "Nữ",
        "nguoi_ke_khai_so_dinh_danh_ca_nhan": "001164012345",
        "nguoi_ke_khai_so_dien_thoai_lien_he": "0912345678",
    },
    "chu_ho": {
        "chu_ho_ho_ten": "Trần Văn Chủ",
        "chu_ho_quan_he": "Con",
        "chu_ho_so_dinh_danh_ca_nhan_cua_chu_ho": "001060012345",
    },
    "noi_dung": {
        "noi_dung_de_nghi": "Đăng ký thường trú vào nhà của con.",
        "noi_dung_thanh_vien": [],
    },
}


@dataclass(frozen=True)
class Filled:
    """A draft that only waits to be sent: its key, its answers' mark, its files' digests."""

    key: str
    mark: str
    digests: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/nop-ho-so/{PROCEDURE}/{self.key}"


@contextmanager
def program_of(folder: Path) -> Iterator[Program]:
    """What commands work with, on the site in ``folder``."""
    with Program(str(folder / "site.ini")) as program:
        yield program


def account_of(session: Session, email: str) -> Account:
    """A sample account."""
    return session.scalars(select(Account).where(Account.email == email)).one()


def sign_in(session: Session, email: str) -> dict[str, str]:
    """The cookies of a browser that has signed in."""
    people = PeopleService(session, None, utc_now())  # type: ignore[arg-type]
    token = people.start_session(account_of(session, email), user_agent="test")
    return {SIGN_IN_COOKIE: token, COOKIE: TOKEN}


def fill_in(session: Session, store: FileStore, email: str, *, size: int = 20_000) -> Filled:
    """A draft of CT01 with everything it needs and two files of random bytes."""
    procedure = session.scalars(select(Procedure).where(Procedure.code == PROCEDURE)).one()
    forms = StoredForms(session)
    drafts = DraftService(session, FileService(session, store), utc_now(), forms)
    draft = drafts.begin(procedure, Holder(account_id=account_of(session, email).id), case=CASE)
    agency = session.scalars(select(Agency).where(Agency.code == "H99.21")).one()
    drafts.choose(draft, case=CASE, agency_id=agency.id, delivery=Delivery.COUNTER)
    mark = secrets.token_hex(8)
    for section, answers in ANSWERS.items():
        drafts.keep(draft, section, answers)
    drafts.keep(draft, "y_kien", {"y_kien_cua_chu_ho": mark})
    digests = tuple(_attach_all(drafts, draft, size))
    return Filled(draft.key, mark, digests)


def _attach_all(drafts: DraftService, draft: Draft, size: int) -> Iterator[str]:
    for paper in papers_to_give(draft.version, draft.case, drafts.definition(draft)):
        if paper.answered_by is None:
            body = b"%PDF-1.4\n" + secrets.token_bytes(size)
            name = f"{paper.slot.replace(':', '-')}.pdf"
            drafts.attach(
                draft, io.BytesIO(body), name=name, media_type="application/pdf", slot=paper.slot
            )
            yield hashlib.sha256(body).hexdigest()


@dataclass(frozen=True)
class Answered:
    """What came back: the status and where it leads."""

    status: int
    location: str
    body: str


def ask(
    port: int,
    method: str,
    path: str,
    cookies: dict[str, str],
    fields: dict[str, str] | None = None,
    timeout: float = 30,
) -> Answered:
    """One request on a connection of its own, not followed further."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    body = None
    if fields is not None:
        body = urlencode(fields | {FIELD: TOKEN})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        return Answered(response.status, response.headers.get("Location", ""), text)
    finally:
        connection.close()


def send(port: int, draft: Filled, cookies: dict[str, str]) -> Answered:
    """Press "Gửi hồ sơ"."""
    fields = {"declared": "true", "_viec": "gui"}
    return ask(port, "POST", f"{draft.path}/gui", cookies, fields)
