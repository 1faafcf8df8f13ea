"""A person received at the counter, by the pages for it."""

from typing import Any

from tests.support.dossiers import WARD
from tests.support.officer import Officer

CODE = "2.000635"


def begin(officer: Officer, code: str = CODE, channel: str = "quay") -> Any:
    officer.go(f"/can-bo/tiep-nhan?q={code}&don-vi={WARD}&kenh={channel}")
    form = next(one for one in officer.page.forms.values() if "thu-tuc" in one.fields)
    officer.page = form.submit(status=303).follow()
    form = officer.page.forms["f"]
    if form["tn_to_khai"].value == "may":
        form["tn_to_khai"] = "giay"
        press(officer, form, "kiem-tra")
    return officer.page.forms["f"]


def press(officer: Officer, form: Any, value: str, status: int = 303) -> Any:
    response = form.submit("_viec", value=value, status=status)
    officer.page = response.follow() if status == 303 else response
    return officer.page


def fill(form: Any, **more: Any) -> Any:
    typed = {"tn_ho_ten": "Nguyễn Thị Mẫu", "tn_so_dinh_danh": "001164012345"} | more
    for name, value in typed.items():
        form[name] = value
    if "tn_du" in form.fields:
        form["tn_du"] = True
    return form
