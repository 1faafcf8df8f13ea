"""What a browser would send of a page's form."""

from bs4 import BeautifulSoup


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form as it stands, with its main button."""
    form = BeautifulSoup(page, "html.parser").select_one("main form.form")
    assert form is not None
    fields = {}
    for one in form.select("input[name]"):
        if one.get("type") in {"radio", "checkbox"} and not one.has_attr("checked"):
            continue
        if one.get("type") != "file":
            fields[str(one["name"])] = str(one.get("value", ""))
    for one in form.select("textarea[name]"):
        fields[str(one["name"])] = one.text.strip("\n")
    for one in form.select("select[name]"):
        chosen = one.select_one("option[selected]")
        fields[str(one["name"])] = str(chosen["value"]) if chosen else ""
    button = form.select_one("button.btn--primary")
    assert button is not None
    return {**fields, str(button["name"]): str(button.get("value", ""))}
