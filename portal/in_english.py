"""The templates in English: the same files, compiled a second time with English words.

What a template says by ``_("…")`` is exchanged while it is compiled, from the catalogue
``portal/locale/en``; dates, numbers and amounts are written in the English way. What stays
Vietnamese on such a page (the authority's name, say) carries ``{{ in_vietnamese }}``.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import jinja2
from jinja2 import pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup

from content import english, words
from portal.i18n import beside, english_words


def in_english(message: str) -> str:
    """The English of a message; what is not in the catalogue stays as it is."""
    return english_words().get(message, message)


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return english.day(words.local(value) if isinstance(value, datetime) else value)


def _moment(value: datetime | None) -> str:
    return "" if value is None else english.moment(value)


def _bracketed(value: datetime | None) -> str:
    return "" if value is None else f"({_day(value)})"


#: The filters of Vietnamese pages under the same names, so that templates serve both.
FILTERS: dict[str, Callable[..., str]] = {
    "date_vi": _day,
    "datetime_vi": _moment,
    "time_vi": _moment,
    "bracketed_vi": _bracketed,
    "number_vi": english.integer,
    "money_vi": english.money,
    "beside": beside,
}


@pass_context
def _gettext(context: Context, message: str, /, **values: Any) -> str:
    """What ``{% trans %}`` calls: values are put in, escaped where the page escapes."""
    found: str = in_english(message)
    return (Markup(found) if context.eval_ctx.autoescape else found) % values  # noqa: S704


@pass_context
def _ngettext(context: Context, singular: str, _plural: str, count: int, /, **values: Any) -> str:
    values.setdefault("num", count)
    return _gettext(context, singular, **values)


class EnglishWords(Extension):
    """Reads ``_("từ")`` as ``"word"`` when a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens with each constant message in English."""
        tokens = list(stream)
        for place, token in enumerate(tokens):
            before = tokens[max(0, place - 2) : place]
            is_message = [one.value for one in before] == ["_", "("]
            if token.type == "string" and is_message and "%" not in token.value:
                yield Token(token.lineno, "string", in_english(token.value))
            else:
                yield token


def english_environment(
    environment: jinja2.Environment, vietnamese: type[Extension]
) -> jinja2.Environment:
    """An environment over the same templates; ``vietnamese`` is the extension that has the
    words of the other language."""
    made = environment.overlay(cache_size=400)
    made.extensions.pop(vietnamese.identifier)
    made.globals = {
        **environment.globals,
        "gettext": _gettext,
        "ngettext": _ngettext,
        "in_vietnamese": Markup(' lang="vi"'),
    }
    made.filters = {**environment.filters, **FILTERS}
    made.add_extension(EnglishWords)
    made.add_extension(vietnamese)
    return made
