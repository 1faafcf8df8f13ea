"""The fields of each section, named as the catalogue format names them.

Shape only: types, lengths, closed lists. What a procedure must have is said by
``content.procedures.completeness``; what a record may hold by ``content.procedures.validation``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import colander

from content.procedures.forms.conditions import number
from content.procedures.kinds import LEVEL_WORDS, Channel, FeeKind
from content.procedures.models import MAX_NAME
from content.procedures.validation import LIMIT_UNITS, MAX_AMOUNT, MAX_TEXT, SERVICE_LEVELS
from portal.editorial.procedures.rows_form import Group, Part
from portal.editorial.procedures.widgets import FlagsWidget
from portal.forms import fields, widgets
from portal.forms.controls import Furniture
from portal.forms.types import Kept, NumberText
from portal.i18n import _

CHANNELS = [(one.value, one.value.capitalize()) for one in Channel]
KINDS = [(one.value, one.value.capitalize()) for one in FeeKind]
UNITS = [(one, one) for one in LIMIT_UNITS]
LEVELS = [(one, one.capitalize()) for one in SERVICE_LEVELS]
CURRENCIES = [("VND", _("đồng Việt Nam")), ("USD", _("đô la Mỹ"))]
OBLIGATORY = [("co", _("Bắt buộc")), ("khong", _("Không bắt buộc (nếu có)"))]
SHORT = 300

Choices = Sequence[tuple[str, str]]


def general(level: Any = None) -> list[Part]:
    """Name, sector, online level, where the data come from."""
    known = [one for one, _words in LEVELS]
    old = [] if level is None or str(level) in known else [(str(level), f"{level} (cách ghi cũ)")]
    return [
        fields.paragraph("name", _("Tên thủ tục"), rows=2, max_length=MAX_NAME),
        fields.text(
            "local_code",
            _("Mã của địa phương"),
            required=False,
            max_length=100,
            hint=_("Chỉ ghi khi địa phương đặt mã riêng; mã quốc gia không đổi ở đây."),
        ),
        _flags(
            "levels",
            _("Thủ tục này có ở các cấp"),
            [(one, one.capitalize()) for one in LEVEL_WORDS],
            _("Phải có cấp của chính bản đang sửa."),
        ),
        fields.text("field", _("Lĩnh vực"), required=False, max_length=SHORT),
        fields.text("field_group", _("Nhóm lĩnh vực"), required=False, max_length=200),
        fields.text("ministry", _("Bộ, ngành chủ quản"), required=False, max_length=SHORT),
        fields.choice(
            "service_level",
            _("Mức độ trực tuyến"),
            [*LEVELS, *old],
            required=False,
            hint=_("Chưa rõ thì để trống; cổng không đoán thay."),
        ),
        fields.text("decision_no", _("Số quyết định công bố"), required=False, max_length=SHORT),
        fields.text(
            "as_of",
            _("Dữ liệu tính đến"),
            required=False,
            max_length=200,
            hint=_("Ghi năm-tháng, ví dụ 2026-11."),
        ),
        fields.text(
            "official_url",
            _("Địa chỉ trang chính thức"),
            required=False,
            max_length=2000,
            hint=_("Bắt đầu bằng https://"),
        ),
        fields.paragraph(
            "source",
            _("Nguồn"),
            rows=2,
            required=False,
            max_length=MAX_TEXT,
            hint=_("Chỉ người biên tập thấy."),
        ),
        fields.paragraph(
            "source_note", _("Ghi chú về nguồn"), rows=2, required=False, max_length=MAX_TEXT
        ),
    ]


def steps() -> list[Part]:
    """The steps in order."""
    return [_texts("steps", _("Các bước theo thứ tự"), _("bước"), _("Nội dung bước"), 3)]


def channels() -> list[Part]:
    """How a dossier may reach the authority."""
    return [_flags("channels", _("Người dân nộp hồ sơ bằng cách nào"), CHANNELS)]


def cases() -> list[Part]:
    """The names of the cases; a case lives by its papers."""
    hint = _(
        "Trường hợp tồn tại nhờ giấy tờ của nó. Bỏ một trường hợp thì giấy tờ của trường hợp ấy "
        "trở thành giấy tờ chung, không mất."
    )
    return [Group("cases", _("Các trường hợp"), _("trường hợp"), _case, hint, 60)]


def papers(names: Sequence[str] = ()) -> list[Part]:
    """The papers with their numbers of copies, and the number of sets."""
    options = [(one, one) for one in names]
    return [
        fields.integer("sets", _("Số bộ hồ sơ"), minimum=1, maximum=100, required=False),
        Group(
            "dossier",
            _("Giấy tờ"),
            _("giấy tờ"),
            lambda _row: _paper(options),
            _("Muốn thêm trường hợp mới, ông/bà mở phần Trường hợp."),
        ),
        fields.integer(
            "dossier_total",
            _("Tổng số loại giấy tờ theo nguồn"),
            minimum=0,
            maximum=10_000,
            required=False,
            hint=_(
                "Chỉ ghi khi danh sách trên chưa đủ; trang công khai sẽ báo còn thiếu mấy loại."
            ),
        ),
    ]


def limits() -> list[Part]:
    """The limit of the law, the shortened one, and those of single channels."""
    return [
        limit_named("time_limit", _("Theo quy định của pháp luật")),
        limit_named("local_limit", _("Rút ngắn tại địa phương")),
        Group(
            "time_limit_by_channel",
            _("Thời hạn riêng theo cách nộp"),
            _("thời hạn riêng"),
            lambda _row: [
                fields.hidden("was"),
                fields.choice("channel", _("Cách nộp"), CHANNELS, as_list=True),
                *_limit_fields(),
            ],
            max_rows=20,
        ),
    ]


def applicants() -> list[Part]:
    """Who may apply."""
    return [
        _texts("applicants", _("Ai được làm thủ tục này"), _("đối tượng"), _("Đối tượng"), None)
    ]


def agencies() -> list[Part]:
    """Who receives, decides and cooperates."""
    inner = [
        fields.text(name, title, required=False, max_length=2000)
        for name, title in (
            ("receives", _("Nơi tiếp nhận hồ sơ")),
            ("decides", _("Cơ quan có thẩm quyền quyết định")),
            ("cooperates", _("Cơ quan phối hợp")),
        )
    ]
    return [
        fields.text("authority", _("Cơ quan thực hiện"), required=False, max_length=2000),
        _mapping("agencies", _("Vai trò của từng cơ quan"), inner),
    ]


def result() -> list[Part]:
    """What comes out."""
    return [_long("result", _("Kết quả thực hiện"))]


def fees() -> list[Part]:
    """Fees with channels, days and exemptions."""
    hint = _("Không thu thì thêm một dòng có mức 0; chưa biết mức thì để trống mức thu.")
    return [Group("fee", _("Các mức phí, lệ phí"), _("mức thu"), lambda _row: fee_nodes(), hint)]


def forms() -> list[Part]:
    """The forms by name; files of ours are attached elsewhere."""
    hint = _("Tệp để tải về chọn ở cuối trang này, hoặc gắn theo tên tệp từ gói biểu mẫu.")
    return [
        Group(
            "forms",
            _("Các mẫu đơn, tờ khai"),
            _("mẫu"),
            lambda _row: [
                fields.hidden("was"),
                fields.text("for", _("Tên mẫu"), required=False, max_length=2000),
                fields.text("code", _("Ký hiệu mẫu"), required=False, max_length=2000),
                fields.text("file", _("Tên tệp"), required=False, max_length=2000),
            ],
            hint,
        )
    ]


def conditions() -> list[Part]:
    """Conditions, in words."""
    return [_long("requirements", _("Yêu cầu, điều kiện"))]


def legal_bases() -> list[Part]:
    """Legal documents by number and day."""
    return [
        Group(
            "legal_bases",
            _("Các văn bản"),
            _("văn bản"),
            lambda _row: [
                fields.hidden("was"),
                fields.text(
                    "number", _("Số, ký hiệu"), max_length=SHORT, hint=_("Ví dụ 61/2018/NĐ-CP")
                ),
                fields.date("date", _("Ngày ban hành"), required=False),
            ],
        )
    ]


def _case(row: Mapping[str, Any]) -> list[colander.SchemaNode]:
    was = row.get("was")
    nodes = [
        fields.hidden("was"),
        fields.paragraph("name", _("Tên trường hợp"), rows=2, max_length=2000),
    ]
    if was in (None, "", colander.null):
        nodes.append(
            fields.text(
                "paper",
                _("Giấy tờ đầu tiên của trường hợp"),
                max_length=MAX_TEXT,
                hint=_("Số bản và các giấy tờ khác ghi ở phần Thành phần hồ sơ."),
            )
        )
    return nodes


def _paper(options: Choices) -> list[colander.SchemaNode]:
    nodes = [
        fields.hidden("was"),
        fields.paragraph("name", _("Tên giấy tờ"), rows=2, max_length=MAX_TEXT),
        fields.integer("originals", _("Bản chính"), minimum=0, maximum=1000, required=False),
        fields.integer("copies", _("Bản sao"), minimum=0, maximum=1000, required=False),
        fields.text("form_name", _("Theo mẫu"), required=False, max_length=2000),
        fields.choice("obligatory", _("Bắt buộc hay không"), OBLIGATORY, required=False),
    ]
    if options:
        hint = _("Chưa chọn nghĩa là mọi trường hợp đều nộp.")
        nodes.insert(2, fields.choice("case", _("Trường hợp"), options, required=False, hint=hint))
    return nodes


def fee_nodes() -> list[colander.SchemaNode]:
    """The fields of one fee."""
    return [
        fields.hidden("was"),
        fields.choice("kind", _("Loại"), KINDS, as_list=True, required=False),
        fields.integer("amount", _("Mức thu"), minimum=0, maximum=MAX_AMOUNT, required=False),
        fields.choice(
            "currency",
            _("Đồng tiền"),
            CURRENCIES,
            required=False,
            hint=_("Chưa chọn là đồng Việt Nam."),
        ),
        fields.text(
            "unit", _("Đơn vị tính"), required=False, max_length=SHORT, hint=_("Ví dụ đồng/bản")
        ),
        fields.paragraph(
            "condition", _("Áp dụng khi"), rows=2, required=False, max_length=MAX_TEXT
        ),
        fields.paragraph(
            "exempt", _("Miễn, giảm cho ai"), rows=2, required=False, max_length=MAX_TEXT
        ),
        _flags("channels", _("Chỉ khi nộp"), CHANNELS, _("Không chọn nghĩa là mọi cách nộp.")),
        fields.date("valid_from", _("Thu từ ngày"), required=False),
        fields.date("valid_to", _("Thu đến hết ngày"), required=False),
    ]


def limit_named(name: str, title: Any) -> colander.SchemaNode:
    """The fields of one limit, together."""
    return _mapping(name, title, _limit_fields())


def _limit_fields() -> list[colander.SchemaNode]:
    value = colander.SchemaNode(
        NumberText(),
        name="value",
        title=_("Số"),
        missing=None,
        widget=widgets.TextWidget(inputmode="decimal", short=True),
        furniture=Furniture(hint=_("Ví dụ 5 hoặc 2,5")),
        validator=_is_number,
    )
    return [
        value,
        fields.choice("unit", _("Đơn vị"), UNITS, required=False),
        fields.paragraph("text", _("Lời văn"), rows=2, required=False, max_length=MAX_TEXT),
    ]


def _is_number(node: colander.SchemaNode, value: str) -> None:
    if number(value) is None:
        raise colander.Invalid(node, _("Mục này phải là số, ví dụ 5 hoặc 2,5."))


def _mapping(name: str, title: Any, nodes: list[colander.SchemaNode]) -> colander.SchemaNode:
    return fields.mapping(
        *nodes,
        name=name,
        title=title,
        missing=None,
        widget=widgets.GroupWidget(),
        furniture=Furniture(required=True),
    )


def _flags(name: str, title: Any, options: Choices, hint: Any = None) -> colander.SchemaNode:
    return colander.SchemaNode(
        Kept(),
        name=name,
        title=title,
        missing=[],
        widget=FlagsWidget(options=options),
        furniture=Furniture(required=True, hint=hint),
    )


def _texts(name: str, title: Any, item: str, label: Any, rows: int | None) -> Group:
    def nodes(_row: Mapping[str, Any]) -> list[colander.SchemaNode]:
        limit = MAX_TEXT if rows else 2000
        return [
            fields.hidden("was"),
            fields.paragraph("text", label, rows=rows or 2, max_length=limit),
        ]

    return Group(name, title, item, nodes)


def _long(name: str, title: Any) -> colander.SchemaNode:
    return fields.paragraph(name, title, rows=8, required=False, max_length=MAX_TEXT)


#: Section → its fields; those of papers and of the general part depend on the record.
MAKERS: Mapping[str, Callable[[], list[Part]]] = {
    "trinh-tu": steps,
    "cach-thuc": channels,
    "truong-hop": cases,
    "thoi-han": limits,
    "doi-tuong": applicants,
    "co-quan": agencies,
    "ket-qua": result,
    "phi": fees,
    "bieu-mau": forms,
    "dieu-kien": conditions,
    "can-cu": legal_bases,
}
