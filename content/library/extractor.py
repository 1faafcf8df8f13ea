"""Reads the text of one PDF or docx: a program of its own, run with little memory and time.

    python -I extractor.py SOURCE KIND

Writes one JSON document to standard output: ``{"text": …}`` or ``{"refused": code}``.
Knows pypdf, python-docx and the standard library, nothing of the portal; ``reading.py``
calls it.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

#: Of addresses, of which what is held is a part: so less than 300 MB, whatever the file.
MEMORY = 300 << 20
SECONDS = 30
WRITTEN = 8 << 20


def bound() -> None:
    """Limits that the kernel keeps, set before a byte of the file is read."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    bound()

import logging  # noqa: E402 - the limits must stand before the libraries are loaded

import docx  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.text.paragraph import Paragraph  # noqa: E402
from pypdf import PdfReader  # noqa: E402

#: What is kept of a file: about 150 pages of a law.
MOST_TEXT = 400_000
#: A page of fewer letters is a picture with a stamp, not a text.
LEAST_LETTERS = 20


class Refused(Exception):
    """Why nothing was read; the first argument is a stable code."""


def of_pdf(source: Path) -> Iterator[str]:
    """The text, page by page."""
    reader = PdfReader(source)
    # Many official files are locked against changing with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("file_encrypted")
    for page in reader.pages:
        yield page.extract_text()


def of_docx(source: Path) -> Iterator[str]:
    """The text, paragraph by paragraph, those of tables in their place."""
    document = docx.Document(str(source))
    # Not cell by cell: a cell may say that it is ten million columns wide.
    for paragraph in document.element.body.iter(qn("w:p")):
        yield Paragraph(paragraph, document).text


READERS = {"pdf": of_pdf, "docx": of_docx}


def text_of(source: Path, kind: str) -> str:
    """The text up to the bound. Raises ``Refused`` where there are hardly any letters."""
    kept: list[str] = []
    left = MOST_TEXT
    for part in READERS[kind](source):
        kept.append(part[:left])
        left -= len(part)
        if left <= 0:
            break
    text = "\n".join(kept)
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        raise Refused("file_scanned")
    return text


def main(source: str, kind: str) -> None:
    """Answer with the text, or why there is none."""
    logging.disable()
    try:
        answer = {"text": text_of(Path(source), kind)}
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except MemoryError:
        answer = {"refused": "file_slow"}
    except Exception as error:
        # A file made to break a reader must not get further than this process.
        answer = {"refused": "file_damaged", "why": repr(error)[:300]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:3])
