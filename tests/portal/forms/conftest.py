"""What the tests of forms share: a renderer, a place book, a page of a definition."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from content.procedures.forms import FormDefinition
from portal.forms.dynamic import FormPage
from portal.forms.renderer import FormRenderer
from portal.forms.uploads import MemoryUploadStore, Uploads
from tests.support.form_strategies import BOOK

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def renderer() -> FormRenderer:
    return FormRenderer()


@pytest.fixture
def store() -> MemoryUploadStore:
    return MemoryUploadStore()


@pytest.fixture
def page(renderer: FormRenderer, store: MemoryUploadStore) -> Callable[..., FormPage]:
    def make(definition: FormDefinition, **more: Any) -> FormPage:
        uploads = Uploads(store, "draft:1")
        return FormPage(definition, "/nop-ho-so/buoc", "tok", renderer, BOOK, uploads, **more)

    return make
