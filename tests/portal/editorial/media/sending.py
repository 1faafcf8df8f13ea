"""Files sent to the library as its form does."""

from typing import Any

from tests.support.officer import Officer

LIBRARY = "/bien-tap/thu-vien"


PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"


def send(
    one: Officer, *files: tuple[str, bytes], address: str = f"{LIBRARY}/tai-len", **options: Any
) -> Any:
    """Upload files as the form does."""
    token = one.go(address).forms[0]["csrf_token"].value
    uploads = [("tep", name, data) for name, data in files]
    one.page = one.client.post(address, {"csrf_token": token}, upload_files=uploads, **options)
    return one.page
