"""Receipts for money (biên lai) and the record of a phone call (phiếu ghi nhận liên hệ)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from content import words
from content.letters.slips import DossierSlip
from content.letters.values import Check


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """What was paid for, in whole đồng."""

    name: str
    amount: int

    def in_words(self) -> dict[str, str]:
        return {"name": self.name, "amount": words.integer(self.amount)}


@dataclass(frozen=True, kw_only=True)
class FeeReceipt(DossierSlip):
    """Biên lai thu phí. Fees and charges (lệ phí) have receipts and numbers of their own.

    ``form_number`` (mẫu số) and ``tax_code`` are the agency's, printed where they are known;
    ``series`` (ký hiệu) is that of the year.
    """

    template = "fee_receipt"
    title: ClassVar[str] = "Biên lai thu phí"
    paid_at: datetime
    lines: tuple[ReceiptLine, ...]
    payer: str
    collector: str
    means: str = ""
    reference: str = ""
    form_number: str = ""
    tax_code: str = ""
    symbol: str = "BLP"

    @property
    def total(self) -> int:
        """The whole sum, in đồng."""
        return sum(one.amount for one in self.lines)

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(lines=self.lines, payer=self.payer, collector=self.collector)
        check.aware(paid_at=self.paid_at)
        check.refuse(any(one.amount < 0 for one in self.lines), "lines", "negative")
        check.refuse(self.total == 0, "lines", "nothing_paid")

    def sheet(self) -> dict[str, object]:
        """The words of the receipt, for its template."""
        year = words.local(self.paid_at).year
        return self._sheet(
            self.title,
            submitter=self.submitter.in_words(),
            procedure=self.procedure,
            dossier_code=self.dossier_code,
            series=f"{self.symbol}/{year}",
            receipt_number="" if self.number is None else f"{self.number:02d}",
            form_number=self.form_number,
            tax_code=self.tax_code,
            lines=[one.in_words() for one in self.lines],
            total=words.money(self.total),
            total_in_words=words.amount_in_words(self.total),
            payer=self.payer,
            collector=self.collector,
            paid=words.moment_words(self.paid_at),
            means=self.means,
            reference=self.reference,
        )


@dataclass(frozen=True, kw_only=True)
class ChargeReceipt(FeeReceipt):
    """Biên lai thu lệ phí."""

    title = "Biên lai thu lệ phí"
    symbol: str = "BLLP"


@dataclass(frozen=True, kw_only=True)
class ContactNote(DossierSlip):
    """Phiếu ghi nhận liên hệ: who called whom about a dossier, when, and what came of it."""

    template = "contact_note"
    called_at: datetime
    caller: str
    called: str
    outcome: str
    phone: str = ""
    purpose: str = ""

    def _check(self, check: Check) -> None:
        super()._check(check)
        check.needs(caller=self.caller, called=self.called, outcome=self.outcome)
        check.aware(called_at=self.called_at)

    def sheet(self) -> dict[str, object]:
        """The words of the note, for its template."""
        return self._sheet(
            "Phiếu ghi nhận liên hệ",
            submitter=self.submitter.in_words(),
            procedure=self.procedure,
            dossier_code=self.dossier_code,
            called_at=words.moment_words(self.called_at),
            caller=self.caller,
            called=self.called,
            phone=self.phone,
            purpose=self.purpose,
            outcome=self.outcome,
        )
