"""Papers about passing dossiers and results on: control slip, hand-over slip, return slip.

The control slip (TT 01/2018 form 05, TT 03/2025 form 06) has a row for each hand-over of the
dossier; whoever keeps hand-overs shows them as ``HandOverRow``. The other two have no form of
the ministry; they follow NĐ 30/2020.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from content import words
from content.dossiers.hand_overs import Punctuality
from content.letters.slips import DossierSlip
from content.letters.values import Check, OfficialLetter, ReceivedPaper, two

PUNCTUALITY = {
    Punctuality.EARLY: "Trước hạn",
    Punctuality.ON_TIME: "Đúng hạn",
    Punctuality.LATE: "Quá hạn",
}


class HandOverRow(Protocol):
    """A hand-over as a table may keep it: from a unit to a unit, by whom, when.

    ``taken_at`` is ``None`` until the other side has signed; ``outcome`` is how the giver's
    own work ended, ``None`` where it had no limit.
    """

    @property
    def from_name(self) -> str: ...
    @property
    def to_name(self) -> str: ...
    @property
    def given_at(self) -> datetime: ...
    @property
    def given_by(self) -> str: ...
    @property
    def taken_at(self) -> datetime | None: ...
    @property
    def taken_by(self) -> str: ...
    @property
    def outcome(self) -> Punctuality | None: ...
    @property
    def remark(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """A row of the control slip; plain values, see ``HandOverRow``."""

    from_name: str
    to_name: str
    given_at: datetime
    given_by: str
    taken_at: datetime | None = None
    taken_by: str = ""
    outcome: Punctuality | None = None
    remark: str = ""

    @classmethod
    def of(cls, row: HandOverRow) -> Self:
        """The values of a row of a table."""
        return cls(
            from_name=row.from_name,
            to_name=row.to_name,
            given_at=row.given_at,
            given_by=row.given_by,
            taken_at=row.taken_at,
            taken_by=row.taken_by,
            outcome=row.outcome,
            remark=row.remark,
        )

    def in_words(self) -> dict[str, str]:
        return {
            "from": self.from_name,
            "to": self.to_name,
            "given": words.moment_words(self.given_at),
            "given_by": self.given_by,
            "taken": words.moment_words(self.taken_at) if self.taken_at else "",
            "taken_by": self.taken_by,
            "outcome": PUNCTUALITY[self.outcome] if self.outcome else "",
            "remark": self.remark,
        }


@dataclass(frozen=True, kw_only=True)
class ControlSlip(DossierSlip):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ; it goes along with the dossier.

    ``agencies`` resolve or take part; ``due`` words the appointment.
    """

    template = "control_slip"
    agencies: tuple[str, ...]
    hand_overs: tuple[HandOver, ...]
    due: str = ""

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(dossier_code=self.dossier_code, agencies=self.agencies)
        check.needs(hand_overs=self.hand_overs)
        for one in self.hand_overs:
            check.aware(given_at=one.given_at, taken_at=one.taken_at)

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        return self._form_sheet(
            agencies=list(self.agencies),
            due=self.due,
            hand_overs=[one.in_words() for one in self.hand_overs],
        )


@dataclass(frozen=True, kw_only=True)
class HandedDossier:
    """A line of a hand-over slip."""

    code: str
    procedure: str
    applicant: str
    papers: int | None = None
    due: str = ""
    remark: str = ""

    def in_words(self) -> dict[str, str]:
        return {
            "code": self.code,
            "procedure": self.procedure,
            "applicant": self.applicant,
            "papers": "" if self.papers is None else two(self.papers),
            "due": self.due,
            "remark": self.remark,
        }


class Handed(StrEnum):
    """What is handed over."""

    DOSSIERS = "dossiers"
    RESULTS = "results"


_TITLES = {
    Handed.DOSSIERS: "Phiếu bàn giao hồ sơ",
    Handed.RESULTS: "Phiếu bàn giao kết quả giải quyết hồ sơ",
}


@dataclass(frozen=True, kw_only=True)
class HandOverSlip(OfficialLetter):
    """Phiếu bàn giao: what one unit gives another, signed by both.

    To the post it is the biên bản giao nhận (QĐ 45/2016/QĐ-TTg), the tracking number as
    remark of each line.
    """

    template = "handover_slip"
    what: Handed
    from_name: str
    to_name: str
    given_at: datetime
    given_by: str
    taken_by: str = ""
    lines: tuple[HandedDossier, ...]
    symbol: str = "PBG"

    def _check(self, check: Check) -> None:
        check.needs(from_name=self.from_name, to_name=self.to_name, lines=self.lines)
        check.needs(given_by=self.given_by).aware(given_at=self.given_at)

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        return self._sheet(
            _TITLES[self.what],
            from_name=self.from_name,
            to_name=self.to_name,
            given=words.moment_words(self.given_at),
            given_by=self.given_by,
            taken_by=self.taken_by,
            lines=[one.in_words() for one in self.lines],
            total=two(len(self.lines)),
        )


@dataclass(frozen=True, kw_only=True)
class ReturnSlip(DossierSlip):
    """Giấy biên nhận trả kết quả: who took which papers, and which originals went back.

    ``proof`` names the paper that was looked at, never its number.
    """

    template = "return_slip"
    returned_at: datetime
    recipient: str
    giver: str
    means: str = ""
    proof: str = ""
    tracking: str = ""
    due: str = ""
    papers: tuple[ReceivedPaper, ...] = ()
    originals_back: tuple[ReceivedPaper, ...] = ()
    symbol: str = "TKQ"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(dossier_code=self.dossier_code, recipient=self.recipient, giver=self.giver)
        check.aware(returned_at=self.returned_at)

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        return self._sheet(
            "Giấy biên nhận trả kết quả",
            submitter=self.submitter.in_words(),
            procedure=self.procedure,
            dossier_code=self.dossier_code,
            returned=words.moment_words(self.returned_at),
            recipient=self.recipient,
            giver=self.giver,
            means=self.means,
            proof=self.proof,
            tracking=self.tracking,
            due=self.due,
            papers=[one.in_words() for one in self.papers],
            originals_back=[one.in_words() for one in self.originals_back],
        )


def hand_overs_of(rows: Iterable[HandOverRow]) -> tuple[HandOver, ...]:
    """Rows of a table as rows of the control slip, in their order."""
    return tuple(HandOver.of(row) for row in rows)
