"""Every sample form as a page: empty, with errors, step by step and whole."""

from collections.abc import Callable

import pytest
from webob.multidict import MultiDict

from content.procedures.forms import FormDefinition, general_definition, sample_definitions
from content.procedures.forms.general import PaperToAttach
from portal.forms.dynamic import DynamicForm, FormPage
from tests.portal.forms.conftest import NOW
from tests.support.page_rules import check_page
from tests.support.pages import page_of

FORMS = [*sample_definitions(), general_definition([PaperToAttach("Giấy khai sinh")])]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_sample_form_is_a_good_page(form: FormDefinition, page: Callable[..., FormPage]):
    for sections in (None, *((section.id,) for section in form.sections)):
        here = page(form, sections=sections)
        assert check_page(page_of(DynamicForm(here))) == []
        reading = DynamicForm(here).accept(MultiDict(), NOW)
        assert check_page(page_of(reading.form)) == []
        shown = DynamicForm(here).render()
        assert len(reading.form.errors) == len(
            [one for one in reading.problems if f'data-field="{one.path[0]}"' in shown]
        )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_person_is_told_where_the_autocomplete_helps(
    form: FormDefinition, page: Callable[..., FormPage]
):
    """WCAG 2.2 SC 1.3.5: what is asked of the user themselves has its token."""
    html = DynamicForm(page(form)).render()
    known = {"name", "bday", "tel", "email", "street-address", "organization",
             "address-level1", "address-level2"}  # fmt: skip
    tokens = {part.split('"')[0] for part in html.split('autocomplete="')[1:]}
    assert tokens <= known
