"""An article as an editor writes it."""

from typing import Any

from tests.support.signing_in import form_of
from tests.support.site import PortalClient

WORDS = {
    "section": "hien-dai-hoa",
    "title": "Một cửa mở thêm quầy chiều thứ Năm",
    "lead": "Từ tháng 12, quầy số 3 nhận hồ sơ đến 18 giờ.",
    "body": "## Vì sao\n\nNgười dân đi làm về muộn.\n\n- quầy 3\n- quầy 4",
}


def write(client: PortalClient, **changes: str) -> Any:
    form = form_of(client.get("/bien-tap/tin/moi"), "body")
    for name, value in (WORDS | changes).items():
        form[name] = value
    return form.submit(expect_errors=True)
