"""Which messages pages in English can say: those of their templates and all these draw on."""

import re

from jinja2 import Environment, meta

from tests.architecture.sources import ROOT

TEMPLATES = ROOT / "templates"
_MESSAGE = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')")
_TRANS = re.compile(r"{%-?\s*trans\b[^%]*%}(.*?){%-?\s*(?:pluralize|endtrans)", re.S)
#: Macros of shared files that no page in English calls.
_OTHERS = re.compile(
    r"{%-? macro (?:editorial_nav|desk_nav|level_badge|unknown)\(.*?{%-? endmacro",
    re.S,
)


def said_by_english_pages() -> set[str]:
    """Message ids."""
    waiting = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.glob("english/*")]
    # Made apart and kept: no template includes it.
    waiting.append("layouts/footer.jinja2")
    seen: set[str] = set()
    found: set[str] = set()
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        text = (TEMPLATES / name).read_text("utf-8")
        waiting += [one for one in meta.find_referenced_templates(environment.parse(text)) if one]
        called = _OTHERS.sub("", text)
        found |= {one[1:-1] for one in _MESSAGE.findall(called)}
        found |= {one.strip() for one in _TRANS.findall(called)}
    assert "layouts/base.jinja2" in seen
    return found
