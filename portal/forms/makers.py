"""Which type and widget each kind of question gets."""

from collections.abc import Callable, Mapping

import colander

from content.procedures.forms.definition import (
    ABROAD,
    MAX_FILE_BYTES,
    MAX_FILES,
    USUAL_FILE_TYPES,
    Kind,
    Question,
)
from portal.forms import typed, widgets
from portal.forms.fields import MAX_RADIOS
from portal.forms.messages import endings, type_names
from portal.forms.places import PlaceBook
from portal.forms.types import CleanText, DayText, Kept, NumberText

ABROAD_OPTION = (ABROAD, "Ở nước ngoài")

Made = tuple[colander.SchemaType, widgets.FieldWidget]


def _text(question: Question, book: PlaceBook) -> Made:
    longest = question.limits.max_length or 0
    return CleanText(strict=False), widgets.TextWidget(short=0 < longest <= 20)


def _paragraph(question: Question, book: PlaceBook) -> Made:
    return CleanText(typed.read_lines, strict=False), widgets.ParagraphWidget()


def _number(question: Question, book: PlaceBook) -> Made:
    mode = "decimal" if question.limits.decimals else "numeric"
    return NumberText(strict=False), widgets.TextWidget(inputmode=mode, short=True)


def _date(question: Question, book: PlaceBook) -> Made:
    return DayText(strict=False), widgets.TextWidget(inputmode="numeric", short=True)


def _national_id(question: Question, book: PlaceBook) -> Made:
    only_digits = set(question.limits.papers or ("cccd",)) <= {"cccd", "cmnd"}
    widget = widgets.TextWidget(inputmode="numeric" if only_digits else None, short=True)
    return CleanText(typed.read_paper_number, strict=False), widget


def _phone(question: Question, book: PlaceBook) -> Made:
    widget = widgets.TextWidget(type="tel", inputmode="tel", short=True)
    return CleanText(typed.read_phone, strict=False), widget


def _email(question: Question, book: PlaceBook) -> Made:
    return CleanText(strict=False), widgets.TextWidget(type="email", inputmode="email")


def _choice(question: Question, book: PlaceBook) -> Made:
    options = tuple((option.value, option.label) for option in question.options)
    as_list = not question.required or len(options) > MAX_RADIOS
    return CleanText(strict=False), widgets.ChoiceWidget(options=options, as_list=as_list)


def _choices(question: Question, book: PlaceBook) -> Made:
    options = tuple((option.value, option.label) for option in question.options)
    return Kept(), widgets.ChoicesWidget(options=options)


def _address(question: Question, book: PlaceBook) -> Made:
    return Kept(), widgets.AddressWidget(book=book, abroad=ABROAD_OPTION)


def _file(question: Question, book: PlaceBook) -> Made:
    limits = question.limits
    names = limits.file_types or USUAL_FILE_TYPES
    return Kept(), widgets.FileWidget(
        accept=endings(names),
        types=type_names(names),
        max_bytes=limits.max_bytes or MAX_FILE_BYTES,
        max_files=limits.max_files or MAX_FILES,
    )


def _statement(question: Question, book: PlaceBook) -> Made:
    return Kept(), widgets.StatementWidget()


MAKERS: Mapping[Kind, Callable[[Question, PlaceBook], Made]] = {
    Kind.TEXT: _text,
    Kind.PARAGRAPH: _paragraph,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.NATIONAL_ID: _national_id,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.ADDRESS: _address,
    Kind.FILE: _file,
    Kind.STATEMENT: _statement,
}
