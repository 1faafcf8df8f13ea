"""The fields of ordinary forms: colander nodes with our types, widgets and words.

Limits come from the caller: they are constants of the model. A field neither looks
anything up nor knows a request.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypedDict, Unpack

import colander

from content.procedures.forms import identity
from content.procedures.forms.check import MAX_EMAIL
from content.procedures.forms.conditions import day, number
from content.procedures.forms.definition import PARAGRAPH_MAX, TEXT_MAX
from content.procedures.forms.display import show_number
from portal.forms import typed, widgets
from portal.forms.controls import OPTIONAL, Furniture
from portal.forms.messages import short_label
from portal.forms.types import CleanText, DayText, Kept, NumberText, Secret

Validator = Callable[[colander.SchemaNode, Any], None]


class Asked(TypedDict, total=False):
    """What every field of an ordinary form may be told."""

    required: bool
    optional: str
    hint: str | None
    autocomplete: str | None
    validators: Sequence[Validator]


def _node(
    typ: colander.SchemaType,
    name: str,
    title: str,
    widget: widgets.FieldWidget,
    *own: Validator,
    verb: str = "ghi",
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    required = asked.get("required", True)
    return colander.SchemaNode(
        typ,
        name=name,
        title=title,
        widget=widget,
        missing=colander.required if required else None,
        missing_msg=f"Ông/bà chưa {verb} “{short_label(title)}”.",
        validator=colander.All(*own, *asked.get("validators", ())),
        furniture=Furniture(
            required=required,
            optional=asked.get("optional", OPTIONAL),
            hint=asked.get("hint"),
            autocomplete=asked.get("autocomplete"),
        ),
    )


def _length(limit: int, least: int = 0) -> Validator:
    return colander.Length(
        least or None,
        limit,
        min_err="Mục này còn ngắn; ông/bà vui lòng ghi ít nhất ${min} ký tự.",
        max_err="Mục này dài quá; ông/bà vui lòng rút còn nhiều nhất ${max} ký tự.",
    )


def text(
    name: str,
    title: str,
    *,
    max_length: int = TEXT_MAX,
    min_length: int = 0,
    short: bool = False,
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    """One line of text."""
    widget = widgets.TextWidget(short=short)
    return _node(CleanText(), name, title, widget, _length(max_length, min_length), **asked)


def paragraph(
    name: str,
    title: str,
    *,
    max_length: int = PARAGRAPH_MAX,
    rows: int = 6,
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    """Several lines of text."""
    widget = widgets.ParagraphWidget(rows=rows)
    return _node(CleanText(typed.read_lines), name, title, widget, _length(max_length), **asked)


def email(name: str, title: str = "Thư điện tử", **asked: Unpack[Asked]) -> colander.SchemaNode:
    """An e-mail address, as typed."""
    asked.setdefault("autocomplete", "email")
    widget = widgets.TextWidget(type="email", inputmode="email")
    return _node(CleanText(), name, title, widget, _email, **asked)


def phone(name: str, title: str = "Số điện thoại", **asked: Unpack[Asked]) -> colander.SchemaNode:
    """A Vietnamese phone number, kept in its national form."""
    asked.setdefault("autocomplete", "tel")
    widget = widgets.TextWidget(type="tel", inputmode="tel", short=True)
    return _node(CleanText(typed.read_phone), name, title, widget, _phone, **asked)


def password(
    name: str,
    title: str = "Mật khẩu",
    *,
    min_length: int = 0,
    new: bool = False,
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    """A password; ``new`` tells the browser's keeper to offer one."""
    asked.setdefault("autocomplete", "new-password" if new else "current-password")
    limits = _length(MAX_PASSWORD, min_length)
    return _node(Secret(), name, title, widgets.PasswordWidget(), limits, **asked)


def date(name: str, title: str, **asked: Unpack[Asked]) -> colander.SchemaNode:
    """A date, kept as ISO text."""
    asked.setdefault("hint", DATE_HINT)
    widget = widgets.TextWidget(inputmode="numeric", short=True)
    return _node(DayText(), name, title, widget, _is_day, **asked)


