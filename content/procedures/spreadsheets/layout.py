"""The sheets of a catalogue file and their columns.

The first column of every sheet is the number of the procedure in the first sheet, which
joins them; its code and name stand beside it for people and are not read there.
"""

from dataclasses import dataclass

from content.procedures.spreadsheets.cells import Kind

NUMBER = "STT thủ tục"
CODE = "Mã"
NAME = "Tên thủ tục"
#: The head of the columns for the machine; what does not fit one goes on in the next.
MACHINE = "Dữ liệu máy (không sửa)"


@dataclass(frozen=True)
class Column:
    """One field; an empty cell is ``null``, or no key where it is ``required`` or ``bare``."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 20
    required: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Part:
    """A sheet with one row for each item of the lists ``keys`` of a record.

    ``target`` is the column that says which of several keys a row belongs to.
    """

    title: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    target: str = ""


MAIN = "Thủ tục"
MAIN_COLUMNS = (
    Column("code", "Mã quốc gia", width=12),
    Column("local_code", "Mã địa phương", width=14, bare=True),
    Column("name", "Tên thủ tục", width=60, required=True),
    Column("field", "Lĩnh vực", width=30),
    Column("field_group", "Nhóm lĩnh vực", width=24),
    Column("level", "Cấp thực hiện", width=12, required=True),
    Column("levels", "Các cấp", Kind.WORDS, 16),
    Column("authority", "Cơ quan thực hiện", width=34),
    Column("agencies.receives", "Nơi tiếp nhận", width=30, bare=True),
    Column("agencies.decides", "Nơi quyết định", width=30, bare=True),
    Column("agencies.cooperates", "Nơi phối hợp", width=30, bare=True),
    Column("ministry", "Bộ quản lý", width=24),
    Column("channels", "Cách thực hiện", Kind.WORDS, 34),
    Column("sets", "Số bộ hồ sơ", Kind.NUMBER, 10, bare=True),
    Column("dossier_total", "Tổng số giấy tờ", Kind.NUMBER, 10, bare=True),
    Column("service_level", "Mức độ trực tuyến", width=20),
    Column("result", "Kết quả", width=34),
    Column("applicants", "Đối tượng thực hiện", Kind.LINES, 30),
    Column("requirements", "Yêu cầu, điều kiện", width=40),
    Column("decision_no", "Quyết định công bố", width=20),
    Column("as_of", "Số liệu tính đến", width=14),
    Column("official_url", "Trang chính thức", width=30),
    Column("source", "Nguồn", width=24),
    Column("source_note", "Ghi chú về nguồn", width=24, bare=True),
    Column("completeness", "Mức đầy đủ", width=12),
    Column("missing", "Mục còn thiếu", Kind.WORDS, 20),
)
#: The limits of a record that are not of one channel, under the words of their rows.
LIMIT_TARGETS = {"time_limit": "theo quy định", "local_limit": "đã rút ngắn của địa phương"}
LIMIT_TITLE = "Thời hạn"
STEP = "step"

PARTS = (
    Part(
        "Thành phần hồ sơ",
        ("dossier",),
        (
            Column("name", "Tên giấy tờ", width=60, required=True),
            Column("originals", "Bản chính", Kind.NUMBER, 10),
            Column("copies", "Bản sao", Kind.NUMBER, 10),
            Column("form_name", "Mẫu", width=24),
            Column("case", "Trường hợp", width=40),
            Column("obligatory", "Bắt buộc (có/không)", Kind.FLAG, 12, bare=True),
        ),
    ),
    Part(
        "Phí, lệ phí",
        ("fee",),
        (
            Column("kind", "Loại (phí/lệ phí)", width=14),
            Column("amount", "Mức thu", Kind.NUMBER, 14),
            Column("currency", "Tiền", width=8, bare=True),
            Column("unit", "Đơn vị tính", width=18),
            Column("channels", "Áp dụng khi nộp", Kind.WORDS, 26, bare=True),
            Column("condition", "Điều kiện", width=40),
            Column("exempt", "Miễn, giảm", width=40, bare=True),
            Column("valid_from", "Từ ngày", Kind.DAY, 12, bare=True),
            Column("valid_to", "Đến ngày", Kind.DAY, 12, bare=True),
        ),
    ),
    Part(
        LIMIT_TITLE,
        ("time_limit", "local_limit", "time_limit_by_channel"),
        (
            Column("channel", "Áp dụng cho", width=26, required=True),
            Column("value", "Số", Kind.NUMBER, 10),
            Column("unit", "Đơn vị", width=16),
            Column("text", "Nguyên văn", width=50),
        ),
        target="channel",
    ),
    Part(
        "Biểu mẫu",
        ("forms",),
        (
            Column("code", "Số mẫu", width=18),
            Column("file", "Tên tệp", width=40),
            Column("for", "Dùng cho giấy tờ", width=50),
        ),
    ),
    Part(
        "Căn cứ pháp lý",
        ("legal_bases",),
        (
            Column("number", "Số, ký hiệu", width=30, required=True),
            Column("date", "Ngày ban hành", Kind.DAY, 14),
        ),
    ),
    Part("Trình tự", ("steps",), (Column(STEP, "Bước", width=100, required=True),)),
)
#: Lists whose absence of rows is an empty list, or something unknown; others are no key then.
EMPTY_LISTS = ("dossier", "fee", "forms", "legal_bases", "local_variants")
UNKNOWN_LISTS = ("time_limit",)
