"""The cashier's day as a spreadsheet; amounts are numbers, text stays text."""

import io

from content import words
from content.dossiers.cashbook import CashDay
from content.dossiers.money import KIND_NAMES, MEANS_NAMES
from content.workbooks import RISKY, workbook

COLUMNS = (
    ("Số biên lai", 18),
    ("Giờ thu", 10),
    ("Loại", 14),
    ("Mã hồ sơ", 24),
    ("Người nộp", 28),
    ("Thủ tục", 44),
    ("Số tiền (đồng)", 16),
    ("Hình thức", 16),
    ("Số giao dịch", 20),
    ("Người thu", 24),
    ("Nơi thu", 40),
)
_AMOUNT = 6


def write_cash_day(day: CashDay, *, office: str) -> bytes:
    """All receipts of the day with their total."""
    target = io.BytesIO()
    with workbook(target) as book:
        sheet = book.add_worksheet("Thu phi")
        head = book.add_format({"bold": True, "bg_color": "#E6EEF7", "text_wrap": True})
        money = book.add_format({"num_format": "#,##0"})
        bold = book.add_format({"bold": True, "num_format": "#,##0"})
        quoted = book.add_format({"quote_prefix": True})
        title = f"Thu phí, lệ phí ngày {words.short_date(day.day)} – {office}"
        sheet.write_string(0, 0, title, head)
        for place, (name, width) in enumerate(COLUMNS):
            sheet.write_string(1, place, name, head)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(2, 1)
        row = 2
        for receipt in day.receipts:
            dossier = receipt.dossier
            cells = (
                receipt.words,
                f"{words.local(receipt.taken_at):%H:%M}",
                KIND_NAMES[receipt.kind],
                dossier.code or dossier.lookup_code,
                receipt.payer,
                dossier.procedure_name,
                "",
                MEANS_NAMES[receipt.means],
                receipt.transaction,
                receipt.taken_by_name or receipt.provider or "",
                receipt.agency.name,
            )
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, cell, quoted if cell.startswith(RISKY) else None)
            sheet.write_number(row, _AMOUNT, receipt.amount, money)
            row += 1
        sheet.write_string(row, 0, "Tổng thu", bold)
        sheet.write_number(row, _AMOUNT, day.total, bold)
        sheet.write_string(row + 1, 0, "Hoàn trả trong ngày", bold)
        sheet.write_number(row + 1, _AMOUNT, day.refunded, bold)
    return target.getvalue()
