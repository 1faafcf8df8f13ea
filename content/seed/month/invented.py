"""Invented people of the sample month: names, numbers, addresses, and a page that says so.

Every name ends in "(mẫu)". Identity numbers have the right shape and belong to nobody who was
meant; phone numbers are of the block 0900.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Hà", "Quách")
_MIDDLES = {"Nam": ("Văn", "Đức", "Minh", "Quang"), "Nữ": ("Thị", "Thu", "Ngọc", "Thanh")}
_GIVEN = {
    "Nam": ("An", "Bình", "Cường", "Dũng", "Hải", "Khoa", "Long", "Phúc", "Sơn", "Tuấn"),
    "Nữ": ("Anh", "Chi", "Dung", "Hạnh", "Hương", "Lan", "Mai", "Nga", "Oanh", "Yến"),
}
_PROVINCES = ("001", "008", "017", "025", "038", "040")
_ROADS = ("Cây Đa", "Bờ Hồ", "Đầu Làng", "Chợ Mới", "Bến Đò", "Cầu Gỗ")


@dataclass(frozen=True)
class Person:
    """Somebody who applies."""

    name: str
    born: str
    identity: str
    phone: str
    street: str


def a_person(chance: Random, number: int) -> Person:
    """The person of a dossier; another ``number`` is never the same one."""
    sex = chance.choice(("Nam", "Nữ"))
    year = chance.randint(1950, 2004)
    century = (year // 100 - 19) * 2 + (sex == "Nữ")
    tail = (number * 7919 + 13) % 1_000_000
    name = (chance.choice(_FAMILIES), chance.choice(_MIDDLES[sex]), chance.choice(_GIVEN[sex]))
    return Person(
        name=f"{' '.join(name)} (mẫu)",
        born=f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        identity=f"{chance.choice(_PROVINCES)}{century}{year % 100:02d}{tail:06d}",
        phone=f"0900{tail:06d}",
        street=f"Số {chance.randint(1, 98)}, đường {chance.choice(_ROADS)} (mẫu)",
    )


def a_page(text: str) -> bytes:
    """A PDF of one page that says in Latin letters what it is; readers open it."""
    drawn = f"BT /F1 18 Tf 72 760 Td ({text}) Tj ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _pdf(parts)


def _pdf(parts: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + table + end
