"""The parts of an ISO process sheet that are written by hand, and what stands there until then.

TCVN ISO 9001:2015, domain §12: headings 1 to 7. What the catalogue knows (papers, limit, fees,
forms) is never written here: it comes from the procedure's version.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part: its key, its heading on the sheet, and the usual words with ``{procedure}``."""

    key: str
    heading: str
    usual: str


PARTS = (
    Part(
        "purpose",
        "1. Mục đích",
        "Quy định trình tự, trách nhiệm và thời gian giải quyết thủ tục “{procedure}”, bảo đảm "
        "đúng pháp luật, đúng hạn, công khai.",
    ),
    Part(
        "scope",
        "2. Phạm vi",
        "Áp dụng cho tổ chức, cá nhân thực hiện thủ tục và cho công chức, bộ phận tham gia "
        "giải quyết.",
    ),
    Part(
        "references",
        "3. Tài liệu viện dẫn",
        "TCVN ISO 9001:2015; Nghị định 61/2018/NĐ-CP, Nghị định 118/2025/NĐ-CP; các văn bản là "
        "căn cứ pháp lý của thủ tục.",
    ),
    Part(
        "definitions",
        "4. Định nghĩa, viết tắt",
        "UBND: Ủy ban nhân dân. TTHC: thủ tục hành chính. B1, B2, …: các bước của mục 5.7.",
    ),
    Part("conditions", "5.1. Điều kiện thực hiện", "Theo nội dung thủ tục đã công bố."),
    Part(
        "archive",
        "7. Hồ sơ lưu",
        "Thành phần hồ sơ nhận của tổ chức, cá nhân; phiếu kiểm soát; kết quả. Nơi lưu và thời "
        "gian lưu theo quy định về lưu trữ.",
    ),
)


def words_of(words: Mapping[str, str], procedure: str) -> dict[str, str]:
    """Every part, as written or as usual."""
    return {one.key: words.get(one.key) or one.usual.format(procedure=procedure) for one in PARTS}
