"""A bare page around a form, as strict as the real ones, for tests without the portal."""

from portal.forms.accessible import BaseForm


def page_of(form: BaseForm, heading: str = "Biểu mẫu") -> str:
    """The form on a page of its own."""
    markup = form.render()
    return (
        "<!doctype html>\n"
        f'<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{form.title_prefix}{heading} – Cổng mẫu</title></head>"
        f"<body><main><h1>{heading}</h1>\n{markup}</main></body></html>\n"
    )
