"""The forms of the sample authority: whole, bound, and honest about what they are."""

from datetime import UTC, datetime

import pytest

from content.procedures.forms import (
    FormDefinition,
    Kind,
    by_procedure,
    check,
    from_json,
    outline,
    sample_definitions,
    to_json,
)
from content.procedures.forms.definition import places
from content.text import nfc

FORMS = sample_definitions()
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_there_are_twenty_and_nineteen_are_bound():
    assert len(FORMS) == len({one.id for one in FORMS}) == 20
    assert [one.id for one in FORMS if not one.procedure_codes] == ["nuoi-con-nuoi-thuc-te"]
    assert len(by_procedure(FORMS)) == 29


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
class TestEachForm:
    def test_survives_json(self, form: FormDefinition):
        assert from_json(to_json(form)) == form

    def test_says_that_it_does_not_replace_the_issued_form(self, form: FormDefinition):
        note = form.source_note or ""
        assert form.title in note
        assert "không thay thế" in note

    def test_asks_for_a_name(self, form: FormDefinition):
        required = {q.label.lower() for _, q, _ in places(form) if q.required}
        assert any("họ" in label or "tên" in label or "ai " in label for label in required)

    def test_an_empty_one_is_incomplete_and_can_be_printed(self, form: FormDefinition):
        assert check(form, {}, NOW)
        assert len(outline(form)) == len(form.sections)

    def test_its_words_are_normalised_and_polite(self, form: FormDefinition):
        for _, question, _ in places(form):
            for text in (question.label, question.hint or "", question.note or ""):
                assert text == nfc(text)
                assert "!" not in text
                assert text == text.strip()

    def test_nobody_signs_in_a_text_field(self, form: FormDefinition):
        for _, question, _ in places(form):
            if "(ký)" in question.label or question.label.startswith("Kính gửi"):
                assert question.kind is Kind.STATEMENT


def test_the_unbound_form_says_why():
    (form,) = [one for one in FORMS if not one.procedure_codes]
    assert "Chưa gắn với thủ tục nào" in (form.source_note or "")


def test_the_number_of_copies_is_asked_only_when_copies_are_wanted():
    form = next(one for one in FORMS if one.id == "khai-sinh")
    wanted = {"ban_sao_de_nghi_cap_ban_sao": "co"}
    assert ("ban_sao_so_luong_ban_sao",) in {p.path for p in check(form, wanted, NOW)}
    declined = {"ban_sao_de_nghi_cap_ban_sao": "khong"}
    assert ("ban_sao_so_luong_ban_sao",) not in {p.path for p in check(form, declined, NOW)}
