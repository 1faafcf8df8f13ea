"""The statutory slips of the one-stop desk (NĐ 61/2018, TT 01/2018 and TT 03/2025/TT-VPCP).

Each class knows what its slip must know before it may be made and puts it into words; where
the words stand on the paper is the template's business.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from content import words
from content.letters.marks import code128_bars, qr_runs
from content.letters.ministry_forms import TT_2025_FROM, ministry_form
from content.letters.values import (
    Check,
    OfficialLetter,
    Person,
    ReceivedPaper,
    Signer,
    local_day,
    two,
)


@dataclass(frozen=True, kw_only=True)
class Charge:
    """A fee as the receipt slip names it; ``amount`` in đồng, ``exempt`` why nothing is taken."""

    name: str
    amount: int
    paid: bool = False
    exempt: str = ""

    def in_words(self) -> str:
        if self.exempt:
            return f"{self.name}: miễn ({self.exempt})"
        state = "đã nộp" if self.paid else "chưa nộp"
        return f"{self.name}: {words.money(self.amount)} ({state})"


@dataclass(frozen=True, kw_only=True)
class DossierSlip(OfficialLetter):
    """A slip about the dossier somebody handed in."""

    submitter: Person
    procedure: str
    dossier_code: str = ""
    #: The ministry form it follows, where that is not named like the template.
    follows: ClassVar[str] = ""

    def _check(self, check: Check) -> None:
        check.needs(procedure=self.procedure)

    def _form_sheet(self, **details: object) -> dict[str, object]:
        """The sheet under the title of the ministry form in force that day."""
        form = ministry_form(self.follows or self.template, local_day(self.made_at))
        return self._sheet(
            form.title,
            form=form.in_words(),
            submitter=self.submitter.in_words(),
            procedure=self.procedure,
            dossier_code=self.dossier_code,
            **details,
        )


@dataclass(frozen=True, kw_only=True)
class ReceiptSlip(DossierSlip):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả: made when a dossier is accepted.

    ``limit`` is the time limit in words. ``due_at`` is None only for procedures without an
    appointment, with ``no_due_reason``; ``second_due`` words the second date of procedures in
    two phases. ``charges`` None means not settled yet, an empty tuple that nothing is due.
    ``decides`` is the agency that decides, where it is not one at the desk.
    ``look_up_url`` goes into the QR code and must hold no personal data.
    """

    template = "receipt_slip"
    received_at: datetime
    due_at: datetime | None
    limit: str
    papers: tuple[ReceivedPaper, ...]
    sets: int
    returned_at: str
    receiver: str
    look_up_url: str
    owner: Person | None = None
    channel: str = ""
    no_due_reason: str = ""
    second_due: str = ""
    charges: tuple[Charge, ...] | None = None
    book: int | None = None
    entry: int | None = None
    decides: str = ""

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(
            dossier_code=self.dossier_code,
            limit=self.limit,
            returned_at=self.returned_at,
            receiver=self.receiver,
            look_up_url=self.look_up_url,
        )
        check.aware(received_at=self.received_at, due_at=self.due_at)
        check.refuse(self.sets < 1, "sets", "missing")
        check.refuse(self.due_at is None and not self.no_due_reason, "due_at", "missing")
        if self.due_at and not check.problems:
            check.refuse(self.due_at < self.received_at, "due_at", "before_receipt")

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        due = words.moment_words(self.due_at) if self.due_at else self.no_due_reason
        charges = None if self.charges is None else [charge.in_words() for charge in self.charges]
        return self._form_sheet(
            owner=self.owner.in_words() if self.owner else None,
            channel=self.channel,
            papers=[paper.in_words() for paper in self.papers],
            sets=two(self.sets),
            limit=self.limit,
            received=words.moment_words(self.received_at),
            due=due,
            second_due=self.second_due,
            returned_at=self.returned_at,
            charges=charges,
            book=two(self.book) if self.book else "",
            entry=two(self.entry) if self.entry else "",
            decides=self.decides,
            receiver=self.receiver,
            look_up_url=self.look_up_url,
            qr=qr_runs(self.look_up_url),
            bars=code128_bars(self.dossier_code),
        )


