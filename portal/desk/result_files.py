"""Files of a result as they come: PDFs, each looked into before any of them is kept, and the
signatures inside them, shown to the officer before the result is written down.

What was shown is held in the store under a name nobody can guess and no row speaks of, so that
it need not be chosen again; the sweeper takes what was never used.
"""

import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyramid.request import Request
from sqlalchemy import select

from content.dossiers.models import MAX_FILE_NAME
from content.dossiers.result_models import ResultKind
from content.dossiers.results import MAX_FILES, NewFile
from content.dossiers.signed_files import FileSignature, against
from content.errors import Invalid
from content.files import FileService, StoredFile
from content.files.store import new_key
from content.signing.result_files import signatures_in
from content.text import clean
from portal import given_files
from portal.desk.saying_no import FIELDS
from portal.forms.accessible import AccessibleForm
from portal.signing_parts import trust

_QUESTION = "Tệp kết quả đã ký"
_KEY = re.compile(r"[0-9a-f]{32}")
_PDF = "application/pdf"
_HEAD = b"%PDF-"
#: Who may sign and the agency: fewer signatures are pointed out (NĐ 30/2020/NĐ-CP art. 5).
FEW = 2


@dataclass(frozen=True)
class Given:
    """The files of a form; ``is_new`` while nobody has seen what signatures they carry."""

    files: tuple[NewFile, ...]
    is_new: bool


def files_given(request: Request, form: AccessibleForm, name: str, kept: str) -> Given:
    """The PDFs that came under ``name``, else those held since the last time (``kept``), with
    their signatures. Raises ``FormInvalid`` with the reason of the first that cannot be taken."""
    found = given_files.files_given(request, form, name, _QUESTION, ("pdf",))
    came = [NewFile(one.source, one.name, one.media_type) for one in found]
    is_new = bool(came)
    files = came or _held(request, form, name, kept)
    return Given(tuple(_looked_into(request, form, name, one) for one in files), is_new)


def demand_usable(
    form: AccessibleForm,
    name: str,
    kind: ResultKind,
    files: Iterable[Sequence[FileSignature]],
) -> None:
    """Raises ``FormInvalid`` where a result of this kind must not have files with these
    signatures."""
    refused = against(kind, files)
    if refused is not None:
        raise form.refuse(FIELDS[refused], name)


def hold(request: Request, files: tuple[NewFile, ...]) -> str:
    """Put the bytes by; what the form carries to find them again."""
    store, held = request.service(FileService).store, []
    for one in files:
        key = new_key()
        one.source.seek(0)
        store.put(key, one.source)
        held.append([key, one.name])
    return json.dumps(held, ensure_ascii=False)


def _held(request: Request, form: AccessibleForm, name: str, kept: str) -> list[NewFile]:
    if not kept:
        return []
    files = request.service(FileService)
    found = []
    for key, called in _named(kept):
        # Only what this very form has put by: what a row speaks of is somebody's already.
        known = request.db.scalars(select(StoredFile.id).where(StoredFile.key == key)).first()
        try:
            with files.store.open(key) as source:
                content = source.read() if known is None else b""
        except FileNotFoundError:
            content = b""
        if not content.startswith(_HEAD):
            raise form.refuse(FIELDS["kept_file_gone"], name)
        found.append(NewFile(io.BytesIO(content), called, _PDF))
    if not found:
        raise form.refuse(FIELDS["kept_file_gone"], name)
    return found


def _named(kept: str) -> list[tuple[str, str]]:
    """Keys and names; nothing of what is of another shape."""
    try:
        pairs = [(str(key), clean(str(called))) for key, called in json.loads(kept)]
    except (ValueError, TypeError):
        return []
    fit = all(_KEY.fullmatch(key) and 0 < len(called) <= MAX_FILE_NAME for key, called in pairs)
    return pairs if fit and len(pairs) <= MAX_FILES else []


def _looked_into(request: Request, form: AccessibleForm, name: str, one: NewFile) -> NewFile:
    one.source.seek(0)
    try:
        signatures = signatures_found(request, one.source.read())
    except Invalid as refused:
        raise form.refuse(FIELDS[refused.problems["files"]], name) from None
    one.source.seek(0)
    return NewFile(one.source, one.name, one.media_type, signatures)


def signatures_found(request: Request, content: bytes) -> tuple[FileSignature, ...]:
    """The signatures of a PDF, as this installation believes them. Raises ``Invalid``
    (``files``) where they cannot be read."""
    return signatures_in(request.db, content, trust(request.settings.signing.trust_dir))
