"""The general form, for every procedure without a form of its own.

The applicant, what is asked for, the required papers as files, and how the result
is to be received (NĐ 61/2018 art. 17 and 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from content.procedures.forms.conditions import Op, Test
from content.procedures.forms.definition import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    Question,
    Section,
)
from content.text import slugify

GENERAL_ID = "don-chung"
TAX_CODE = r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}"


@dataclass(frozen=True, slots=True)
class PaperToAttach:
    """A required paper as the form asks for it."""

    name: str
    required: bool = True
    note: str | None = None


def general_definition(
    required_papers: Sequence[PaperToAttach],
    *,
    procedure_code: str | None = None,
    title: str = "Đơn đề nghị giải quyết thủ tục hành chính",
) -> FormDefinition:
    """The form of a procedure without a definition; ids stay while paper names stay."""
    sections = [_applicant(), _request(), _result()]
    if required_papers:
        sections.insert(2, _papers(required_papers))
    return FormDefinition(
        id=GENERAL_ID,
        title=title,
        sections=tuple(sections),
        procedure_codes=(procedure_code,) if procedure_code else (),
        source_note=(
            "Mẫu chung của cổng, dùng khi thủ tục chưa có mẫu điện tử riêng; "
            "không thay thế mẫu đơn, tờ khai do cơ quan có thẩm quyền ban hành."
        ),
    )


def _choice(question_id: str, label: str, *values: tuple[str, str], **more: object) -> Question:
    options = tuple(Option(value, name) for value, name in values)
    return Question(question_id, Kind.CHOICE, label, required=True, options=options, **more)  # type: ignore[arg-type]


def _applicant() -> Section:
    company = Test("loai_nguoi_nop", Op.EQUALS, "to_chuc")
    for_other = Test("nop_thay", Op.EQUALS, "co")
    return Section(
        "nguoi_nop",
        "Người nộp hồ sơ",
        (
            _choice(
                "loai_nguoi_nop",
                "Ông/bà nộp hồ sơ với tư cách",
                ("ca_nhan", "Cá nhân"),
                ("to_chuc", "Đại diện tổ chức, doanh nghiệp"),
            ),
            Question(
                "ten_to_chuc",
                Kind.TEXT,
                "Tên tổ chức, doanh nghiệp",
                required=True,
                when=company,
                autocomplete="organization",
            ),
            Question(
                "ma_so_thue",
                Kind.TEXT,
                "Mã số thuế",
                hint="10 chữ số, hoặc 10 chữ số và 3 chữ số của chi nhánh (0100109106-001).",
                required=True,
                when=company,
                limits=Limits(max_length=14),
                pattern=TAX_CODE,
                message="Mã số thuế có 10 chữ số, 12 chữ số, hoặc dạng 0100109106-001.",
            ),
            Question(
                "ho_ten",
                Kind.TEXT,
                "Họ, chữ đệm, tên người nộp",
                hint="Ghi như trên thẻ căn cước.",
                required=True,
                limits=Limits(max_length=100),
                autocomplete="name",
            ),
            Question(
                "ngay_sinh",
                Kind.DATE,
                "Ngày, tháng, năm sinh",
                required=True,
                limits=Limits(earliest="1900-01-01", latest="today"),
                autocomplete="bday",
            ),
            Question(
                "so_dinh_danh",
                Kind.NATIONAL_ID,
                "Số định danh cá nhân (số căn cước) hoặc số hộ chiếu",
                required=True,
                limits=Limits(papers=("cccd", "passport")),
                born="ngay_sinh",
            ),
            Question("dien_thoai", Kind.PHONE, "Số điện thoại", required=True, autocomplete="tel"),
            Question("thu_dien_tu", Kind.EMAIL, "Thư điện tử", autocomplete="email"),
            Question(
                "dia_chi",
                Kind.ADDRESS,
                "Địa chỉ liên hệ",
                required=True,
                autocomplete="street-address",
            ),
            _choice(
                "nop_thay",
                "Ông/bà có nộp thay cho người khác không?",
                ("khong", "Không, hồ sơ của tôi"),
                ("co", "Có, tôi được ủy quyền"),
            ),
            Question(
                "chu_ho_so",
                Kind.TEXT,
                "Họ, chữ đệm, tên chủ hồ sơ",
                required=True,
                limits=Limits(max_length=100),
                when=for_other,
            ),
            Question(
                "chu_ho_so_so_dinh_danh",
                Kind.NATIONAL_ID,
                "Số định danh cá nhân của chủ hồ sơ",
                required=True,
                limits=Limits(papers=("cccd", "passport")),
                when=for_other,
            ),
            Question(
                "van_ban_uy_quyen",
                Kind.FILE,
                "Văn bản ủy quyền",
                required=True,
                when=for_other,
            ),
        ),
    )


def _request() -> Section:
    return Section(
        "noi_dung",
        "Nội dung đề nghị",
        (
            Question(
                "noi_dung_de_nghi",
                Kind.PARAGRAPH,
                "Ông/bà đề nghị giải quyết việc gì?",
                hint="Ghi ngắn gọn: việc cần giải quyết, lý do, thông tin cơ quan cần biết.",
                required=True,
                limits=Limits(min_length=10),
            ),
        ),
    )


def _papers(required_papers: Sequence[PaperToAttach]) -> Section:
    questions = []
    taken: set[str] = set()
    for paper in required_papers:
        question_id = _paper_id(paper.name, taken)
        taken.add(question_id)
        questions.append(
            Question(question_id, Kind.FILE, paper.name, hint=paper.note, required=paper.required)
        )
    return Section(
        "giay_to",
        "Giấy tờ kèm theo",
        tuple(questions),
        hint="Chụp hoặc quét rõ từng trang. Một giấy tờ có thể gồm nhiều tệp.",
    )


def _paper_id(name: str, taken: set[str]) -> str:
    """An id made of the paper's name, so that it survives a new order of the list."""
    stem = "giay_to_" + (slugify(name, limit=44).replace("-", "_") or "khac")
    number, found = 2, stem
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def _result() -> Section:
    by_post = Test("cach_nhan", Op.EQUALS, "buu_chinh")
    return Section(
        "ket_qua",
        "Nhận kết quả",
        (
            _choice(
                "cach_nhan",
                "Ông/bà muốn nhận kết quả bằng cách nào?",
                ("truc_tiep", "Trực tiếp tại nơi tiếp nhận"),
                ("truc_tuyen", "Bản điện tử qua cổng"),
                ("buu_chinh", "Qua dịch vụ bưu chính công ích"),
            ),
            Question(
                "dia_chi_nhan",
                Kind.ADDRESS,
                "Địa chỉ nhận kết quả",
                required=True,
                limits=Limits(detail_required=True),
                when=by_post,
            ),
            Question(
                "so_ban_giay",
                Kind.NUMBER,
                "Số bản giấy ông/bà cần",
                hint="Để trống nếu chỉ cần một bản.",
                limits=Limits(minimum=Decimal(1), maximum=Decimal(50)),
            ),
        ),
    )