@dataclass(frozen=True, kw_only=True)
class RefusalSlip(DossierSlip):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ: a reason in words and its legal basis."""

    template = "refusal_slip"
    reason: str
    receiver: str
    legal_basis: str = ""
    symbol: str = "TCHS"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(reason=self.reason, receiver=self.receiver)
        # A code like "ERR_12" is no reason a person can act on (NĐ 61/2018 art. 17).
        check.refuse(len(self.reason.split()) < 2, "reason", "not_a_sentence")

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        return self._form_sheet(
            reason=self.reason,
            legal_basis=self.legal_basis,
            receiver=self.receiver,
        )


@dataclass(frozen=True, kw_only=True)
class MissingPaper:
    """A paper to bring or mend, and what is wrong with it."""

    name: str
    remark: str = ""

    def in_words(self) -> dict[str, str]:
        return {"name": self.name, "remark": self.remark}


@dataclass(frozen=True, kw_only=True)
class SupplementSlip(DossierSlip):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything asked at once (NĐ 61/2018 art. 11)."""

    template = "supplement_slip"
    missing: tuple[MissingPaper, ...]
    reason: str
    guide: str
    guide_phone: str = ""
    legal_basis: str = ""
    reply_by: date | None = None
    symbol: str = "HDHS"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(missing=self.missing, reason=self.reason, guide=self.guide)

    def sheet(self) -> dict[str, object]:
        """The words of the slip, for its template."""
        return self._form_sheet(
            missing=[paper.in_words() for paper in self.missing],
            reason=self.reason,
            legal_basis=self.legal_basis,
            guide=self.guide,
            guide_phone=self.guide_phone,
            reply_by=words.short_date(self.reply_by) if self.reply_by else "",
        )


@dataclass(frozen=True, kw_only=True)
class AgencyLetter(DossierSlip):
    """A letter the agency's leader signs about a dossier it has received."""

    by_desk = False
    received_at: datetime
    reason: str
    signer: Signer

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(dossier_code=self.dossier_code, reason=self.reason)
        check.aware(received_at=self.received_at)

    def _letter_sheet(self, **details: object) -> dict[str, object]:
        """The sheet with what these letters share."""
        return self._form_sheet(
            received_day=words.short_date(local_day(self.received_at)),
            reason=self.reason,
            signer=self.signer.in_words(),
            desk=self.office.desk,
            **details,
        )


@dataclass(frozen=True, kw_only=True)
class Apology(AgencyLetter):
    """Phiếu xin lỗi; from 15/9/2025 văn bản xin lỗi và đề nghị gia hạn: once per dossier.

    The new date must lie after the old one (NĐ 61/2018 art. 19.9). ``late_unit`` is who overran.
    """

    template = "apology"
    due_at: datetime
    new_due_at: datetime
    late_unit: str = ""
    symbol: str = "PXL"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.aware(due_at=self.due_at, new_due_at=self.new_due_at)
        if not check.problems:
            check.refuse(self.new_due_at <= self.due_at, "new_due_at", "before_old_date")

    def sheet(self) -> dict[str, object]:
        """The words of the letter, for its template."""
        return self._letter_sheet(
            due=words.moment_words(self.due_at),
            new_due=words.moment_words(self.new_due_at),
            late_unit=self.late_unit or self.office.name,
            asks_extension=local_day(self.made_at) >= TT_2025_FROM,
        )


@dataclass(frozen=True, kw_only=True)
class StopNotice(AgencyLetter):
    """Thông báo dừng giải quyết hồ sơ (only TT 03/2025): request, stage, papers and money.

    ``requested_on`` is the day on which the applicant asked for it, if they did. A dossier
    that was stopped before its reception has its look-up code and no dossier code yet.
    """

    template = "stop_notice"
    stage: str
    is_received: bool = True
    requested_on: date | None = None
    legal_basis: str = ""
    papers_back: str = ""
    money_back: str = ""
    symbol: str = "TB-DHS"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(stage=self.stage)
        if not check.problems:
            ministry_form(self.template, local_day(self.made_at))

    def sheet(self) -> dict[str, object]:
        """The words of the notice, for its template."""
        return self._letter_sheet(
            is_received=self.is_received,
            requested=words.short_date(self.requested_on) if self.requested_on else "",
            stage=self.stage,
            legal_basis=self.legal_basis,
            papers_back=self.papers_back,
            money_back=self.money_back,
        )


@dataclass(frozen=True, kw_only=True)
class RefusalNotice(AgencyLetter):
    """The same form as result after the appraisal (NĐ 61/2018 art. 19.8), signed by the leader."""

    template = "refusal_notice"
    follows = "refusal_slip"
    legal_basis: str = ""
    symbol: str = "TCHS"

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.refuse(len(self.reason.split()) < 2, "reason", "not_a_sentence")

    def sheet(self) -> dict[str, object]:
        """The words of the notice, for its template."""
        return self._letter_sheet(legal_basis=self.legal_basis)
