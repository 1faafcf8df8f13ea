"""After the upload: the encoding that takes long to make and little to send (AVIF).

Run by the worker. No transaction is open while a picture is encoded. A picture replaced
or deleted meanwhile is left alone; run twice, the second time changes nothing.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from content.files import FileService, FileStore
from content.media.imaging import LATER, encoded
from content.media.kinds import Format
from content.media.models import Medium
from content.media.service import MediaService, copy_of

Opens = Callable[[], AbstractContextManager[Session]]


def make_smaller(
    reading: Opens, writing: Opens, store: FileStore, now: datetime, medium_id: int, digest: str
) -> int:
    """Add the missing sizes of the picture with this digest; returns how many."""
    with TemporaryDirectory(prefix="anh-") as name:
        with reading() as session:
            medium = _waiting(session, medium_id, digest)
            if medium is None:
                return 0
            source = copy_of(FileService(session, store), medium, Path(name))
        with encoded(source, LATER) as made, writing() as session:
            medium = _waiting(session, medium_id, digest)
            if medium is None:
                return 0
            service = MediaService(session, FileService(session, store), now)
            rows = list(service.kept_sizes(made.sizes))
            medium.renditions.extend(rows)
            return len(rows)


def _waiting(session: Session, medium_id: int, digest: str) -> Medium | None:
    medium = session.get(Medium, medium_id)
    if medium is None or medium.digest != digest or medium.deleted_at is not None:
        return None
    has_it = any(one.format is Format.AVIF for one in medium.renditions)
    return None if has_it else medium
