"""Who sees which parts of a dossier.

TT 01/2018/TT-VPCP art. 16.2d: whoever has only the code sees the code and how far the work
is. Pages and API ask here instead of deciding themselves.
"""

from enum import StrEnum


class Viewer(StrEnum):
    """In what capacity somebody looks at a dossier from outside the authority."""

    ANONYMOUS = "anonymous"
    OWNER = "owner"


class Part(StrEnum):
    """The parts of a dossier that are shown or hidden as a whole."""

    CODE = "code"
    PROGRESS = "progress"
    STATUS = "status"
    HISTORY = "history"
    DEPARTMENT = "department"
    PAPERS = "papers"
    RESULT = "result"
    REQUIRED_PAPERS = "required_papers"
    NAME = "name"
    IDENTITY = "identity"
    ADDRESS = "address"
    PHONE = "phone"


_VISIBLE = {
    Viewer.ANONYMOUS: frozenset({Part.CODE, Part.PROGRESS}),
    Viewer.OWNER: frozenset(Part),
}


def visible_parts(viewer: Viewer) -> frozenset[Part]:
    """The parts a viewer may see; everything else must not leave the server."""
    return _VISIBLE[viewer]
