"""From a template and data to a PDF, always the same bytes for the same input.

Data reaches typst as one JSON string and is only ever shown as text, so nothing a person
typed is read as markup. The result is PDF/A-2a and PDF/UA-1: embedded type, tagged, titled,
in Vietnamese. The machine's fonts, the network and files outside ``templates`` are not used.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from content.letters.fonts import font_dirs, load_fonts
from content.letters.values import Letter
from content.text import clean

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z_]+")
# A word longer than a line would run out of the paper: it may break after each part. Web
# addresses stay whole, to be copied; the renderer breaks them at their slashes.
_LONG_WORD = re.compile(r"\S{41,}")
_ADDRESS = re.compile(r"https?://\S{1,120}")
_PART = 20
_BREAK = "\u200b"


class NotRendered(Exception):
    """The renderer refused a template with its data; the message is its own."""


@dataclass(frozen=True)
class SignPlace:
    """The column in which the authority signs: page from 1, its upper left corner in points
    from that of the page, and how wide it is."""

    page: int
    x: float
    y: float
    width: float


class Letters:
    """Makes letters; one per process is enough, threads take turns.

    ``font_paths`` are folders with the letters' type, by default those of ``font_dirs()``.
    Raises ``FontsMissing`` at once when a face lacks.
    """

    def __init__(self, font_paths: Sequence[Path] = ()) -> None:
        from typst import Compiler  # noqa: PLC0415 - 7 MB, for whoever makes letters

        fonts = load_fonts(tuple(font_paths) or font_dirs())
        self._compiler = Compiler(root=str(TEMPLATES), font_paths=fonts)
        self._turn = Lock()

    def make(self, letter: Letter) -> bytes:
        """The letter as PDF."""
        return self.render(letter.template, letter.sheet(), made_at=letter.made_at)

    def make_to_sign(self, letter: Letter) -> tuple[bytes, SignPlace | None]:
        """The letter as PDF, and where on it the authority signs, if it does."""
        with self._turn:
            content = self._render(letter.template, letter.sheet(), letter.made_at)
            # Of the document that was compiled last: the turn is still ours.
            found = json.loads(self._compiler.query("<sign-here>", field="value"))
        return content, SignPlace(**found[0]) if found else None

    def render(self, template: str, data: Mapping[str, object], *, made_at: datetime) -> bytes:
        """``templates/{template}.typ`` with the data, as a PDF created at ``made_at`` (aware).

        Raises ``LookupError`` for an unknown template, ``NotRendered``.
        """
        with self._turn:
            return self._render(template, data, made_at)

    def _render(self, template: str, data: Mapping[str, object], made_at: datetime) -> bytes:
        source = TEMPLATES / f"{template}.typ"
        if not _NAME.fullmatch(template) or not source.is_file():
            raise LookupError(template)
        from typst import TypstError  # noqa: PLC0415 - as above

        inputs = {"data": json.dumps(printable(data))}
        try:
            return self._compile(source, inputs, made_at, ["a-2a", "ua-1"])
        except TypstError as error:
            # Both standards forbid a sign that no font has; a person's name with one is
            # still printed, tagged, with the empty box where the sign should be.
            if "could not be displayed" not in error.message:
                raise NotRendered(error.message) from error
            return self._compile(source, inputs, made_at, [])

    def _compile(
        self, source: Path, inputs: dict[str, str], made_at: datetime, standards: list[str]
    ) -> bytes:
        pdf = self._compiler.compile(
            str(source),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=standards,  # type: ignore[arg-type]  # the stub wants literals
            timestamp=int(made_at.timestamp()),
        )
        assert isinstance(pdf, bytes)  # a list only for formats of one file per page
        return pdf


def printable(value: object) -> object:
    """Data as it can be printed: text cleaned, and words longer than a line able to break."""
    if isinstance(value, str):
        return _LONG_WORD.sub(_breakable, clean(value, multiline=True))
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def _breakable(match: re.Match[str]) -> str:
    word = match.group()
    if _ADDRESS.fullmatch(word):
        return word
    return _BREAK.join(word[at : at + _PART] for at in range(0, len(word), _PART))
