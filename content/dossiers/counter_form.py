"""What the desk fills in at the counter, as one form definition: who applies, what is kept of
the paper form, every required paper with its numbers, the way of return, the fee lines.

The same rules and the same pages as for citizens serve it. Ids of the desk's own questions
begin with ``tn_``, which no form's do. Pure: values in, a definition out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from content.dossiers.competence import BY_ADDRESS
from content.dossiers.models import MAX_APPLICANT, Delivery
from content.dossiers.papers import PaperToGive
from content.dossiers.wording import DELIVERIES, DESK_ABSENCES, fee_words
from content.procedures.forms import FormDefinition, Kind, Limits, Option, Question, Section
from content.procedures.forms.conditions import Op, Test
from content.procedures.forms.definition import places
from content.procedures.forms.general import GENERAL_ID

COUNTER_ID = "tiep-nhan-tai-quay"
PREFIX = "tn_"
MANY = 99
#: More papers than the list names; nobody hands in so many.
MAX_OTHERS = 20
FILE_TYPES = ("pdf", "jpeg", "png", "docx", "xlsx")
MAX_FILES = 20
#: A form with more questions than this begins folded away: the paper form serves.
SHORT_FORM = 14
QR, CASE, MODE = "tn_qr", "tn_truong_hop", "tn_to_khai"
NAME, IDENTITY, BORN, ADDRESS = "tn_ho_ten", "tn_so_dinh_danh", "tn_ngay_sinh", "tn_dia_chi"
PRINCIPAL, PRINCIPAL_IDENTITY = "tn_chu_ho_so", "tn_chu_ho_so_so_dinh_danh"
COMPLETE, SETS, DELIVERY, DELIVERY_ADDRESS = "tn_du", "tn_so_bo", "tn_cach_nhan", "tn_dia_chi_nhan"
FEES, TIMES, EXEMPT, POST_ITEM = "tn_phi", "tn_so_lan", "tn_mien", "tn_buu_gui"
OTHERS = "tn_giay_khac"
COMPETENT = "tn_tham_quyen"
ON_PAPER, TYPED, NO_CASE, ALL = "giay", "may", "0", "du"
COUNTS = ("chinh", "sao", "chup")
_ONE_LINE = 300
_NAMING = frozenset({"name", "organization"})


@dataclass(frozen=True)
class CounterFacts:
    """What the page of one reception depends on.

    ``fee_lines`` are those in force (``fees.fees_on``), ``scans`` names of files that wait in
    the scanner's folder with their words, ``agencies`` those that may decide instead of this
    one, by id.
    """

    form: FormDefinition
    papers: Sequence[PaperToGive]
    cases: Sequence[str]
    fee_lines: Sequence[Any]
    types_form: bool
    by_post: bool
    scans: Sequence[tuple[str, str]] = ()
    max_bytes: int | None = None
    agencies: Sequence[tuple[str, str]] = ()


def counter_definition(facts: CounterFacts) -> FormDefinition:
    """All questions of the page, the quickest way to a receipt first."""
    sections = [*_beginning(facts), *filed_definition(facts).sections]
    sections += [_receiving(facts), _returning(facts)]
    sections += [_paper(one, facts) for one in facts.papers if not stands_in_form(one, facts)]
    shown = tuple(_not_the_officers(one) for one in (*sections, _others()))
    return FormDefinition(COUNTER_ID, "Tiếp nhận hồ sơ", shown)


def filed_definition(facts: CounterFacts) -> FormDefinition:
    """What becomes the dossier's form: the typed form, or who applies beside a form on paper."""
    if not facts.types_form:
        title = "Thông tin người nộp (tờ khai bản giấy kèm hồ sơ)"
        return FormDefinition(COUNTER_ID, title, (_applicant(), _principal()))
    form = facts.form
    own = () if names_applicant(form) else (_applicant(),)
    return FormDefinition(
        form.id,
        form.title,
        (*own, *form.sections, _principal()),
        form_code=form.form_code,
        procedure_codes=form.procedure_codes,
        source_note=form.source_note,
        fees=form.fees,
    )


def _not_the_officers(section: Section) -> Section:
    """The browser must not offer the officer's own name and phone for the applicant's."""
    questions = (
        replace(one, autocomplete="off" if one.autocomplete else None) for one in section.questions
    )
    return replace(section, questions=tuple(questions))


def names_applicant(form: FormDefinition) -> bool:
    """Whether the form itself asks who applies."""
    return any(question.autocomplete in _NAMING for _s, question, _g in places(form))


def is_short(form: FormDefinition) -> bool:
    """Whether the form is quicker typed than kept on paper; the general one is never typed,
    for the page itself asks all it asks."""
    return form.id != GENERAL_ID and sum(1 for _ in places(form)) <= SHORT_FORM


def stands_in_form(paper: PaperToGive, facts: CounterFacts) -> bool:
    """Whether the typed form stands for the paper."""
    return facts.types_form and paper.answered_by is not None


