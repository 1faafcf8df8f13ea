"""A page of a definition: rows by real submits, files kept, errors told, nothing lost."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from webob.multidict import MultiDict

from content.procedures.forms import FormDefinition, from_json
from portal.forms.dynamic import DynamicForm, FormPage, Reading
from portal.forms.renderer import FormRenderer
from portal.forms.uploads import MemoryUploadStore, Uploads
from tests.portal.forms.conftest import NOW
from tests.support.browser import BrowserForm, SentFile
from tests.support.form_strategies import BOOK, JPEG, PDF
from tests.support.page_rules import check_page
from tests.support.pages import page_of

MakePage = Callable[..., FormPage]
EVIL = """'"></textarea><script>alert(1)</script>"""


def form(*questions: dict[str, Any], **more: Any) -> FormDefinition:
    sections = [{"id": "mot", "title": "Một", "questions": list(questions)}]
    return from_json({"id": "thu", "title": "Thử", "sections": sections, **more})


def ask(kind: str, question_id: str, **more: Any) -> dict[str, Any]:
    return {"id": question_id, "kind": kind, "label": f"Nhãn {question_id}", **more}


HOUSEHOLD = form(
    ask("text", "ten", required=True),
    ask(
        "repeat",
        "ho",
        item="hộ",
        limits={"max_items": 3},
        questions=[
            ask("text", "dia_danh", required=True),
            ask("file", "giay", limits={"max_files": 2}),
            ask("repeat", "nguoi", item="người", questions=[ask("text", "ho_ten", required=True)]),
        ],
    ),
    ask("address", "o"),
)


def show(reading: Reading) -> BrowserForm:
    """The page shown after a POST, checked."""
    html = page_of(reading.form)
    assert check_page(html) == []
    return BrowserForm(html)


class TestRowsWithoutScripts:
    def test_adding_and_removing_keeps_what_was_typed(self, page: MakePage):
        here = page(HOUSEHOLD)
        browser = BrowserForm(DynamicForm(here).render())
        browser.fill("ten", "Lan")
        assert not browser.has("ho.0.dia_danh")

        reading = DynamicForm(here).accept(browser.press("_them", "ho"), NOW)
        assert reading.changed
        assert reading.problems == ()
        browser = show(reading)
        browser.fill("ho.0.dia_danh", "A")
        browser.choose_files("ho.0.giay", [SentFile("a.pdf", PDF)])

        browser = show(DynamicForm(here).accept(browser.press("_them", "ho"), NOW))
        browser.fill("ho.1.dia_danh", "B")
        browser = show(DynamicForm(here).accept(browser.press("_them", "ho.1.nguoi"), NOW))
        browser.fill("ho.1.nguoi.0.ho_ten", "An")
        browser = show(DynamicForm(here).accept(browser.press("_bo", "ho.0"), NOW))

        assert browser.controls("ten")[0]["value"] == "Lan"
        assert browser.controls("ho.0.dia_danh")[0]["value"] == "B"
        assert browser.controls("ho.0.nguoi.0.ho_ten")[0]["value"] == "An"
        assert not browser.has("ho.1.dia_danh")
        reading = DynamicForm(here).accept(browser.press("_viec"), NOW)
        assert reading.is_complete
        assert reading.answers == {
            "ten": "Lan",
            "ho": [{"dia_danh": "B", "nguoi": [{"ho_ten": "An"}]}],
        }

    def test_a_new_row_gets_the_focus(self, page: MakePage):
        browser = BrowserForm(DynamicForm(page(HOUSEHOLD)).render())
        reading = DynamicForm(page(HOUSEHOLD)).accept(browser.press("_them", "ho"), NOW)
        assert 'id="f-ho-0" tabindex="-1" autofocus' in reading.form.render()

    def test_rows_stop_at_their_limit(self, page: MakePage):
        rows = {"ho": [{"dia_danh": str(number)} for number in range(3)]}
        shown = DynamicForm(page(HOUSEHOLD), rows)
        assert 'name="_them" value="ho"' not in shown.render()
        post = MultiDict([*BrowserForm(shown.render()).press("_viec").items(), ("_them", "ho")])
        assert len(DynamicForm(page(HOUSEHOLD)).accept(post, NOW).answers["ho"]) == 3

    def test_blank_rows_vanish_when_going_on(self, page: MakePage):
        rows = {"ten": "Lan", "ho": [{}, {"dia_danh": "A"}, {}]}
        browser = BrowserForm(DynamicForm(page(HOUSEHOLD), rows).render())
        reading = DynamicForm(page(HOUSEHOLD)).accept(browser.press("_viec"), NOW)
        assert reading.is_complete
        assert reading.answers["ho"] == [{"dia_danh": "A"}]

    def test_a_row_with_a_fault_is_named_where_it_stands(self, page: MakePage):
        rows = {"ten": "Lan", "ho": [{"dia_danh": "A"}, {"nguoi": [{"ho_ten": "An"}]}]}
        browser = BrowserForm(DynamicForm(page(HOUSEHOLD), rows).render())
        reading = DynamicForm(page(HOUSEHOLD)).accept(browser.press("_viec"), NOW)
        assert reading.form.errors == [
            ("f-ho-1-dia_danh", "Hộ 2: Ông/bà chưa ghi “Nhãn dia_danh”.")
        ]
        show(reading)

    def test_a_group_that_must_have_rows_shows_them_at_once(self, page: MakePage):
        two = form(
            ask("repeat", "q", item="người", limits={"min_items": 2}, questions=[ask("text", "t")])
        )
        browser = BrowserForm(DynamicForm(page(two)).render())
        assert browser.has("q.1.t")
        reading = DynamicForm(page(two)).accept(browser.press("_viec"), NOW)
        assert reading.form.errors == [("f-q", "“Nhãn q” cần ít nhất 2 người.")]


