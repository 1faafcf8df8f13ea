"""Whatever an editor does, the definition can be stored and read again."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.errors import NotFound
from content.procedures.forms import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    acts,
    blocks,
    check,
    from_json,
    parse,
    prune,
    to_json,
)
from content.procedures.forms.amounts import amounts
from content.procedures.forms.changes import changes
from content.procedures.forms.conditions import Op, Test
from content.procedures.forms.definition import FeeRule, Question, Section, places
from content.procedures.forms.formulas import Formula, Work, formula_sentence, work_out
from content.procedures.forms.lint import can_be_published, lint
from content.procedures.forms.patterns import may_hang
from tests.support.clock import StoppedClock

NOW = StoppedClock()()

EMPTY = FormDefinition("mau-thu", "Mẫu thử", ())


def ids(definition: FormDefinition) -> list[str]:
    return [question.id for _, question, _ in places(definition)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_sequence_of_acts_gives_a_definition_that_round_trips(data: st.DataObject) -> None:
    form, known = EMPTY, set[str]()
    for _ in range(data.draw(st.integers(1, 18))):
        form = _act(data, form)
        assert parse(to_json(form)) == form
        found = ids(form)
        assert len(found) == len(set(found))
        known |= set(found)
    assert isinstance(lint(form), list)


def _act(data: st.DataObject, form: FormDefinition) -> FormDefinition:
    names = st.sampled_from(["Họ tên", "Ngày sinh", "???", "csrf token", "Số bản"])
    sections = [section.id for section in form.sections]
    if not sections:
        return acts.add_section(form, data.draw(names))
    section, every = data.draw(st.sampled_from(sections)), ids(form)
    kind = data.draw(st.sampled_from(list(Kind)))
    if not every:
        return acts.add_question(form, kind, data.draw(names), section=section)[0]
    one = data.draw(st.sampled_from(every))
    groups = [q.id for _, q, _ in places(form) if q.kind is Kind.REPEAT]
    by = data.draw(st.sampled_from([-1, 1]))
    moves: list[Any] = [
        lambda: acts.add_section(form, data.draw(names)),
        lambda: acts.add_question(form, kind, data.draw(names), section=section)[0],
        lambda: (
            acts.add_question(
                form, kind, "Trong nhóm", section=section, group=data.draw(st.sampled_from(groups))
            )[0]
            if groups
            else form
        ),
        lambda: acts.shift(form, one, by),
        lambda: acts.shift_section(form, section, by),
        lambda: acts.remove(form, one),
        lambda: acts.remove_section(form, section),
        lambda: acts.change_question(form, one, when=Test(every[0], Op.ANSWERED)),
        lambda: acts.change_question(form, one, label=data.draw(names), hint="Gợi ý"),
        lambda: acts.change_section(form, section, title=data.draw(names)),
        lambda: blocks.insert(form, data.draw(st.sampled_from(blocks.BLOCKS)), section),
        lambda: _drag(form, one, section),
    ]
    return data.draw(st.sampled_from(moves))()


def _drag(form: FormDefinition, one: str, section: str) -> FormDefinition:
    first = next(iter(form.section(section).questions), None)
    return acts.place(form, one, section, first.id if first and first.id != one else None)


def test_a_question_at_the_edge_goes_over_to_the_next_step_and_back() -> None:
    form = acts.add_section(acts.add_section(EMPTY, "Một"), "Hai")
    form, a = acts.add_question(form, Kind.TEXT, "A", section="mot")
    form, b = acts.add_question(form, Kind.TEXT, "B", section="hai")
    over = acts.shift(form, a, 1)
    assert [q.id for q in over.section("hai").questions] == [a, b]
    assert acts.shift(over, a, -1) == form
    assert acts.shift(form, b, 1) == form


def test_an_id_is_never_given_twice_and_survives_a_new_label() -> None:
    form = acts.add_section(EMPTY, "Một")
    form, first = acts.add_question(form, Kind.TEXT, "Họ tên", section="mot")
    form, second = acts.add_question(form, Kind.TEXT, "Họ tên", section="mot")
    assert (first, second) == ("ho_ten", "ho_ten_2")
    assert "ho_ten" in ids(acts.change_question(form, first, label="Tên khác"))


def test_a_block_put_in_twice_looks_at_its_own_questions() -> None:
    form = acts.add_section(EMPTY, "Một")
    block = blocks.BY_NAME["uy_quyen"]
    form = blocks.insert(blocks.insert(form, block, "mot"), block, "mot")
    second = form.question("chu_ho_so_2")
    assert second.when == Test("nop_thay_2", Op.EQUALS, "co")
    assert can_be_published(lint(form))


def test_acts_on_what_is_not_there_are_refused() -> None:
    for act in (
        lambda: acts.remove(EMPTY, "x"),
        lambda: acts.shift(EMPTY, "x", 1),
        lambda: acts.change_question(EMPTY, "x", label=""),
        lambda: acts.add_question(EMPTY, Kind.TEXT, "A", section="x"),
    ):
        with pytest.raises(NotFound):
            act()


def form_of(*questions: Question, fees: tuple[FeeRule, ...] = ()) -> FormDefinition:
    return FormDefinition("mau", "Mẫu", (Section("mot", "Một", questions),), fees=fees)


def codes(definition: FormDefinition) -> set[str]:
    return {one.code for one in lint(definition)}


def test_lint_finds_circles_slow_patterns_sensitive_questions_and_same_labels() -> None:
    a = Question("a", Kind.TEXT, "A", when=Test("b", Op.ANSWERED))
    b = Question("b", Kind.TEXT, "B", when=Test("a", Op.ANSWERED))
    assert codes(form_of(a, b)) == {"circular"}
    slow = Question("a", Kind.TEXT, "A", pattern="(?:a|a)(?:a|aa)+b", message="Sai.")
    assert "slow_pattern" in codes(form_of(slow))
    faith = Question("a", Kind.TEXT, "Tôn giáo")
    assert codes(form_of(faith)) == {"no_basis"}
    assert can_be_published(lint(form_of(faith)))
    twice = (Question("a", Kind.TEXT, "Tên"), Question("b", Kind.TEXT, "tên"))
    assert codes(form_of(*twice)) == {"same_label"}
    stop = Question("s", Kind.STATEMENT, "Không nộp ở đây.", stop=True)
    assert codes(form_of(stop)) == {"stops_everyone"}
    never = Question("c", Kind.TEXT, "C", required=True, when=Test("n", Op.GREATER, "5"))
    number = Question("n", Kind.NUMBER, "N", limits=Limits(maximum=Decimal(3)))
    assert "never_asked" in codes(form_of(number, never))


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*c", "(.*a){12}", "a*a*a*a*b"])
def test_patterns_that_hang_are_found(pattern: str) -> None:
    assert may_hang(pattern)


@pytest.mark.parametrize("pattern", ["([a-z]+)*1", "(\\d+)*x", "(", "a" * 300])
def test_patterns_that_other_engines_cannot_bear_are_faults(pattern: str) -> None:
    question = Question("a", Kind.TEXT, "A", pattern=pattern, message="Sai.")
    assert codes(form_of(question)) & {"slow_pattern", "bad_pattern"}


@pytest.mark.parametrize(
    "pattern", [r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}", "[A-Z]{2}[0-9]{4}", r"\S+ .*", "Có|Không"]
)
def test_honest_patterns_are_left_alone(pattern: str) -> None:
    assert not may_hang(pattern)


def test_a_calculated_number_follows_the_answers_whatever_was_sent() -> None:
    group = Question(
        "muc",
        Kind.REPEAT,
        "Các mục",
        questions=(Question("tien", Kind.NUMBER, "Tiền"), Question("ten", Kind.TEXT, "Tên")),
    )
    total = Question("tong", Kind.NUMBER, "Tổng", formula=Formula(Work.SUM, ("muc.tien",)))
    count = Question("dem", Kind.NUMBER, "Số mục", formula=Formula(Work.COUNT, ("muc",)))
    seen = Question("ly_do", Kind.TEXT, "Lý do", required=True, when=Test("tong", Op.GREATER, "10"))
    form = from_json(to_json(form_of(group, total, count, seen)))
    answers = {"muc": [{"tien": "7"}, {"tien": "5"}], "tong": "1"}
    kept = prune(form, answers)
    assert (kept["tong"], kept["dem"]) == ("12", "2")
    assert [one.code for one in check(form, answers, NOW)] == ["required"]
    assert formula_sentence(total.formula, lambda one: form.question(one).label) == (  # type: ignore[arg-type]
        "tổng của “Tiền” ở các dòng “Các mục”"
    )


@pytest.mark.parametrize(
    ("work", "of", "result"),
    [
        (Work.PRODUCT, ("a", "3"), "6"),
        (Work.DIFFERENCE, ("a", "5"), "-3"),
        (Work.PRODUCT, ("a", "khong_co"), None),
        (Work.DAYS, ("d", "2026-03-01"), "28"),
        (Work.YEARS, ("2000-02-29", "d"), "25"),
        (Work.PRODUCT, ("huge", "huge"), None),
        (Work.SUM, ("khong_co",), None),
    ],
)
def test_formulas_work_on_numbers_and_days(
    work: Work, of: tuple[str, ...], result: str | None
) -> None:
    answers = {"a": "2", "d": "2026-02-01", "huge": "1e999999"}
    assert work_out(Formula(work, of), answers.get) == result


def test_a_statement_that_stops_keeps_the_form_from_being_sent() -> None:
    choice = Question("o", Kind.CHOICE, "Ở đâu", options=(Option("xa", "Xa"), Option("gan", "Gần")))
    stop = Question(
        "dung", Kind.STATEMENT, "Nộp ở nơi khác.", stop=True, when=Test("o", Op.EQUALS, "xa")
    )
    form = from_json(to_json(form_of(choice, stop)))
    # The page says the statement's own words with it.
    assert [(p.path, p.code) for p in check(form, {"o": "xa"}, NOW)] == [(("dung",), "stopped")]
    assert check(form, {"o": "gan"}, NOW) == []


def test_fees_follow_the_answers() -> None:
    copies = Question("so_ban", Kind.NUMBER, "Số bản")
    fee = FeeRule("Bản sao trích lục", 8_000, "phí", "so_ban", Test("so_ban", Op.GREATER, "0"))
    form = from_json(to_json(form_of(copies, fees=(fee,))))
    assert [one.amount for one in amounts(form, {"so_ban": "3"})] == [24_000]
    assert amounts(form, {}) == ()


def test_differences_are_told_in_words() -> None:
    old = form_of(Question("a", Kind.TEXT, "Tên"), Question("b", Kind.TEXT, "Bỏ"))
    new = form_of(
        Question("a", Kind.TEXT, "Họ và tên", required=True), Question("c", Kind.DATE, "Ngày")
    )
    told = [(one.about, one.old, one.new) for one in changes(old, new)]
    assert ("Câu hỏi “Họ và tên”: nội dung câu hỏi", "Tên", "Họ và tên") in told
    assert ("Câu hỏi “Ngày”", "", "thêm mới (ngày tháng)") in told
    assert ("Câu hỏi “Bỏ”", "có", "bỏ") in told
    assert changes(old, old) == []