def integer(
    name: str,
    title: str,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    """A whole number, kept as canonical text."""
    widget = widgets.TextWidget(inputmode="numeric", short=True)
    return _node(NumberText(), name, title, widget, _whole(minimum, maximum), **asked)


def choice(
    name: str,
    title: str,
    options: Sequence[tuple[str, str]],
    *,
    as_list: bool | None = None,
    **asked: Unpack[Asked],
) -> colander.SchemaNode:
    """One of ``options`` (value, label): radio buttons, a list when many or optional."""
    if as_list is None:
        as_list = not asked.get("required", True) or len(options) > MAX_RADIOS
    one_of = colander.OneOf(
        [value for value, _ in options], "Ông/bà vui lòng chọn một mục trong danh sách."
    )
    widget = widgets.ChoiceWidget(options=tuple(options), as_list=as_list)
    return _node(CleanText(), name, title, widget, one_of, verb="chọn", **asked)


def choices(
    name: str, title: str, options: Sequence[tuple[str, str]], **asked: Unpack[Asked]
) -> colander.SchemaNode:
    """Any of ``options`` (value, label), as boxes to tick; read as a list."""
    asked.setdefault("required", False)
    known = {value for value, _ in options}

    def among(node: colander.SchemaNode, given: list[str]) -> None:
        if not set(given) <= known:
            raise colander.Invalid(node, "Ông/bà vui lòng chọn trong danh sách.")

    widget = widgets.ChoicesWidget(options=tuple(options))
    return _node(Kept(), name, title, widget, among, verb="chọn", **asked)


def checkbox(
    name: str, title: str, *, must: str | None = None, hint: str | None = None
) -> colander.SchemaNode:
    """A box to tick, read as ``bool``; ``must`` is the message when it has to be ticked."""
    return colander.SchemaNode(
        colander.Boolean(),
        name=name,
        title=title,
        widget=widgets.CheckboxWidget(),
        missing=False,
        validator=colander.Function(bool, must) if must is not None else None,
        furniture=Furniture(required=must is not None, hint=hint),
    )


def files(
    name: str,
    title: str,
    *,
    accept: str,
    multiple: bool = False,
    hint: str | None = None,
    needed: bool = False,
) -> colander.SchemaNode:
    """Files to choose, looked into by the view, which also refuses where one is ``needed``
    and none came."""
    widget = widgets.PickerWidget(accept=accept, multiple=multiple)
    node = _node(CleanText(), name, title, widget, required=False, hint=hint)
    node.furniture = replace(node.furniture, required=needed)
    return node


def hidden(name: str, *, max_length: int = TEXT_MAX) -> colander.SchemaNode:
    """Carried along; ``None`` when absent."""
    return _node(
        CleanText(), name, name, widgets.HiddenWidget(), _length(max_length), required=False
    )


MAX_RADIOS = 7
MAX_PASSWORD = 1_000
DATE_HINT = "Ghi ngày/tháng/năm, ví dụ 05/03/2026."
#: In form definitions most days are those of births.
BIRTH_HINT = "Ghi ngày/tháng/năm, ví dụ 05/03/1964."


def _email(node: colander.SchemaNode, value: str) -> None:
    if len(value) > MAX_EMAIL or not identity.is_email(value):
        raise colander.Invalid(node, "Thư điện tử chưa đúng; dạng đúng là ten@vidu.vn.")


def _phone(node: colander.SchemaNode, value: str) -> None:
    if not identity.is_phone(value):
        raise colander.Invalid(
            node, "Số điện thoại chưa đúng; số di động có 10 chữ số, ví dụ 0912 345 678."
        )


def _is_day(node: colander.SchemaNode, value: str) -> None:
    if day(value) is None:
        raise colander.Invalid(node, "Đây chưa phải là một ngày có thật; ví dụ đúng: 05/03/2026.")


def _whole(minimum: int | None, maximum: int | None) -> Validator:
    def check(node: colander.SchemaNode, value: str) -> None:
        found = number(value)
        if found is None or found != found.to_integral_value():
            raise colander.Invalid(node, "Mục này phải là số nguyên.")
        low, high = _bound(minimum), _bound(maximum)
        if (low is not None and found < low) or (high is not None and found > high):
            raise colander.Invalid(node, _range_message(minimum, maximum))

    return check


def _bound(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _range_message(minimum: int | None, maximum: int | None) -> str:
    words = [
        f"{word} {show_number(Decimal(bound))}"
        for word, bound in (("từ", minimum), ("đến", maximum))
        if bound is not None
    ]
    return f"Mục này phải {' '.join(words)}."


def mapping(*children: colander.SchemaNode, **more: Any) -> colander.SchemaNode:
    """A schema of the given fields, for ``AccessibleForm``."""
    return colander.SchemaNode(colander.Mapping(unknown="ignore"), *children, **more)