class TestFiles:
    def choose(self, page: MakePage, *files: SentFile, **more: Any) -> Reading:
        browser = BrowserForm(DynamicForm(page(PAPERS)).render())
        browser.choose_files("giay", list(files))
        for name, value in more.items():
            browser.fill(name, value)
        return DynamicForm(page(PAPERS)).accept(browser.press("_viec"), NOW)

    def test_a_file_is_kept_while_something_else_is_wrong(
        self, page: MakePage, store: MemoryUploadStore
    ):
        reading = self.choose(page, SentFile("đơn.pdf", PDF))
        assert [problem.code for problem in reading.problems] == ["required"]
        browser = show(reading)
        browser.fill("ten", "Lan")
        reading = DynamicForm(page(PAPERS)).accept(browser.press("_viec"), NOW)
        assert reading.is_complete
        assert [one["name"] for one in reading.answers["giay"]] == ["đơn.pdf"]
        assert len(store) == 1

    def test_a_lying_file_is_refused_and_the_rest_kept(
        self, page: MakePage, store: MemoryUploadStore
    ):
        reading = self.choose(page, SentFile("thật.pdf", PDF), SentFile("giả.pdf", JPEG), ten="Lan")
        ((target, words),) = reading.form.errors
        assert target == "f-giay"
        assert "giả.pdf" in words
        assert [one["name"] for one in reading.answers["giay"]] == ["thật.pdf"]
        assert show(reading).controls("ten")[0]["value"] == "Lan"
        assert len(store) == 1

    def test_a_file_can_be_taken_out(self, page: MakePage, store: MemoryUploadStore):
        browser = show(self.choose(page, SentFile("a.pdf", PDF)))
        token = browser.controls("giay.tep")[0]["value"]
        reading = DynamicForm(page(PAPERS)).accept(browser.press("_bo_tep", f"giay:{token}"), NOW)
        assert reading.changed
        assert "giay" not in reading.answers
        assert len(store) == 0

    def test_too_many_are_told_and_not_kept(self, page: MakePage, store: MemoryUploadStore):
        files = [SentFile(f"{number}.pdf", PDF) for number in range(4)]
        reading = self.choose(page, *files, ten="Lan")
        assert [problem.code for problem in reading.problems] == ["too_many_files"]
        assert len(store) == 2

    def test_a_token_of_somebody_else_is_nothing(self, page: MakePage, store: MemoryUploadStore):
        theirs = store.put(
            "draft:2", SentFile("a", PDF).file, name="a", size=1, media_type="x", digest="d"
        )
        post = MultiDict({"ten": "Lan", "giay.tep": theirs.token})
        assert "giay" not in DynamicForm(page(PAPERS)).accept(post, NOW).answers

    def test_a_file_of_a_hidden_question_is_not_kept(
        self, page: MakePage, store: MemoryUploadStore
    ):
        hidden = form(
            ask("choice", "co", options=["a", "b"], required=True),
            ask(
                "file", "giay", required=True, when={"question": "co", "is": "equals", "value": "a"}
            ),
        )
        browser = BrowserForm(DynamicForm(page(hidden)).render())
        browser.fill("co", "b")
        browser.choose_files("giay", [SentFile("a.pdf", PDF), SentFile("b.pdf", JPEG)])
        reading = DynamicForm(page(hidden)).accept(browser.press("_viec"), NOW)
        assert reading.is_complete
        assert reading.answers == {"co": "b"}
        assert len(store) == 0