def place_of(slot: str) -> str:
    """The part of a paper's question ids: ``paper:3`` → ``tn_gt_3``."""
    return f"{PREFIX}gt_{slot.removeprefix('paper:')}"


def card_targets(definition: FormDefinition) -> Mapping[str, str]:
    """Which questions a card fills: ``name``, ``number``, ``born``, ``sex``, ``address``.

    Those of the first section that asks for a name, in whatever form.
    """
    for section in definition.sections:
        if any(one.autocomplete == "name" for one in section.questions):
            return {key: found.id for key, found in _targets(section.questions) if found}
    return {}


def _targets(questions: Sequence[Question]) -> list[tuple[str, Question | None]]:
    def first(kind: Kind, purpose: str | None = None) -> Question | None:
        fitting = (one for one in questions if one.kind is kind)
        return next((one for one in fitting if purpose in (None, one.autocomplete)), None)

    number = first(Kind.NATIONAL_ID)
    named = next((one for one in questions if number and one.id == number.born), None)
    sex = next((one for one in questions if number and one.id == number.sex), None)
    return [
        ("name", first(Kind.TEXT, "name")),
        ("number", number),
        ("born", named or first(Kind.DATE, "bday")),
        ("sex", sex if sex is not None and sex.kind is Kind.CHOICE else None),
        ("address", first(Kind.TEXT, "street-address")),
    ]


def _beginning(facts: CounterFacts) -> list[Section]:
    questions = [
        Question(
            QR,
            Kind.TEXT,
            "Quét mã QR trên thẻ căn cước",
            hint="Đặt con trỏ ở đây rồi quét; hoặc dán dòng chữ của mã và bấm “Điền từ mã QR”.",
            limits=Limits(max_length=1000),
        )
    ]
    if facts.cases:
        options = [Option(str(n), name) for n, name in enumerate(facts.cases, start=1)]
        options.append(Option(NO_CASE, "Không thuộc các trường hợp trên"))
        questions.append(
            Question(CASE, Kind.CHOICE, "Trường hợp", required=True, options=tuple(options))
        )
    if facts.form.id != GENERAL_ID:
        modes = (
            Option(ON_PAPER, "Tờ khai bản giấy kèm hồ sơ"),
            Option(TYPED, f"Nhập tờ khai: {facts.form.title}"),
        )
        questions.append(Question(MODE, Kind.CHOICE, "Tờ khai", required=True, options=modes))
    return [Section("tn_dau", "Bắt đầu", tuple(questions))]


def _applicant() -> Section:
    papers = ("cccd", "passport", "tax_code", "cmnd")
    return Section(
        "tn_nguoi_nop",
        "Người nộp hồ sơ",
        (
            Question(
                NAME,
                Kind.TEXT,
                "Họ tên hoặc tên tổ chức",
                required=True,
                limits=Limits(max_length=MAX_APPLICANT),
                autocomplete="name",
            ),
            Question(
                IDENTITY,
                Kind.NATIONAL_ID,
                "Số định danh, hộ chiếu hoặc mã số thuế",
                limits=Limits(papers=papers),
                born=BORN,
            ),
            Question(
                BORN,
                Kind.DATE,
                "Ngày sinh",
                limits=Limits(earliest="1900-01-01", latest="today"),
                autocomplete="bday",
            ),
            Question("tn_dien_thoai", Kind.PHONE, "Số điện thoại", autocomplete="tel"),
            Question(
                ADDRESS,
                Kind.TEXT,
                "Địa chỉ",
                limits=Limits(max_length=_ONE_LINE),
                autocomplete="street-address",
            ),
            Question("tn_thu", Kind.EMAIL, "Thư điện tử", autocomplete="email"),
        ),
    )


def _principal() -> Section:
    return Section(
        "tn_thay",
        "Chủ hồ sơ, nếu nộp thay",
        (
            Question(
                PRINCIPAL,
                Kind.TEXT,
                "Họ tên chủ hồ sơ",
                hint="Để trống nếu người nộp là chủ hồ sơ.",
                limits=Limits(max_length=MAX_APPLICANT),
            ),
            Question(
                PRINCIPAL_IDENTITY,
                Kind.NATIONAL_ID,
                "Số định danh của chủ hồ sơ",
                limits=Limits(papers=("cccd", "passport", "tax_code", "cmnd")),
            ),
        ),
    )


