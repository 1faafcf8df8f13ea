"""Kinds of legal documents, and whether one is in force on a day."""

from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is (Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, art. 4,
    and administrative documents that people ask for)."""

    LAW = "luat"
    ORDINANCE = "phap-lenh"
    DECREE = "nghi-dinh"
    RESOLUTION = "nghi-quyet"
    DECISION = "quyet-dinh"
    CIRCULAR = "thong-tu"
    JOINT_CIRCULAR = "thong-tu-lien-tich"
    DIRECTIVE = "chi-thi"
    PLAN = "ke-hoach"
    NOTICE = "thong-bao"
    LETTER = "cong-van"
    OTHER = "khac"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    DocumentKind.LAW: "Luật",
    DocumentKind.ORDINANCE: "Pháp lệnh",
    DocumentKind.DECREE: "Nghị định",
    DocumentKind.RESOLUTION: "Nghị quyết",
    DocumentKind.DECISION: "Quyết định",
    DocumentKind.CIRCULAR: "Thông tư",
    DocumentKind.JOINT_CIRCULAR: "Thông tư liên tịch",
    DocumentKind.DIRECTIVE: "Chỉ thị",
    DocumentKind.PLAN: "Kế hoạch",
    DocumentKind.NOTICE: "Thông báo",
    DocumentKind.LETTER: "Công văn",
    DocumentKind.OTHER: "Văn bản khác",
}


class Effect(StrEnum):
    """Whether a document is in force."""

    IN_FORCE = "con"
    LATER = "chua"
    ENDED = "het"
    UNKNOWN = "chua-ro"

    @property
    def label(self) -> str:
        """Its words for people."""
        return _EFFECTS[self]


_EFFECTS = {
    Effect.IN_FORCE: "Còn hiệu lực",
    Effect.LATER: "Chưa có hiệu lực",
    Effect.ENDED: "Hết hiệu lực",
    Effect.UNKNOWN: "Chưa rõ ngày hiệu lực",
}


def effect_on(day: date, begins: date | None, ends: date | None) -> Effect:
    """The effect on a day. ``begins`` is the first day in force; ``ends`` the first day
    without force ("hết hiệu lực kể từ ngày …")."""
    if ends is not None and ends <= day:
        return Effect.ENDED
    if begins is None:
        return Effect.UNKNOWN
    return Effect.IN_FORCE if begins <= day else Effect.LATER


class Reading(StrEnum):
    """What became of reading the text of a file."""

    WAITING = "waiting"
    READ = "read"
    DAMAGED = "file_damaged"
    ENCRYPTED = "file_encrypted"
    SCANNED = "file_scanned"
    SLOW = "file_slow"
