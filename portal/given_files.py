"""Files that come with a form: each looked into before any of them is kept."""

from dataclasses import dataclass, field
from typing import BinaryIO

from pyramid.request import Request

from content.dossiers.conversation import GivenFile
from content.procedures.forms import Kind, Limits, Problem, Question
from portal.forms.accessible import AccessibleForm
from portal.forms.messages import message
from portal.forms.sniffing import Refused
from portal.forms.uploads import StoredUpload, Uploads, new_token


@dataclass
class _Looked:
    """What was looked into, in its order; see ``UploadStore``."""

    found: list[GivenFile] = field(default_factory=list)

    def put(
        self,
        owner: str,
        source: BinaryIO,
        *,
        name: str,
        size: int,
        media_type: str,
        digest: str,
    ) -> StoredUpload:
        self.found.append(GivenFile(source, name, media_type))
        return StoredUpload(new_token(), name, size, media_type, digest)

    def get(self, owner: str, token: str) -> StoredUpload | None:
        return None

    def drop(self, owner: str, token: str) -> None:
        return None


def files_given(
    request: Request, form: AccessibleForm, name: str, words: str, types: tuple[str, ...]
) -> tuple[GivenFile, ...]:
    """The files that came under ``name``, of these types. Raises ``FormInvalid`` with the
    reason of the first one that cannot be taken; ``words`` is what they are called."""
    looked = _Looked()
    uploads = Uploads(looked, owner=name)
    limits = Limits(max_bytes=request.settings.limits.file, file_types=types)
    question = Question(name, Kind.FILE, words, limits=limits)
    total = 0
    for given in (one for one in request.POST.getall(name) if getattr(one, "filename", "")):
        try:
            kept = uploads.receive(given.filename, given.file, limits, already=total)
        except Refused as refused:
            problem = Problem((name,), refused.code, refused.data)
            raise form.refuse(message(problem, question), name) from None
        total += kept.size
    return tuple(looked.found)
