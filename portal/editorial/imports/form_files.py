"""A zip of original forms: looked into, matched by name; the rest is placed by hand."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.files import FileService
from content.procedures import form_files
from content.procedures.form_files import FormUpload, Outcome
from content.procedures.parts import FormFile
from content.text import clean
from portal.editorial.original_forms import MAX_FILE, REASONS, TYPES, kind_of
from portal.forms.sniffing import Refused, sniff
from portal.forms.uploads import clean_name
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/imports/form_files.jinja2"
UNPROCESSABLE = 422
NO_FILE = _("Ông/bà chưa chọn tệp .zip.")
NO_ZIP = _("Tệp này không phải tệp nén .zip; ông/bà nén các tệp mẫu thành một tệp .zip.")
#: Why a whole zip is not taken, and what helps.
WHOLE = {
    "file_bomb": _("Tệp nén bung ra quá lớn; ông/bà chia thành vài tệp nhỏ hơn."),
    "file_damaged": _("Tệp nén bị hỏng; ông/bà nén lại rồi gửi."),
    "file_encrypted": _("Tệp nén có mật khẩu; ông/bà nén lại, không đặt mật khẩu."),
    "file_bad_names": _(
        "Tệp nén có tên tệp trỏ ra ngoài thư mục, nên chưa nhận tệp nào; ông/bà đặt các tệp mẫu "
        "vào một thư mục rồi nén lại."
    ),
}
MAX_DIGITS = 18


@dataclass
class Taken:
    """What became of the files of a zip, by name."""

    placed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    refused: list[tuple[str, Any]] = field(default_factory=list)


@view_config(
    route_name="editorial.form_files",
    renderer=PAGE,
    permission=Permission.PROCEDURE_IMPORT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def page(request: Request) -> Any:
    """Upload, what waits, and the choice for each of it."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("viec"):
        return _decide(request)
    upload = request.POST.get("tep")
    source = upload.file if hasattr(upload, "file") else None
    problem = _whole(source)
    if problem is None:
        # First the files are taken in: the page lists what waits, these among it.
        taken = _take(request, source)
        return {**_page(request), "taken": taken}
    request.response.status_int = UNPROCESSABLE
    return {**_page(request), "problem": problem}


def _page(request: Request) -> dict[str, Any]:
    code = clean(str(request.GET.get("ma") or ""))[:20]
    known = form_files.forms(request.db, code) if code else []
    return {
        "waiting": form_files.waiting(request.db),
        "code": code,
        "forms": known,
        "taken": None,
        "problem": None,
    }


def _whole(source: Any) -> Any:
    """What is wrong with the zip itself."""
    if source is None:
        return NO_FILE
    size = source.seek(0, io.SEEK_END)
    if not size:
        return NO_FILE
    try:
        kind = sniff(source, size)
    except Refused as refused:
        return WHOLE.get(refused.code, NO_ZIP)
    return None if kind == "zip" else NO_ZIP


def _take(request: Request, source: Any) -> Taken:
    taken = Taken()
    files = request.service(FileService)
    known = form_files.forms(request.db)
    for name, data in _entries(source):
        try:
            kind = kind_of(name, data)
        except Refused as refused:
            taken.refused.append((name, REASONS[refused.code]))
            continue
        shown = clean_name(name)
        stored = files.keep(io.BytesIO(data), name=shown, media_type=TYPES[kind], now=request.now)
        outcome = form_files.receive(request.db, stored, name, known, now=request.now)
        {
            Outcome.PLACED: taken.placed,
            Outcome.SAME: taken.same,
            Outcome.WAITS: taken.waits,
        }[outcome].append(name)
    request.db.flush()  # the page lists what waits by its id
    return taken


def _entries(source: Any) -> Iterator[tuple[str, bytes]]:
    """The files of an archive that was looked into; folders and system files are left out."""
    with zipfile.ZipFile(source) as archive:
        for entry in archive.infolist():
            name = _name(entry)
            last = name.rsplit("/", 1)[-1]
            if entry.is_dir() or last.startswith(".") or name.startswith("__MACOSX/"):
                continue
            with archive.open(entry) as inside:
                yield name, inside.read(MAX_FILE + 1)


def _name(entry: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _decide(request: Request) -> Any:
    """A waiting file is placed at a form, or thrown away."""
    target = HTTPSeeOther(request.route_path("editorial.form_files"))
    upload = _row(request, FormUpload, request.POST.get("tep_cho"))
    if upload is None:
        return target
    if request.POST["viec"] == "bo":
        form_files.drop(request.db, upload)
        return target
    form = _row(request, FormFile, request.POST.get("mau"))
    if form is None:
        return target
    actor = request.identity.account_id
    form_files.choose(request.db, upload, form, actor_id=actor, now=request.now)
    return say(target, Notice.FORM_FILES_KEPT)


def _row(request: Request, cls: type[Any], number: object) -> Any:
    text = number if isinstance(number, str) else ""
    if not (text.isascii() and text.isdigit()) or len(text) > MAX_DIGITS:
        return None
    return request.db.get(cls, int(text))
