"""The closed lists of the catalogue: levels, states, channels, units.

Values that appear in catalogue records (level, channel, service level, kind of fee)
are the Vietnamese words of the records themselves; all others are English codes
whose words are made in ``presentation.py``.
"""

from enum import IntFlag, StrEnum

from content.calendar.model import LimitUnit

__all__ = [
    "CURRENT",
    "LEVEL_BY_SLUG",
    "LEVEL_WORDS",
    "PUBLIC",
    "Audience",
    "Channel",
    "EntryKind",
    "FeeKind",
    "Filing",
    "Level",
    "LimitUnit",
    "ServiceLevel",
    "Status",
    "VersionState",
]


class Level(StrEnum):
    """Who carries the procedure out. Districts ended on 1/7/2025 (NĐ 118/2025)."""

    COMMUNE = "xã"
    DISTRICT = "huyện"
    PROVINCE = "tỉnh"
    OTHER = "cơ quan khác"

    @property
    def slug(self) -> str:
        """The word of the address: ``xa``, ``huyen``, ``tinh`` or ``khac``."""
        return _LEVEL_SLUGS[self]

    @property
    def rank(self) -> int:
        """Order in which one code at several levels is shown: communes first."""
        return _LEVEL_ORDER.index(self)


_LEVEL_SLUGS = {
    Level.COMMUNE: "xa",
    Level.DISTRICT: "huyen",
    Level.PROVINCE: "tinh",
    Level.OTHER: "khac",
}
_LEVEL_ORDER = [Level.COMMUNE, Level.PROVINCE, Level.OTHER, Level.DISTRICT]
LEVEL_BY_SLUG = {slug: level for level, slug in _LEVEL_SLUGS.items()}

#: Words allowed in ``levels`` of a record; ministries appear only there.
LEVEL_WORDS = ("bộ", "tỉnh", "huyện", "xã", "cơ quan khác")


class Status(StrEnum):
    """Standing of a procedure on one day; ``publishing.py`` alone writes it."""

    DRAFT = "draft"
    TO_VERIFY = "to_verify"
    HISTORICAL = "historical"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    ABOLISHED = "abolished"

    @property
    def is_current(self) -> bool:
        """Whether it belongs in the default listing."""
        return self in CURRENT


CURRENT = (Status.IN_FORCE, Status.TO_VERIFY)
PUBLIC = (*CURRENT, Status.NOT_YET, Status.HISTORICAL, Status.EXPIRED, Status.ABOLISHED)


class Filing(StrEnum):
    """Where a dossier is filed; this alone decides the button."""

    LOCAL = "local"
    NATIONAL = "national"
    COUNTER = "counter"
    NONE = "none"


class ServiceLevel(StrEnum):
    """Online levels since NĐ 42/2022; an unknown level is ``None``, never a guess."""

    FULL = "toàn trình"
    PARTIAL = "một phần"
    INFORMATION = "chỉ cung cấp thông tin"


class Channel(StrEnum):
    """How a dossier reaches the authority."""

    COUNTER = "trực tiếp"
    ONLINE = "trực tuyến"
    POST = "bưu chính"


class FeeKind(StrEnum):
    """The two kinds of Law 97/2015 on fees and charges."""

    CHARGE = "phí"
    DUTY = "lệ phí"


class VersionState(StrEnum):
    """Life of a version. ``collected`` is imported and readable, but adopted by nobody."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    COLLECTED = "collected"
    PUBLISHED = "published"

    @property
    def is_frozen(self) -> bool:
        """Whether people may have seen it, so that it may not change any more."""
        return self in {VersionState.COLLECTED, VersionState.PUBLISHED}


class EntryKind(StrEnum):
    """What a publication decision does to a procedure (NĐ 63/2010 art. 15)."""

    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    ABOLISHED = "abolished"

    @property
    def ends(self) -> bool:
        """Whether the procedure may no longer be filed afterwards."""
        return self in {EntryKind.REPLACED, EntryKind.ABOLISHED}


class Audience(IntFlag):
    """Groups of applicants, as people look for them; a procedure may serve several."""

    CITIZEN = 1
    BUSINESS = 2
    ORGANISATION = 4
    OFFICIAL = 8
    FOREIGNER = 16
