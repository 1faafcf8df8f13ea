"""After the upload: the encoding that takes long to make and little to send (AVIF).

Run by the worker. A picture replaced or deleted meanwhile is left alone; run twice, the
second time changes nothing.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from content.media.imaging import LATER, encoded
from content.media.kinds import Format
from content.media.models import Medium
from content.media.service import MediaService, copy_of


def make_smaller(session: Session, service: MediaService, medium_id: int, digest: str) -> int:
    """Add the missing sizes; returns how many."""
    medium = session.get(Medium, medium_id)
    if medium is None or medium.digest != digest or medium.deleted_at is not None:
        return 0
    if any(one.format is Format.AVIF for one in medium.renditions):
        return 0
    with TemporaryDirectory(prefix="anh-") as name:
        source = copy_of(service.files, medium, Path(name))
        with encoded(source, LATER) as made:
            rows = list(service.kept_sizes(made.sizes))
    medium.renditions.extend(rows)
    return len(rows)
