"""deform's renderer, in Jinja2: our templates only, autoescaped, strict.

deform's own Chameleon templates and static files are never used: they carry inline
scripts that our Content-Security-Policy refuses, and no accessible markup.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from babel.messages.pofile import read_po
from markupsafe import Markup
from translationstring import TranslationString

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LOCALE = Path(__file__).resolve().parents[1] / "locale"
DOMAINS = ("colander", "deform")


class FormRenderer:
    """Renders ``forms/<name>.jinja2`` and translates the libraries' messages.

    Build one at start; pass the portal's own Jinja2 environment, or none to use an
    environment over the same templates.
    """

    def __init__(self, environment: jinja2.Environment | None = None) -> None:
        self.environment = environment or default_environment()
        self.translate: Callable[[Any], str] = translate

    def __call__(self, template_name: str, **values: Any) -> Markup:
        template = self.environment.get_template(f"forms/{template_name}.jinja2")
        return Markup(template.render(**values))  # noqa: S704 - the template escapes


def default_environment() -> jinja2.Environment:
    """An environment over the project's templates, escaping everything."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def catalogue(language: str = "vi") -> dict[tuple[str, str], str]:
    """(domain, message id) → translation, read from the .po files of the project."""
    found = {}
    for domain in DOMAINS:
        path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
        with path.open("rb") as source:
            for entry in read_po(source, locale=language, domain=domain):
                if entry.id and entry.string:
                    found[domain, str(entry.id)] = str(entry.string)
    return found


def translate(message: Any) -> str:
    """A library's message in Vietnamese; ordinary text as it is."""
    if not isinstance(message, TranslationString):
        return str(message)
    translated = catalogue().get((message.domain or "", str(message)))
    return message.interpolate(translated or None)
