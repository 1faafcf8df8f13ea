"""An officer at a browser without scripts: signs in, opens, presses buttons by their words."""

from typing import Any

from tests.support.site import PortalClient, Site

PASSWORD = "mot-cua-2026"
ONE_STOP = "motcua@example.vn"


class Officer:
    """A signed-in person; ``page`` is what is in front of them."""

    def __init__(self, site: Site, email: str = ONE_STOP) -> None:
        self.client: PortalClient = site.client()
        form = self.client.get("/dang-nhap").forms["f"]
        form["email"], form["password"] = email, PASSWORD
        self.page: Any = form.submit(status=303).follow()

    def go(self, address: str, **options: Any) -> Any:
        """Open an address."""
        self.page = self.client.get(address, **options)
        return self.page

    def dossier(self, lookup_code: str, **options: Any) -> Any:
        """Open a dossier."""
        return self.go(f"/can-bo/ho-so/{lookup_code}", **options)

    def form(self, ending: str) -> Any:
        """The form of the page whose address ends so."""
        return next(
            one for one in self.page.forms.values() if one.action.split("?")[0].endswith(ending)
        )

    def accept(self, **options: Any) -> Any:
        """Press "Tiếp nhận hồ sơ" and go where it leads."""
        response = self.form("/tiep-nhan").submit(**options)
        self.page = response.follow() if response.status_int == 303 else response
        return self.page

    def write_refusal(self, reason: str, legal_basis: str = "", **options: Any) -> Any:
        """Fill in the refusal that is open and ask for the preview."""
        form = self.page.forms["f"]
        form["reason"], form["legal_basis"] = reason, legal_basis
        self.page = form.submit("gui", **options)
        return self.page

    def refuse(self, **options: Any) -> Any:
        """Press "Từ chối tiếp nhận" under the preview."""
        response = self.page.forms["f"].submit("tu_choi", **options)
        self.page = response.follow() if response.status_int == 303 else response
        return self.page

    @property
    def text(self) -> str:
        """What can be read in the main part of the page."""
        return str(self.page.html.select_one("main").get_text(" ", strip=True))

    def rows(self) -> list[str]:
        """The applicants of the inbox, from above."""
        return [
            row.select("td")[0].get_text(strip=True) for row in self.page.html.select("tbody tr")
        ]
