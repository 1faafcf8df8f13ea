"""The values letters are made of, and the check that a letter has what it needs.

A paper that binds the authority is not made before its data exists: the constructors raise
``Invalid`` naming each field that is missing or contradicts another. Plain values only, so
that a letter can be made again, years later, from what was kept.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal, Protocol

from content import words
from content.errors import Invalid
from content.letters.marks import qr_runs

PaperSize = Literal["a4", "a5"]


def local_day(moment: datetime) -> date:
    """The day of an aware moment in Việt Nam."""
    return words.local(moment).date()


def two(number: int) -> str:
    """A number with a leading zero below 10 (NĐ 30/2020 Annex I)."""
    return f"{number:02d}"


def number_line(number: int | None, symbol: str) -> str:
    """``Số: 05/PXL``; a gap to write in while the clerk has given no number."""
    return f"Số: ……/{symbol}" if number is None else words.number_line(number, symbol)


class Letter(Protocol):
    """What ``Letters.make`` prints: a template's name, a moment, and the words in their places."""

    template: ClassVar[str]

    @property
    def made_at(self) -> datetime: ...

    def sheet(self) -> dict[str, object]: ...


class Check:
    """Collects what is wrong with a letter's data and says all of it at once."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def needs(self, **values: object) -> "Check":
        """Each value must be there: not None, not empty, not only spaces."""
        for name, value in values.items():
            empty = not value.strip() if isinstance(value, str) else value in (None, ())
            self.refuse(empty, name, "missing")
        return self

    def aware(self, **moments: datetime | None) -> "Check":
        """Each moment that is there must know its time zone."""
        for name, moment in moments.items():
            naive = moment is not None and moment.tzinfo is None
            self.refuse(naive, name, "no_time_zone")
        return self

    def refuse(self, condition: bool, name: str, code: str) -> "Check":
        """Note a problem; the first one of a field stays."""
        if condition:
            self.problems.setdefault(name, code)
        return self

    def done(self) -> None:
        """Raise ``Invalid`` when there was any problem."""
        if self.problems:
            raise Invalid(self.problems)


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who issues the letter, as its heading names it.

    ``parent`` (cơ quan chủ quản) may be empty. ``desk`` is the one-stop desk that receives
    dossiers; its slips carry ``name`` over ``desk``, letters of the agency ``parent`` over
    ``name``. ``place`` stands before the date.
    """

    name: str
    place: str
    parent: str = ""
    desk: str = ""
    hotline: str = ""

    def __post_init__(self) -> None:
        Check().needs(office_name=self.name, office_place=self.place).done()


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody a letter speaks of; ``identity`` names its paper too ("Số định danh: 0…")."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    identity: str = ""

    def __post_init__(self) -> None:
        Check().needs(person_name=self.name).done()

    def in_words(self) -> dict[str, str]:
        return {
            "name": self.name,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
            "identity": self.identity,
        }


@dataclass(frozen=True, kw_only=True)
class ReceivedPaper:
    """One paper of a dossier as received: how many originals, certified copies, plain copies."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0

    def in_words(self) -> dict[str, str]:
        counts = {
            "originals": self.originals,
            "certified": self.certified,
            "copies": self.copies,
            "electronic": self.electronic,
        }
        return {"name": self.name} | {key: str(n) if n else "" for key, n in counts.items()}


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs: ``capacity`` ("KT. CHỦ TỊCH") may be empty, ``name`` too while nobody has
    signed: the paper leaves room to write it."""

    title: str
    name: str = ""
    capacity: str = ""

    def __post_init__(self) -> None:
        Check().needs(signer_title=self.title).done()

    def in_words(self) -> dict[str, str]:
        return {"capacity": self.capacity, "title": self.title, "name": self.name}


@dataclass(frozen=True, kw_only=True)
class OfficialLetter:
    """What every slip has: who issues it, when, on what paper, and whether it is a sample.

    ``symbol`` stands behind the number of those that are numbered. ``check_code`` and
    ``check_url`` are those of the issued paper; what is not issued has none.
    """

    office: Office
    made_at: datetime
    paper: PaperSize = "a4"
    sample: bool = False
    number: int | None = None
    symbol: str = ""
    check_code: str = ""
    check_url: str = ""
    by_desk: ClassVar[bool] = True
    template: ClassVar[str]

    def __post_init__(self) -> None:
        check = Check().aware(made_at=self.made_at)
        check.refuse(self.by_desk and not self.office.desk.strip(), "office_desk", "missing")
        self._check(check)
        check.done()

    def sheet(self) -> dict[str, object]:
        """The words of the letter, for its template; every letter has its own."""
        raise NotImplementedError

    def _check(self, check: Check) -> None:
        """Adds what the particular slip demands."""

    def _sheet(self, title: str, **details: object) -> dict[str, object]:
        """The common part of the sheet and the details of the particular slip."""
        over, name = (
            (self.office.name, self.office.desk)
            if self.by_desk
            else (self.office.parent, self.office.name)
        )
        return {
            "title": title,
            "paper": self.paper,
            "sample": self.sample,
            "number": number_line(self.number, self.symbol) if self.symbol else "",
            "check": self._how_to_check(),
            "head": {"over": over, "name": name},
            "place_date": words.date_line(self.office.place, local_day(self.made_at)),
            "hotline": self.office.hotline,
            **details,
        }

    def _how_to_check(self) -> dict[str, object] | None:
        """The line by which anybody can see whether the paper is ours and unchanged."""
        if not self.check_url:
            return None
        return {"code": self.check_code, "url": self.check_url, "qr": qr_runs(self.check_url)}
