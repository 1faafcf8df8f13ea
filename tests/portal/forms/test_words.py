"""The words of forms: no message of the libraries untranslated, no code without a sentence."""

import ast
import re
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import colander
import deform
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from translationstring import TranslationString

from content.procedures.forms import Kind, Problem, Question
from portal.forms import collecting, messages, sniffing, uploads
from portal.forms.renderer import DOMAINS, LOCALE, catalogue, translate

PLACEHOLDER = re.compile(r"\$\{\w+\}")
# The package offers a function of the same name.
checks = import_module("content.procedures.forms.check")
#: A string of deform's own tests.
NOT_SHOWN = {"Yo ${subitem_title}"}


def messages_of(package: str) -> set[str]:
    """Every message of a library: its template file, and what its code marks besides."""
    root = Path(str(files(package)))
    with (root / "locale" / f"{package}.pot").open("rb") as source:
        found = {str(entry.id) for entry in read_po(source) if entry.id}
    marked = {text for path in root.glob("*.py") for text in marked_in(path)}
    pages = "".join(path.read_text("utf-8") for path in root.glob("templates/**/*.pt"))
    shown = re.findall(r'i18n:translate="">\s*([^<>$]+?)\s*</', pages)
    return (found | marked | set(shown)) - NOT_SHOWN


def marked_in(path: Path) -> set[str]:
    """The texts that a module marks for translation: ``_("…")``."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value
    }


@pytest.mark.parametrize("package", DOMAINS)
def test_no_message_of_a_library_is_missing(package: str):
    translated = {text for domain, text in catalogue() if domain == package}
    assert messages_of(package) - translated == set()


@pytest.mark.parametrize("package", DOMAINS)
def test_translations_keep_their_placeholders_and_their_manners(package: str):
    for (domain, original), text in catalogue().items():
        if domain == package:
            assert set(PLACEHOLDER.findall(original)) == set(PLACEHOLDER.findall(text)), original
            assert "!" not in text


@pytest.mark.parametrize("package", DOMAINS)
def test_the_catalogues_compile(package: str, tmp_path: Path):
    with (LOCALE / "vi" / "LC_MESSAGES" / f"{package}.po").open("rb") as source:
        found = read_po(source, locale="vi", domain=package)
    with (tmp_path / "x.mo").open("wb") as out:
        write_mo(out, found)
    assert not list(found.check())


def test_a_library_speaks_vietnamese():
    with pytest.raises(colander.Invalid) as caught:
        colander.SchemaNode(colander.Int()).deserialize("ba")
    assert translate(caught.value.msg) == "“ba” không phải là số."
    assert translate(deform.widget._("Incomplete date")) == "Ông/bà chưa ghi đủ ngày, tháng, năm."
    assert translate("để nguyên") == "để nguyên"
    assert translate(TranslationString("lạ", domain="colander")) == "lạ"


def codes_raised() -> set[str]:
    """Every code that checks and uploads can answer with, read from their sources."""
    found: set[str] = set()
    for module in (checks, collecting, sniffing, uploads):
        code = Path(str(module.__file__)).read_text("utf-8")
        found |= set(re.findall(r'yield \(?\s*"(\w+)", ?\{', code))
        found |= set(re.findall(r'(?:Problem\(\w+(?:\.\w+)?, |Refused\()"(\w+)"', code))
    return found | {"too_few_choices", "too_many_choices"}


DATA: dict[str, Any] = {
    "limit": 3, "length": 4, "papers": ("cccd", "passport"), "types": ("pdf",), "name": "a.pdf",
}  # fmt: skip


def test_every_code_has_its_sentence():
    assert len(codes_raised()) > 30
    assert codes_raised() <= messages.CODES


@pytest.mark.parametrize("code", sorted(messages.CODES))
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.FILE, Kind.CHOICE, Kind.REPEAT, Kind.ADDRESS])
def test_a_sentence_is_whole_and_polite(code: str, kind: Kind):
    data = {**DATA, "limit": "2020-01-31" if code in ("too_early", "too_late") else 3}
    told = messages.message(Problem(("q",), code, data), Question("q", kind, "Nhãn {x} %s"))
    assert told.endswith(".")
    assert "!" not in told
    assert "{x}" in told or "{" not in told
    assert told[0].isupper() or told[0] == "“"


def test_own_messages_come_first():
    question = Question("q", Kind.TEXT, "Mã")
    assert messages.message(Problem(("q",), "pattern", {}, "Ba chữ số."), question) == "Ba chữ số."


def test_a_question_in_the_form_of_one_is_answered_not_written():
    asked = Question("q", Kind.CHOICE, "Ai nhận?")
    assert (
        messages.message(Problem(("q",), "required"), asked)
        == "Ông/bà chưa trả lời câu “Ai nhận?”."
    )
