"""Editors at procedures: one browser, and what it does most."""

from typing import Any

import pytest
from sqlalchemy import select

from content.procedures.models import Procedure
from tests.support.officer import PASSWORD
from tests.support.signing_in import sign_in
from tests.support.site import PortalClient, Site

BIRTH = "1.001193"


class Editor:
    """An editor without scripts; ``page`` is what is in front of them."""

    def __init__(self, site: Site, email: str = "bientap@example.vn") -> None:
        self.site = site
        self.client: PortalClient = site.client()
        sign_in(self.client, email, PASSWORD, status=303)
        self.page: Any = None

    def go(self, path: str, **options: Any) -> Any:
        """Open an address."""
        self.page = self.client.get(path, **options).maybe_follow()
        return self.page

    def press(self, words: str) -> Any:
        """Press the button of a form that is only a button."""
        for form in self.page.forms.values():
            button = form.html.find("button") if hasattr(form, "html") else None
            texts = [one.get_text(strip=True) for one in self._buttons(form)]
            if texts == [words]:
                self.page = form.submit(status=303).follow()
                return self.page
        raise AssertionError(f"no button {words!r}; {button}")

    def _buttons(self, form: Any) -> list[Any]:
        for one in self.page.html.find_all("form"):
            if one.get("action") == form.action and "post-button" in one.get("class", []):
                return list(one.find_all("button"))
        return []

    def form(self) -> Any:
        """The form of the page."""
        return self.page.forms["f"]

    def push(self, name: str, value: str) -> Any:
        """A row's button."""
        self.page = self.form().submit(name, value=value)
        return self.page

    def save(self, status: int = 303) -> Any:
        """Save the section."""
        sent = self.form().submit("gui", status=status)
        self.page = sent.follow() if status == 303 else sent
        return self.page

    def open_draft(self, procedure_id: int) -> None:
        """Begin to edit."""
        self.go(f"/bien-tap/thu-tuc/{procedure_id}")
        self.press("Sửa thủ tục")

    def section(self, procedure_id: int, slug: str) -> Any:
        """Open one section."""
        return self.go(f"/bien-tap/thu-tuc/{procedure_id}/soan/{slug}")


def id_of(site: Site, code: str = BIRTH, level: str = "xã") -> int:
    """The id of a procedure of the sample."""
    with site.database.sessions() as session:
        query = select(Procedure.id).where(Procedure.code == code, Procedure.level == level)
        return session.scalars(query).one()


@pytest.fixture
def editor(site: Site) -> Editor:
    """Who writes."""
    return Editor(site)


@pytest.fixture
def chief(site: Site) -> Editor:
    """Who decides."""
    return Editor(site, "truongbientap@example.vn")
