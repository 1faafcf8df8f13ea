"""Forms on the command line, and as Word files for citizens."""

import io
import json

from docx import Document

from content.dossiers.fees import fees_by_answers
from content.procedures.forms import FormDefinition, Kind, Question, Section, to_json
from content.procedures.forms.definition import FeeRule
from tests.support.site import Site

COPIES = Question("so_ban", Kind.NUMBER, "Số bản")
FORM = FormDefinition(
    "mau-dong-lenh",
    "Mẫu dòng lệnh",
    (Section("mot", "Một", (COPIES,)),),
    fees=(FeeRule("Bản sao", 8_000, "lệ phí", "so_ban"),),
)


def test_a_definition_is_imported_published_and_exported_on_the_command_line(site: Site) -> None:
    file, out = site.folder / "mau.json", site.folder / "ra.json"
    file.write_text(json.dumps(to_json(FORM), ensure_ascii=False), "utf-8")
    assert site.run("form", "import", str(file), "--publish") == 0
    assert site.run("form", "export", FORM.id, str(out)) == 0
    assert json.loads(out.read_text("utf-8")) == to_json(FORM)
    assert site.run("form", "export", "khong-co", str(out)) == 1
    file.write_text('{"id": 1}', "utf-8")
    assert site.run("form", "import", str(file)) == 1
    file.write_text("[", "utf-8")
    assert site.run("form", "import", str(file)) == 1


def test_a_citizen_gets_the_empty_form_as_a_word_file(site: Site) -> None:
    client = site.client()
    answer = client.get("/dien-va-in/1.004222?trong=docx")
    words = "\n".join(one.text for one in Document(io.BytesIO(answer.body)).paragraphs)
    assert "Họ, chữ đệm" in words


def test_fees_of_the_answers_go_with_the_dossier() -> None:
    lines = fees_by_answers(to_json(FORM), {"so_ban": "3"})
    assert lines is not None
    assert [(one["kind"], one["amount"]) for one in lines] == [("lệ phí", 24_000)]
    assert fees_by_answers({**to_json(FORM), "fees": []}, {"so_ban": "3"}) is None