PAPERS = form(ask("text", "ten", required=True), ask("file", "giay", limits={"max_files": 2}))


class TestAddress:
    def test_communes_come_by_a_real_submit(self, page: MakePage):
        browser = BrowserForm(DynamicForm(page(HOUSEHOLD)).render())
        assert len(browser.controls("o.xa")[0].find_all("option")) == 1
        browser.fill("o.tinh", "01")
        browser.fill("o.chi_tiet", "12 Đội Cấn")
        browser = show(DynamicForm(page(HOUSEHOLD)).accept(browser.press("_chon_tinh", "o"), NOW))
        browser.fill("o.xa", "00004")
        browser.fill("ten", "Lan")
        reading = DynamicForm(page(HOUSEHOLD)).accept(browser.press("_viec"), NOW)
        assert reading.answers["o"] == {
            "province": "01",
            "province_name": "Hà Nội",
            "commune": "00004",
            "commune_name": "Phường Ba Đình",
            "detail": "12 Đội Cấn",
        }

    @pytest.mark.parametrize(
        ("sent", "target"),
        [
            ({"o.tinh": "99", "o.chi_tiet": "x"}, "f-o-tinh"),
            ({"o.tinh": "01", "o.xa": ""}, "f-o-xa"),
            ({"o.tinh": "01", "o.xa": "31999"}, "f-o-xa"),
            ({"o.tinh": "00"}, "f-o-chi-tiet"),
        ],
    )
    def test_the_error_leads_to_the_part_that_is_wrong(
        self, page: MakePage, sent: dict[str, str], target: str
    ):
        reading = DynamicForm(page(HOUSEHOLD)).accept(MultiDict({"ten": "Lan", **sent}), NOW)
        assert [error[0] for error in reading.form.errors] == [target]
        show(reading)


class TestSteps:
    TWO = from_json(
        {
            "id": "hai-buoc",
            "title": "Hai bước",
            "sections": [
                {
                    "id": "mot",
                    "title": "Một",
                    "questions": [ask("choice", "chon", options=["a", "b"], required=True)],
                },
                {
                    "id": "hai",
                    "title": "Hai",
                    "questions": [
                        ask(
                            "text", "chi_a", when={"question": "chon", "is": "equals", "value": "a"}
                        ),
                        ask("text", "luon"),
                        ask("text", "sau", when={"question": "luon", "is": "answered"}),
                    ],
                },
            ],
        }
    )

    def test_a_step_shows_what_earlier_answers_leave_to_ask(self, page: MakePage):
        here = page(self.TWO, sections=("hai",))
        shown = DynamicForm(here, {"chon": "b"}).render()
        assert 'name="chi_a"' not in shown
        assert 'name="luon"' in shown
        assert "data-when" not in DynamicForm(here, {"chon": "a"}).render().split('name="luon"')[0]

    def test_what_the_same_page_decides_is_told_in_words_and_as_data(self, page: MakePage):
        shown = DynamicForm(page(self.TWO, sections=("hai",)), {"chon": "b"}).render()
        assert "Chỉ trả lời khi “Nhãn luon” đã được trả lời." in shown
        assert "&#34;is&#34;:&#34;answered&#34;" in shown

    def test_a_step_keeps_the_answers_of_the_others(self, page: MakePage):
        here = page(self.TWO, sections=("hai",))
        reading = DynamicForm(here, {"chon": "b", "luon": "cũ"}).accept(
            MultiDict({"luon": "mới", "chi_a": "x", "chon": "a"}), NOW
        )
        assert reading.answers == {"chon": "b", "luon": "mới"}

    def test_changing_an_earlier_answer_drops_what_it_hides(self, page: MakePage):
        here = page(self.TWO, sections=("mot",))
        reading = DynamicForm(here, {"chon": "a", "chi_a": "x"}).accept(
            MultiDict({"chon": "b"}), NOW
        )
        assert reading.answers == {"chon": "b"}

    def test_several_steps_on_one_page_say_where_an_error_stands(self, page: MakePage):
        reading = DynamicForm(page(self.TWO)).accept(MultiDict(), NOW)
        assert reading.form.errors == [("f-chon", "Một: Ông/bà chưa chọn “Nhãn chon”.")]

    def test_only_the_step_is_checked(self, page: MakePage):
        here = page(self.TWO, sections=("hai",))
        assert DynamicForm(here, {}).accept(MultiDict(), NOW).is_complete


