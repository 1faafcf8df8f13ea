"""What the tests of decisions share: whole drafts to publish, and editors at a browser."""

from datetime import date
from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.procedures import editing
from content.procedures.kinds import Level
from content.procedures.models import Procedure
from tests.support.citizen import pdf
from tests.support.officer import Officer
from tests.support.site import Site

WRITER = "bientap@example.vn"
CHIEF = "truongbientap@example.vn"
AMENDED = ("1.001193", "1.004873", "2.000635")
ABOLISHED = "1.000894"
#: What some records of the sample lack, and a decision asks for.
WHOLE: dict[str, Any] = {
    "steps": ["Nộp hồ sơ tại bộ phận một cửa.", "Nhận kết quả theo giấy hẹn."],
    "sets": 1,
    "channels": ["trực tiếp"],
    "applicants": ["Công dân Việt Nam"],
    "time_limit": {"value": 3, "unit": "ngày làm việc", "text": None},
    "dossier": [{"name": "Tờ khai", "originals": 1, "copies": 0, "form_name": None, "case": None}],
    "legal_bases": [{"number": "60/2014/QH13", "date": "2014-11-20"}],
}


def draft(site: Site, code: str, **fields: Any) -> None:
    """A whole draft of an amendment of a commune's procedure."""
    with site.database.writing_sessions.begin() as session:
        query = select(Procedure).where(Procedure.code == code, Procedure.level == Level.COMMUNE)
        procedure = session.scalars(query).one()
        version = editing.open_draft(procedure, now=site.clock())
        given = {name: value for name, value in WHOLE.items() if not version.document.get(name)}
        result = {"result": f"Kết quả mới của {code}"}
        for name, value in {**given, **result, **fields}.items():
            editing.set_field(version, name, value)


def begin(editor: Officer, number: str = "125/QĐ-UBND", **fields: str) -> Any:
    """Fill in the heading of a decision and save it."""
    editor.go("/bien-tap/quyet-dinh/moi")
    form = editor.page.forms["f"]
    given = {"number": number, "signed_on": "20/11/2026", "effective_on": "24/11/2026", **fields}
    for name, value in given.items():
        form[name] = value
    editor.page = form.submit("gui", status="*")
    if editor.page.status_int == 303:
        editor.page = editor.page.follow()
    return editor.page


def add(editor: Officer, code: str, kind: str, **fields: str) -> Any:
    """Add a procedure by its code."""
    here = editor.page
    editor.page = here.click("Thêm thủ tục theo mã")
    form = editor.page.forms["f"]
    for name, value in {"code": code, "kind": kind, "level": "xã", **fields}.items():
        form[name] = value
    editor.page = form.submit("gui", status="*")
    if editor.page.status_int == 303:
        editor.page = editor.page.follow()
    return editor.page


def upload(editor: Officer, name: str = "quyết định.pdf", content: bytes | None = None) -> Any:
    """Send the signed paper."""
    form = editor.form("/tep")
    form["tep"] = Upload(name, content or pdf("quyết định"))
    editor.page = form.submit(status="*")
    if editor.page.status_int == 303:
        editor.page = editor.page.follow()
    return editor.page


def press(editor: Officer, ending: str) -> Any:
    """Press the button whose form goes there, and follow."""
    editor.page = editor.form(ending).submit(status="*").maybe_follow()
    return editor.page


def whole_decision(site: Site, editor: Officer) -> None:
    """A decision that amends three procedures and abolishes one, ready to be published."""
    for code in AMENDED:
        draft(site, code)
    begin(editor)
    for code in AMENDED:
        add(editor, code, "amended")
    add(editor, ABOLISHED, "abolished")
    upload(editor)


def day(text: str) -> date:
    """A day in ISO form."""
    return date.fromisoformat(text)
