"""The acknowledgement of an online submission.

It is not the receipt slip: the clock starts at acceptance (NĐ 61/2018 art. 17), and it says so.
"""

from dataclasses import dataclass
from datetime import datetime

from content import words
from content.letters.marks import qr_runs
from content.letters.values import Check, OfficialLetter, Person


@dataclass(frozen=True, kw_only=True)
class SentPaper:
    """A paper as it was sent: its name and how many files."""

    name: str
    files: int

    def in_words(self) -> dict[str, str]:
        return {"name": self.name, "files": str(self.files)}


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(OfficialLetter):
    """What the citizen keeps after sending: look-up code, QR, and what happens next.

    ``secret`` is printed when given, next to the look-up code; it is never part of the QR code.
    ``answer_within`` words how soon the desk looks at the dossier ("08 giờ làm việc").
    """

    template = "acknowledgement"
    look_up_code: str
    look_up_url: str
    procedure: str
    submitter: Person
    submitted_at: datetime
    papers: tuple[SentPaper, ...] = ()
    secret: str = ""
    answer_within: str = ""

    def _check(self, check: Check) -> None:
        check.needs(
            look_up_code=self.look_up_code,
            look_up_url=self.look_up_url,
            procedure=self.procedure,
        )
        check.aware(submitted_at=self.submitted_at)
        in_url = bool(self.secret) and self.secret in self.look_up_url
        check.refuse(in_url, "look_up_url", "holds_the_secret")

    def sheet(self) -> dict[str, object]:
        """The words of the acknowledgement, for its template."""
        return self._sheet(
            "Xác nhận đã gửi hồ sơ trực tuyến",
            look_up_code=self.look_up_code,
            look_up_url=self.look_up_url,
            qr=qr_runs(self.look_up_url),
            secret=self.secret,
            procedure=self.procedure,
            submitter=self.submitter.in_words(),
            submitted=words.moment_words(self.submitted_at),
            papers=[paper.in_words() for paper in self.papers],
            answer_within=self.answer_within,
        )
