"""Random form definitions and answers to them, for property tests.

Definitions are made in order, so that conditions only look back; every kind of
question, nesting and conditions come up. Answers fit their questions: what a careful
person might give.
"""

import io
import zipfile
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from content.procedures.forms import DefinitionError, FormDefinition, Question, from_json
from content.procedures.forms.definition import ABROAD, MAX_DEPTH, Kind
from portal.forms.places import FixedPlaces

BOOK = FixedPlaces(
    {
        ("01", "Hà Nội"): [("00004", "Phường Ba Đình"), ("00008", "Phường Ngọc Hà")],
        ("96", "Cà Mau"): [("31999", "Phường An Xuyên")],
    }
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"
LEAVES = tuple(kind for kind in Kind if kind is not Kind.REPEAT)

_WORDS = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạẫễỡữABCĐ0123456789<>&\"'`{}%$\\ \t/"),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip())
_LABELS = st.sampled_from(["Họ và tên", "Ngày <b>sinh</b>", "“Nơi” ở & làm việc", "Số {0} %s"])


def docx() -> bytes:
    """A word-processor file, as small as one can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@st.composite
def definitions(draw: st.DrawFn) -> FormDefinition:
    """A usable definition with at least one condition."""
    maker = _Maker(draw)
    sections = [maker.section(number) for number in range(draw(st.integers(1, 3)))]
    # One condition for certain, on a question made for it.
    sections[0]["questions"] += [
        maker.leaf(Kind.CHOICE, "cua", []) | {"options": ["mở", "đóng"]},
        maker.leaf(draw(st.sampled_from(LEAVES)), "sau_cua", [])
        | {"when": {"question": "cua", "is": "equals", "value": "mở"}},
    ]
    try:
        return from_json({"id": "ngau-nhien", "title": "Ngẫu nhiên", "sections": sections})
    except DefinitionError as error:
        # Random conditions can contradict each other; nothing else may be wrong.
        if {one.code for one in error.problems} != {"never_asked"}:
            raise
        reject()


class _Maker:
    """Makes questions one after another and remembers what conditions may look at."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0

    def section(self, number: int) -> dict[str, Any]:
        earlier = self.earlier if number else []
        self.earlier: list[dict[str, Any]] = earlier
        questions = self.questions(self.earlier, 0, self.draw(st.integers(1, 5)))
        return {"id": f"phan{number}", "title": f"Phần {number + 1}", "questions": questions}

    def questions(
        self, earlier: list[dict[str, Any]], depth: int, count: int
    ) -> list[dict[str, Any]]:
        made = []
        for _ in range(count):
            self.count += 1
            question_id = f"q{self.count}"
            if depth < MAX_DEPTH and self.draw(st.integers(0, 3)) == 0:
                made.append(self.group(question_id, earlier, depth))
            else:
                kind = self.draw(st.sampled_from(LEAVES))
                made.append(self.leaf(kind, question_id, earlier))
            earlier.append(made[-1])
        return made

    def group(self, question_id: str, earlier: list[dict[str, Any]], depth: int) -> dict[str, Any]:
        question = {"id": question_id, "kind": "repeat", "label": "Nhóm", "item": "người"}
        question |= self.condition(earlier)
        inner = self.questions(list(earlier), depth + 1, self.draw(st.integers(1, 3)))
        if self.draw(st.booleans()):
            self.count += 1
            inner.append(self.leaf(Kind.FILE, f"q{self.count}", earlier))
        return {**question, "questions": inner, "limits": {"max_items": 5}}

    def leaf(self, kind: Kind, question_id: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
        question: dict[str, Any] = {
            "id": question_id,
            "kind": kind.value,
            "label": self.draw(_LABELS),
        }
        question |= self.condition(earlier)
        if kind is not Kind.STATEMENT:
            question["required"] = self.draw(st.booleans())
        if kind in (Kind.CHOICE, Kind.CHOICES):
            values = self.draw(st.lists(st.sampled_from("abcdefghij"), min_size=1, unique=True))
            question["options"] = [{"value": one, "label": f"Mục {one}"} for one in values]
        if kind is Kind.NUMBER:
            question["limits"] = {"decimals": 2}
        if kind is Kind.FILE:
            question["limits"] = {"max_files": 3, "file_types": ["pdf", "jpeg", "docx"]}
        if self.draw(st.booleans()):
            question["hint"] = "Gợi ý <i>cho</i> ông/bà."
        return question

    def condition(self, earlier: list[dict[str, Any]]) -> dict[str, Any]:
        seen = [one for one in earlier if one["kind"] != "statement"]
        if not seen or self.draw(st.integers(0, 2)) == 0:
            return {}
        tests = [
            self.test(self.draw(st.sampled_from(seen))) for _ in range(self.draw(st.integers(1, 2)))
        ]
        if len(tests) == 1:
            return {"when": tests[0]}
        return (
            {"when": {self.draw(st.sampled_from(["all", "any"])): tests}}
            if len({one["question"] for one in tests}) == 2
            else {"when": tests[0]}
        )

    def test(self, question: dict[str, Any]) -> dict[str, Any]:
        kind, name = question["kind"], question["id"]
        if kind == "choice":
            return {"question": name, "is": "equals", "value": _first_option(question)}
        if kind == "choices":
            return {"question": name, "is": "contains", "value": _first_option(question)}
        if kind == "number":
            return {
                "question": name,
                "is": self.draw(st.sampled_from(["greater", "less"])),
                "value": "10",
            }
        if kind == "date":
            op = self.draw(st.sampled_from(["before", "after"]))
            return {"question": name, "is": op, "value": "2000-06-15"}
        return {"question": name, "is": "answered"}


def _first_option(question: dict[str, Any]) -> str:
    first = question["options"][0]
    return first if isinstance(first, str) else first["value"]


@st.composite
def answers_to(draw: st.DrawFn, definition: FormDefinition) -> dict[str, Any]:
    """Answers to every question, hidden ones too; files stand as (name, bytes)."""
    found: dict[str, Any] = {}
    for section in definition.sections:
        found |= _answered(draw, section.questions)
    return found


def _answered(draw: st.DrawFn, questions: tuple[Question, ...]) -> dict[str, Any]:
    found = {}
    for question in questions:
        if question.kind is Kind.STATEMENT or not (question.required or draw(st.integers(0, 3))):
            continue
        if question.kind is Kind.REPEAT:
            rows = [_answered(draw, question.questions) for _ in range(draw(st.integers(0, 3)))]
            found[question.id] = rows
        else:
            found[question.id] = draw(_VALUES[question.kind](question))
    return found


def _numbers() -> st.SearchStrategy[str]:
    whole = st.integers(-10_000_000, 10_000_000).map(str)
    parts = st.tuples(st.integers(0, 99_999), st.sampled_from([".5", ".25", ".07"]))
    return whole | parts.map(lambda one: f"{one[0]}{one[1]}")


def _addresses() -> st.SearchStrategy[dict[str, str]]:
    def home(province: str, commune: str, detail: str) -> dict[str, str]:
        found = {
            "province": province,
            "province_name": BOOK.province_name(province) or "",
            "commune": commune,
            "commune_name": BOOK.commune_name(province, commune) or "",
            "detail": " ".join(detail.split()),
        }
        return {key: value for key, value in found.items() if value}

    places = st.sampled_from(
        [(code, commune) for code, _ in BOOK.provinces() for commune, _ in BOOK.communes(code)]
    )
    at_home = st.builds(lambda place, text: home(*place, text), places, _WORDS | st.just(""))
    abroad = _WORDS.map(
        lambda text: {
            "province": ABROAD,
            "province_name": "nước ngoài",
            "detail": " ".join(text.split()),
        }
    )
    return at_home | abroad


_FILES = st.sampled_from(
    [
        ("đơn xin.pdf", PDF),
        ("ảnh <1>.jpg", JPEG),
        ("tờ khai.docx", docx()),
        ("KHAI.PDF", PDF + b"%%EOF"),
    ]
)
_LINES = _WORDS.map(lambda text: " ".join(text.split()))
_VALUES: dict[Kind, Any] = {
    Kind.TEXT: lambda _: _LINES,
    Kind.PARAGRAPH: lambda _: st.lists(_LINES, min_size=1, max_size=3).map("\n".join),
    Kind.NUMBER: lambda _: _numbers(),
    Kind.DATE: lambda _: st.dates().map(lambda one: one.isoformat()),
    Kind.NATIONAL_ID: lambda _: st.integers(0, 999_999).map(lambda n: f"001164{n:06d}"),
    Kind.PHONE: lambda _: st.integers(0, 99_999_999).map(lambda n: f"09{n:08d}"),
    Kind.EMAIL: lambda _: st.sampled_from(["an@vidu.vn", "Le.Van+B@mail.vidu.com.vn"]),
    Kind.CHOICE: lambda question: st.sampled_from([one.value for one in question.options]),
    Kind.CHOICES: lambda question: st.sets(
        st.sampled_from([one.value for one in question.options]), min_size=1
    ).map(lambda chosen: [one.value for one in question.options if one.value in chosen]),
    Kind.ADDRESS: lambda _: _addresses(),
    Kind.FILE: lambda _: st.lists(_FILES, min_size=1, max_size=3),
}
