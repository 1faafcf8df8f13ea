"""What the environment of pages does faster than the library, it does alike."""

from typing import Any

import jinja2
from jinja2 import pass_context, pass_environment, pass_eval_context

from portal.templating import PageContext
from tests.support.site import Site

TEMPLATE = """
{%- macro framed(words, kind="p") -%}
<{{ kind }}>{{ words }}{{ caller() if caller else "" }}</{{ kind }}>
{%- endmacro -%}
{% macro many() %}{{ varargs | join(",") }} {{ kwargs.get("last") }}{% endmacro %}
{%- for one in ["<a>", "b"] -%}
  {{ framed(one) }}{{ framed(one, kind="b") }}{{ seen("one") }}
  {%- call framed(one) %}{{ escapes() }}{% endcall -%}
{%- endfor -%}
{{ many(1, 2, last=3) }}{{ known("templates") }}{{ plain("x", more="<y>") }}{{ of.method() }}
{%- block part %}{% set inner = "block" %}{{ seen("inner") }}{% endblock -%}
"""


class Callable:
    """A thing that is called, and one whose method is."""

    def __call__(self) -> str:
        return "<called>"

    def method(self) -> str:
        return "<method>"


@pass_context
def seen(context: Any, name: str) -> Any:
    return context.resolve(name)


@pass_eval_context
def escapes(context: Any) -> bool:
    return context.autoescape


@pass_environment
def known(environment: Any, _name: str) -> bool:
    return environment.autoescape


def plain(words: str, more: str) -> str:
    return words + more


def rendered(context_class: Any) -> str:
    environment = jinja2.Environment(autoescape=True)
    environment.context_class = context_class
    environment.globals |= {"seen": seen, "escapes": escapes, "known": known, "plain": plain}
    return environment.from_string(TEMPLATE + "{{ of() }}").render(of=Callable())


def test_calls_are_as_the_library_makes_them() -> None:
    made = rendered(PageContext)
    assert made == rendered(jinja2.runtime.Context)
    for part in ("<p>&lt;a&gt;</p>", "<b>b</b>", "True</p>", "1,2 3", "&lt;y&gt;", "block"):
        assert part in made


def test_the_menu_is_made_once_and_marks_the_page(site: Site) -> None:
    client = site.client()
    listing, news = client.get("/thu-tuc"), client.get("/tin-tuc")
    for page, current in ((listing, "/thu-tuc"), (news, "/tin-tuc")):
        marked = page.html.select('.site-nav__list [aria-current="page"]')
        assert [one["href"] for one in marked] == [current]
    kept = site.app.registry["frame"].parts
    before = dict(kept)
    client.get("/thu-tuc?trang=2")
    assert kept == before
