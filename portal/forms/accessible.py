"""A form for an ordinary schema: sign-in, sign-up, an editor's article.

``accept`` returns the data or raises ``FormInvalid``, which carries the page's form
with what was typed and an error at each field; the exception view answers 422.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import colander
import deform
from markupsafe import Markup

from portal.forms.controls import control_of
from portal.forms.renderer import FormRenderer
from portal.forms.widgets import ChoicesWidget, FormWidget, GroupWidget, RowWidget

#: (name, value, words, style); style is primary, secondary or quiet.
ButtonSpec = tuple[str, str, str, str]
TITLE_PREFIX = "Lỗi: "


class FormInvalid(Exception):
    """What was sent cannot be accepted; ``form`` renders it again with the reasons."""

    status = 422

    def __init__(self, form: "BaseForm") -> None:
        super().__init__(form.formid)
        self.form = form

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, words)."""
        return self.form.errors


def deform_form(
    schema: colander.SchemaNode,
    *,
    action: str,
    csrf_token: str,
    renderer: FormRenderer,
    buttons: Sequence[ButtonSpec],
    formid: str = "f",
    data: Mapping[str, str] | None = None,
) -> deform.Form:
    """The deform form of a schema, with what our templates ask of it."""
    if not isinstance(getattr(schema, "widget", None), FormWidget):
        schema.widget = FormWidget()
    made = deform.Form(schema, action=action, formid=formid, renderer=renderer, focus="off")
    made.csrf_token = lambda: csrf_token
    made.submit_buttons = tuple(buttons)
    made.default_button = buttons[0][:3] if buttons else None
    made.data_attributes = tuple((data or {}).items())
    made.summary = ()
    return made


class BaseForm:
    """What every form of ours shares: a deform form, its errors, its rendering."""

    formid: str
    deform: Any
    #: What stands over the form when it is shown again.
    above: Markup = Markup()

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the control to go to, words), in the order of the form."""
        return list(_errors(self.deform))

    @property
    def title_prefix(self) -> str:
        """ "Lỗi: " for the page's title when there are errors (WCAG 2.2 SC 3.3.1)."""
        return TITLE_PREFIX if self.errors else ""

    def render(self) -> Markup:
        """The form's markup, with the summary of errors above it."""
        self.deform.summary = tuple(self.errors)
        return self.deform.widget.serialize(self.deform, self.deform.cstruct)

    def __html__(self) -> str:
        return str(self.above + self.render())


class AccessibleForm(BaseForm):
    """A form for a colander schema made of ``portal.forms.fields``; options as of
    ``deform_form``."""

    def __init__(self, schema: colander.SchemaNode, **options: Any) -> None:
        self.deform = deform_form(schema, **options)
        self.formid = self.deform.formid

    def fill(self, data: Mapping[str, Any]) -> "AccessibleForm":
        """Show these values; returns itself."""
        known = {child.name for child in self.deform.schema.children}
        self.deform.set_appstruct({k: v for k, v in data.items() if k in known and v is not None})
        return self

    def accept(self, post: Any) -> dict[str, Any]:
        """The data of a POST. Raises ``FormInvalid``."""
        pstruct = {child.name: _sent(post, child) for child in self.deform.children}
        try:
            data = self.deform.validate_pstruct(pstruct)
        except deform.ValidationFailure:
            raise FormInvalid(self) from None
        return dict(data)

    def refuse(self, message: str, field: str | None = None) -> FormInvalid:
        """An error found after validation (a rule, a wrong password); raise what it returns."""
        target = self.deform if field is None else self.deform[field]
        target.error = colander.Invalid(target.schema, message)
        return FormInvalid(self)


def _sent(post: Any, child: Any) -> Any:
    found = [one for one in post.getall(child.name) if isinstance(one, str)]
    if isinstance(child.widget, ChoicesWidget):
        return found
    return found[-1] if found else colander.null


def _errors(field: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Errors in order; those inside a section or a row say which ("Thành viên 2: …")."""
    control = control_of(field)
    if control.error:
        is_form = field.parent is None
        target = _first_target(field) if is_form else _target(field, control.id)
        yield target, place + control.error
    if isinstance(field.widget, RowWidget) or type(field.widget) is GroupWidget:
        place = f"{place}{control.label}: "
    for child in field.children:
        yield from _errors(child, place)


def _target(field: Any, control_id: str) -> str:
    """Where the link of an error leads: the control itself, or the part that is wrong."""
    part = getattr(field, "wrong_part", None)
    return f"{control_id}-{_PARTS[part]}" if part in _PARTS else control_id


_PARTS = {"province": "tinh", "commune": "xa", "detail": "chi-tiet"}


def _first_target(field: Any) -> str:
    for child in field.children:
        if not child.widget.hidden and not isinstance(child.widget, GroupWidget):
            return control_of(child).id
    return str(field.formid)
