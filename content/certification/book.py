"""A book of certification on paper: A4 across, its lines in their order, sums at the end.

The columns are those of the books of NĐ 23/2015/NĐ-CP, with the number of pages that the fee
is reckoned by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from content import words
from content.certification.models import BOOK_NAMES, Book, CertificationEntry
from content.certification.reads import totals
from content.letters.values import Check, Office, local_day, two

#: Lines of one file; a book of a year is printed in parts.
PART = 2_000


@dataclass(frozen=True, kw_only=True)
class CertificationBook:
    """The lines ``entries`` of a book; of a whole year or a part of it."""

    template: ClassVar[str] = "certification_book"
    office: Office
    book: Book
    year: int
    entries: Sequence[CertificationEntry] = field(repr=False)
    made_at: datetime
    sample: bool = False

    def __post_init__(self) -> None:
        Check().needs(entries=tuple(self.entries)).aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the book, for its template."""
        sums = totals(self.entries)
        first, last = self.entries[0].number, self.entries[-1].number
        return {
            "title": BOOK_NAMES[self.book],
            "sample": self.sample,
            "head": {"over": self.office.name, "name": self.office.desk},
            "year": self.year,
            "range": f"Từ số {two(first)} đến số {two(last)}",
            "rows": [_row(one) for one in self.entries],
            "sums": {
                "lines": words.integer(sums.lines),
                "copies": words.integer(sums.copies),
                "fees": words.money(sums.fees),
                "cancelled": words.integer(sums.cancelled),
            },
            "printed": words.moment_words(self.made_at),
        }


def _row(entry: CertificationEntry) -> dict[str, object]:
    gone = entry.cancelled_because
    return {
        "number": two(entry.number),
        "day": words.short_date(local_day(entry.certified_at)),
        "person": entry.person_name,
        "document": entry.document,
        "signer": f"{entry.signer_name}, {entry.signer_title}",
        "pages": words.integer(entry.pages),
        "copies": words.integer(entry.copies),
        "fee": words.integer(entry.fee),
        "note": f"Đã hủy: {gone}" if gone else "",
        "cancelled": gone is not None,
    }
