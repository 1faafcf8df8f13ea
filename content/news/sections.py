"""Sections of the news: the six contents of state administrative reform.

The order and the wording follow Nghị quyết 76/NQ-CP of 15/7/2021.
"""

from enum import StrEnum


class Section(StrEnum):
    """A section; the value is its address."""

    INSTITUTIONS = "the-che"
    PROCEDURES = "thu-tuc-hanh-chinh"
    ORGANISATION = "to-chuc-bo-may"
    CIVIL_SERVICE = "cong-chuc-cong-vu"
    PUBLIC_FINANCE = "tai-chinh-cong"
    MODERNISATION = "hien-dai-hoa"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    Section.INSTITUTIONS: "Thể chế",
    Section.PROCEDURES: "Thủ tục hành chính",
    Section.ORGANISATION: "Tổ chức bộ máy",
    Section.CIVIL_SERVICE: "Công chức, công vụ",
    Section.PUBLIC_FINANCE: "Tài chính công",
    Section.MODERNISATION: "Hiện đại hóa hành chính",
}