def _receiving(facts: CounterFacts) -> Section:
    questions: list[Question] = []
    if any(one.is_obligatory for one in facts.papers if not stands_in_form(one, facts)):
        words = "Đã nhận đủ giấy tờ bắt buộc, đúng số bản ghi ở từng giấy tờ dưới đây"
        questions.append(
            Question(
                COMPLETE, Kind.CHOICES, "Thành phần hồ sơ", options=(Option(ALL, words),),
                hint="Không chọn thì ghi số bản đã nhận ở từng giấy tờ.",
            )
        )  # fmt: skip
    whole = Limits(minimum=Decimal(1), maximum=Decimal(MANY), decimals=0)
    questions.append(Question(SETS, Kind.NUMBER, "Số bộ hồ sơ", required=True, limits=whole))
    if facts.by_post:
        questions.append(
            Question(POST_ITEM, Kind.TEXT, "Số hiệu bưu gửi", limits=Limits(max_length=40))
        )
    return Section("tn_nhan", "Nhận hồ sơ", tuple(questions))


def _returning(facts: CounterFacts) -> Section:
    by_post = Test(DELIVERY, Op.EQUALS, Delivery.POST.value)
    ways = tuple(Option(way.value, words) for way, words in DELIVERIES.items())
    questions = [
        Question(DELIVERY, Kind.CHOICE, "Trả kết quả", required=True, options=ways),
        Question(
            DELIVERY_ADDRESS,
            Kind.TEXT,
            "Địa chỉ nhận kết quả",
            required=True,
            limits=Limits(max_length=_ONE_LINE),
            when=by_post,
        ),
    ]
    asked = (*questions, *_fees(facts), *_competent(facts))
    return Section("tn_ket_qua", "Trả kết quả và phí, lệ phí", asked)


def _competent(facts: CounterFacts) -> list[Question]:
    if not facts.agencies:
        return []
    options = [Option(BY_ADDRESS, "Theo xã, phường trong địa chỉ người nộp")]
    options += [Option(value, name) for value, name in facts.agencies]
    hint = "Chỉ chọn khi nơi khác giải quyết (phi địa giới); hồ sơ sẽ được chuyển đến đó."
    return [
        Question(COMPETENT, Kind.CHOICE, "Cơ quan có thẩm quyền", options=tuple(options), hint=hint)
    ]


def _fees(facts: CounterFacts) -> list[Question]:
    if not facts.fee_lines:
        return []
    words = fee_words(list(facts.fee_lines))
    options = tuple(Option(str(n), line) for n, line in enumerate(words))
    times = Limits(minimum=Decimal(1), maximum=Decimal(999), decimals=0)
    return [
        Question(
            FEES,
            Kind.CHOICES,
            "Khoản phải nộp",
            options=options,
            hint="Không chọn khoản nào thì giấy tiếp nhận để trống, thu sau khi xác định.",
        ),
        Question(TIMES, Kind.NUMBER, "Số lượng tính phí", hint="Để trống là 1.", limits=times),
        Question(
            EXEMPT,
            Kind.TEXT,
            "Lý do miễn",
            hint="Chỉ ghi khi được miễn toàn bộ khoản đã chọn.",
            limits=Limits(max_length=_ONE_LINE),
        ),
    ]


def _paper(paper: PaperToGive, facts: CounterFacts) -> Section:
    place = place_of(paper.slot)
    files = Limits(max_bytes=facts.max_bytes, max_files=MAX_FILES, file_types=FILE_TYPES)
    questions = [*_counts(place), Question(f"{place}_tep", Kind.FILE, "Tệp số hóa", limits=files)]
    if facts.scans:
        options = tuple(Option(name, words) for name, words in facts.scans)
        questions.append(
            Question(f"{place}_quet", Kind.CHOICE, "Lấy tệp vừa quét", options=options)
        )
    if paper.is_obligatory:
        reasons = tuple(Option(why.value, words) for why, words in DESK_ABSENCES.items())
        questions.append(Question(f"{place}_vang", Kind.CHOICE, "Nếu không nhận", options=reasons))
    return Section(place, paper.name, tuple(questions), hint=_wanted(paper))


def _counts(place: str) -> list[Question]:
    limits = Limits(minimum=Decimal(0), maximum=Decimal(MANY), decimals=0)
    words = ("Bản chính", "Bản chứng thực", "Bản chụp")
    return [
        Question(f"{place}_{name}", Kind.NUMBER, label, limits=limits)
        for name, label in zip(COUNTS, words, strict=True)
    ]


def _wanted(paper: PaperToGive) -> str:
    """How many the law wants; "bản sao" stands in the column of certified copies."""
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    if not told:
        told = "danh mục chưa ghi số bản"
    return f"{'Bắt buộc' if paper.is_obligatory else 'Không bắt buộc'}: {told}."


def _others() -> Section:
    name = Question(
        "tn_khac_ten", Kind.TEXT, "Tên giấy tờ", required=True, limits=Limits(max_length=_ONE_LINE)
    )
    rows = Question(
        OTHERS,
        Kind.REPEAT,
        "Giấy tờ ngoài danh mục",
        item="giấy tờ",
        limits=Limits(max_items=MAX_OTHERS),
        questions=(name, *_counts("tn_khac")),
    )
    return Section("tn_khac", "Giấy tờ khác", (rows,))
