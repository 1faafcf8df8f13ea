"""Where uploads of a draft go: the draft's own files, known by their tokens.

``AnswerUploads`` keeps at once what answers a question. ``PaperUploads`` waits until it is
known which paper a file belongs to; ``DeskUploads`` keeps at once and is told afterwards.
Shared by the citizen's journey and the counter.
"""

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from content.dossiers.drafts import DraftService
from content.dossiers.models import Attachment, Draft
from content.dossiers.papers import ANSWERS_SLOT
from content.errors import TooMany
from portal.forms.sniffing import Refused
from portal.forms.uploads import StoredUpload, new_token


def as_upload(attachment: Attachment) -> StoredUpload:
    """A kept file as an answer remembers it."""
    file = attachment.file
    return StoredUpload(attachment.token, attachment.name, file.size, file.media_type, file.sha256)


def attach(
    drafts: DraftService, draft: Draft, source: BinaryIO, *, name: str, media_type: str, slot: str
) -> Attachment:
    """Keep a file. Raises ``Refused`` beyond the limits of the draft."""
    try:
        return drafts.attach(draft, source, name=name, media_type=media_type, slot=slot)
    except TooMany as refused:
        raise Refused(refused.code, **{"name": name, **refused.data}) from None


@dataclass(frozen=True, slots=True)
class AnswerUploads:
    """Files that answer questions of the form. The owner is the draft, whatever is said."""

    drafts: DraftService
    draft: Draft

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
        """See ``UploadStore``."""
        kept = attach(
            self.drafts, self.draft, source, name=name, media_type=media_type, slot=ANSWERS_SLOT
        )
        return as_upload(kept)

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """See ``UploadStore``."""
        found = self.drafts.attachment(self.draft, token)
        return as_upload(found) if found is not None and found.slot == ANSWERS_SLOT else None

    def drop(self, owner: str, token: str) -> None:
        """See ``UploadStore``."""
        self.drafts.detach(self.draft, token)


@dataclass(slots=True)
class PaperUploads:
    """Files for papers: those kept before, and those that came with this very request."""

    drafts: DraftService
    draft: Draft
    waiting: dict[str, tuple[BinaryIO, StoredUpload]] = field(default_factory=dict)

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
        """See ``UploadStore``."""
        upload = StoredUpload(new_token(), name, size, media_type, digest)
        self.waiting[upload.token] = (source, upload)
        return upload

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """See ``UploadStore``."""
        found = self.drafts.attachment(self.draft, token)
        return as_upload(found) if found is not None else None

    def drop(self, owner: str, token: str) -> None:
        """See ``UploadStore``."""
        if self.waiting.pop(token, None) is None:
            self.drafts.detach(self.draft, token)

    def assign(self, slot: str, answer: list[dict[str, Any]]) -> list[Refused]:
        """Keep what came for a paper; returns why a file could not be kept."""
        refused = []
        for one in answer:
            source, upload = self.waiting.pop(one["token"], (None, None))
            if source is None or upload is None:
                continue
            try:
                attach(
                    self.drafts,
                    self.draft,
                    source,
                    name=upload.name,
                    media_type=upload.type,
                    slot=slot,
                )
            except Refused as reason:
                refused.append(reason)
        return refused


@dataclass(frozen=True, slots=True)
class DeskUploads(AnswerUploads):
    """Files of answers and of papers on one page: kept as answers, then given to papers."""

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """See ``UploadStore``."""
        found = self.drafts.attachment(self.draft, token)
        return as_upload(found) if found is not None else None

    def assign(self, slot: str, answer: list[dict[str, Any]]) -> None:
        """These files are those of a paper."""
        for one in answer:
            found = self.drafts.attachment(self.draft, one["token"])
            if found is not None and found.slot != slot:
                found.slot = slot