EVERY = form(
    ask("text", "a"),
    ask("paragraph", "b"),
    ask("number", "c"),
    ask("date", "d"),
    ask("national_id", "e"),
    ask("phone", "f"),
    ask("email", "g"),
    ask("choice", "h", options=["1"], required=True),
    ask("choices", "i", options=["1", "2"]),
    ask("address", "k"),
    ask("file", "l"),
    ask("statement", "m"),
    ask("repeat", "n", questions=[ask("text", "o"), ask("file", "p")]),
)
NAMES = [
    *"abcdefghi", "k.tinh", "k.xa", "k.chi_tiet", "l", "l.tep", "n.hang", "n.0.o", "n.0.p",
    "n.0.p.tep", "_them", "_bo", "_bo_tep", "_chon_tinh", "_viec", "csrf_token", "__start__", "x",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.text(st.characters(codec=None), max_size=30)
            | st.sampled_from(["0", "n", "n.0", "k", "\x00", "\ud800", "x" * 10_000, EVIL, "٣"])
            | st.builds(
                SentFile, st.text(st.characters(codec=None), max_size=9), st.binary(max_size=9)
            ),
        ),
        max_size=15,
    )
)
@example(sent=[("a", "\x1f"), ("_them", "n")])
def test_whatever_is_sent_there_is_a_clean_page(sent: list[tuple[str, Any]]):
    store = MemoryUploadStore()
    page = FormPage(EVERY, "/x", "tok", RENDERER, BOOK, Uploads(store, "draft:1"))
    reading = DynamicForm(page).accept(MultiDict(sent), NOW)
    html = page_of(reading.form).encode("utf-8")
    assert check_page(html) == []
    assert b"<script>alert" not in html
    again = DynamicForm(page, reading.answers)
    assert check_page(page_of(again).encode("utf-8")) == []


RENDERER = FormRenderer()


def test_labels_hints_and_values_are_escaped(page: MakePage):
    evil = form(
        ask("text", "a", label=EVIL, hint=EVIL, note=EVIL, unit=EVIL),
        ask("choice", "b", options=[{"value": EVIL, "label": EVIL}], required=True),
        ask("repeat", "c", label=EVIL, item=EVIL, questions=[ask("paragraph", "d")]),
        ask("text", "e", when={"question": "a", "is": "equals", "value": EVIL}),
        ask("statement", "g", label=EVIL),
    )
    answers = {"a": EVIL, "b": EVIL, "c": [{"d": EVIL}], "e": EVIL}
    html = page_of(DynamicForm(page(evil, data={"x": EVIL}), answers))
    assert check_page(html) == []
    assert "<script>alert" not in html
    browser = BrowserForm(html)
    assert DynamicForm(page(evil)).accept(browser.press("_viec"), NOW).answers == answers


@pytest.mark.parametrize(
    "garbage", [{"n": "x"}, {"n": [5, {"o": []}]}, {"l": [{}]}, {"k": 5}, {"i": 3}]
)
def test_answers_of_a_foreign_shape_do_not_break_the_page(page: MakePage, garbage: dict[str, Any]):
    assert check_page(page_of(DynamicForm(page(EVERY), garbage))) == []


def test_the_refusal_carries_the_form(page: MakePage):
    refusal = DynamicForm(page(PAPERS)).accept(MultiDict(), NOW).refusal()
    assert refusal.status == 422
    assert refusal.errors == [("f-ten", "Ông/bà chưa ghi “Nhãn ten”.")]


@pytest.mark.parametrize(
    ("copies", "grouped", "shown"),
    [("3", None, "24.000 đồng"), ("0,5", None, "4.000 đồng"), ("3", False, "24000 đồng")],
)
def test_a_worked_out_number_reads_as_in_the_finished_form(
    page: MakePage, copies: str, grouped: bool | None, shown: str
):
    formula = {"work": "product", "of": ["so_ban", "8000"]}
    limits = {} if grouped is None else {"limits": {"grouped": grouped}}
    total = ask("number", "thanh_tien", unit="đồng", formula=formula, **limits)
    many = {"limits": {"decimals": 1}}
    definition = form(ask("number", "so_ban", **many), total)
    reading = DynamicForm(page(definition)).accept(MultiDict({"so_ban": copies}), NOW)
    assert f"<strong>{shown}</strong>" in page_of(reading.form)
