"""Jinja2 for pages: search path, filters, and what every template may use.

Templates receive prepared values; filters only write dates, numbers and money in the
Vietnamese way.
"""

from collections.abc import Iterator
from datetime import date, datetime
from types import FunctionType, MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.events import BeforeRender
from pyramid.interfaces import IRendererInfo
from translationstring import TranslationString

from content import words
from portal.forms.messages import size_name
from portal.i18n import DEFAULT, ENGLISH
from portal.in_english import english_environment


def date_vi(value: date | datetime | None) -> str:
    """23/11/2026; an instant is the day it falls on in Việt Nam."""
    if value is None:
        return ""
    return words.short_date(words.local(value) if isinstance(value, datetime) else value)


def datetime_vi(value: datetime | None) -> str:
    """Thứ Tư, 25/04/2018, 09:04 (GMT+7)."""
    return "" if value is None else words.article_moment(value)


def time_vi(value: datetime | None) -> str:
    """09:47 - Thứ Hai, 02/11/2020."""
    return "" if value is None else words.clock_and_day(value)


def bracketed_vi(value: datetime | None) -> str:
    """(16:00 | 02/04/2019)."""
    return "" if value is None else words.bracketed_moment(value)


def iso(value: date | datetime | None) -> str:
    """For ``<time datetime>``."""
    return "" if value is None else value.isoformat()


FILTERS = {
    "date_vi": date_vi,
    "datetime_vi": datetime_vi,
    "time_vi": time_vi,
    "bracketed_vi": bracketed_vi,
    "number_vi": words.integer,
    "money_vi": words.money,
    "share_vi": lambda share: words.percent(share * 100),
    "weekday_vi": words.weekday,
    "iso": iso,
    "size_vi": size_name,
    # Addresses stay what they are; on pages in English they lead to such pages.
    "beside": str,
}


def add_globals(event: BeforeRender) -> None:
    """What every template may use, beside what its view prepared."""
    request = event["request"]
    if request is None:
        return
    event.setdefault("frame", request.frame)
    event.setdefault("site", request.site)
    event.setdefault("asset_url", request.asset_url)
    event.setdefault("csrf_token", lambda: get_csrf_token(request))


def own_words(message: str) -> str:
    """A message in Vietnamese: its id is the text itself, so nothing is looked up.

    Pages call this a hundred times each; the localizer would cost half a millisecond.
    """
    return message.interpolate() if isinstance(message, TranslationString) else message


class OwnWords(Extension):
    """Reads ``_("words")`` as ``"words"`` when a template is compiled.

    A page says ``_`` a hundred times. What cannot change at run time becomes text of the
    page, joined to the text around it; extraction still finds it in the source.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template without the calls that would change nothing."""
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            name, *rest = tokens[place : place + 4]
            is_call = name.test("name:_") and [one.type for one in rest] == _CALL
            # A percent sign has a meaning to gettext, so such a message stays a call.
            if is_call and "%" not in rest[1].value:
                yield rest[1]
                place += 4
            else:
                yield name
                place += 1


_CALL = ["lparen", "string", "rparen"]


def own_words_counted(singular: str, _plural: str, _count: int) -> str:
    """Vietnamese has no plural."""
    return singular


class CompiledOnce(jinja2.BytecodeCache):
    """Templates compiled once in a process, however many applications it makes.

    A template is known by its path and its text, so one that changed is compiled anew.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """The code of this very text, if it was compiled before."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep it for the next application."""
        self._code[bucket.key] = (bucket.checksum, bucket.code)


def escape(value: Any, /) -> Markup:
    """As the library's, without asking plain strings and finished text what they are.

    Templates ask it a hundred and seventy times a page.
    """
    kind = type(value)
    if kind is Markup:
        return value
    if kind is str:
        return _MARKED(Markup, _ESCAPED(value))
    return markupsafe.escape(value)


_MARKED = str.__new__
_ESCAPED = markupsafe._escape_inner  # type: ignore[attr-defined]


class Template(jinja2.Template):
    """A template whose macros see the globals of the environment, and there are no others.

    The library compares the globals of the page with those of the macros at every import,
    fifteen times a page and a twentieth of its time.
    """

    @classmethod
    def from_code(cls, *arguments: Any, **named: Any) -> jinja2.Template:
        """The compiled code imports the library's ``escape`` into names of its own."""
        made = super().from_code(*arguments, **named)
        made.root_render_func.__globals__["escape"] = escape
        return made

    def _get_default_module(self, _ctx: Any = None) -> Any:
        return super()._get_default_module()


class PageContext(Context):
    """Calls macros and plain functions at once.

    The library first asks each of them what of the context it wants, three questions a call
    and seventy calls a page: a twentieth of its time.
    """

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """As the library's, which takes over for whatever may want the context."""
        kind = type(called)
        if kind is not Macro and (kind not in _PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        if kind is Macro:
            return called(self.eval_ctx, *arguments, **named)
        return called(*arguments, **named)


_PLAIN = (FunctionType, MethodType)

COMPILED = CompiledOnce()
COMPILED_ENGLISH = CompiledOnce()


class PageRenderer:
    """One template by its path below ``templates/``; those in ``english/`` speak English.

    The library's own renderer first looks for the template beside the view, on disk, at
    every page; ours stand in one place.
    """

    def __init__(self, info: IRendererInfo) -> None:
        self._name: str = info.name
        self._registry: Any = info.registry
        is_english = self._name.startswith("english/")
        self._environment = "templates.en" if is_english else "templates"

    def __call__(self, value: dict[str, Any], system: dict[str, Any]) -> str:
        environment: jinja2.Environment = self._registry[self._environment]
        return environment.get_template(self._name).render({**system, **value})


def includeme(config: Configurator) -> None:
    """Undefined names are errors, so that a misspelt variable cannot print nothing."""
    settings: dict[str, Any] = {
        "jinja2.directories": "templates:",
        "jinja2.undefined": "strict",
        "jinja2.trim_blocks": True,
        "jinja2.lstrip_blocks": True,
        "jinja2.i18n.domain": "portal",
        "jinja2.filters": FILTERS,
        "jinja2.extensions": ["jinja2.ext.do"],
        "jinja2.bytecode_caching": False,
    }
    config.add_settings(settings)
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".txt.jinja2")
    config.add_renderer(".jinja2", PageRenderer)
    config.add_subscriber(add_globals, BeforeRender)
    config.action(None, _finish_environment, args=(config,), order=1)


def _whole_path(template: str, _parent: str) -> str:
    return template


def _finish_environment(config: Configurator) -> None:
    environment: jinja2.Environment = config.get_jinja2_environment()
    config.registry["templates"] = environment
    environment.bytecode_cache = COMPILED
    environment.template_class = Template
    environment.context_class = PageContext
    # All templates stay in memory, and each names the others by their whole path.
    environment.cache = {}
    environment.join_path = _whole_path  # type: ignore[method-assign, assignment]
    environment.auto_reload = config.registry["settings"].reload_templates
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        own_words, own_words_counted, newstyle=True
    )
    environment.add_extension(OwnWords)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    environment.globals |= {"language": DEFAULT, "in_vietnamese": ""}
    english = english_environment(environment, OwnWords)
    english.bytecode_cache = COMPILED_ENGLISH
    english.globals["language"] = ENGLISH
    config.registry["templates.en"] = english
