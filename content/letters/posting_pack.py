"""A bundle of posting sheets as one paper: cover with the feedback address, contents, sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from content import words
from content.letters.marks import qr_runs
from content.letters.posting import PostingSheet
from content.letters.values import Check, Office, local_day


@dataclass(frozen=True, kw_only=True)
class PostingPackLetter:
    """The sheets of a sector or a desk; ``url`` leads to the list of procedures."""

    template: ClassVar[str] = "posting_pack"
    title: str
    sheets: Sequence[PostingSheet] = field(repr=False)
    office: Office
    url: str
    feedback: str
    made_at: datetime
    sample: bool = False

    def __post_init__(self) -> None:
        check = Check().needs(title=self.title, sheets=tuple(self.sheets), url=self.url)
        check.needs(feedback=self.feedback).aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the pack, for its template."""
        return {
            "title": self.title,
            "head": {"over": self.office.parent, "name": self.office.name},
            "printed": words.short_date(local_day(self.made_at)),
            "url": self.url,
            "qr": qr_runs(self.url),
            "feedback": self.feedback,
            "hotline": self.office.hotline,
            "sample": self.sample,
            "sheets": [one.sheet() for one in self.sheets],
        }
