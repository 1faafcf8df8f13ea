"""Pictures made safe and small, by ``encoder.py`` in a process of its own.

The process that serves people never decodes what somebody sent: a decoder that breaks,
eats memory or hangs takes only itself down. Two at a time, so that many uploads at once
do not fill the machine.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from content.errors import Invalid
from content.media.kinds import Format

SECONDS = 60
AT_ONCE = 2
NOW = ("fallback", "webp")
LATER = ("avif",)
ENCODER = Path(__file__).with_name("encoder.py")

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class EncodedSize:
    """One size on disk, for as long as the folder is there."""

    width: int
    height: int
    format: Format
    path: Path


@dataclass(frozen=True)
class Encoded:
    """A picture encoded anew; ``animated`` says that only its first frame is left."""

    width: int
    height: int
    animated: bool
    largest: EncodedSize
    sizes: tuple[EncodedSize, ...]


@contextmanager
def encoded(source: Path, formats: tuple[str, ...] = NOW) -> Iterator[Encoded]:
    """The picture's sizes within the block.

    Raises ``Invalid`` with the code ``image_pixels``, ``image_bomb``, ``image_damaged``
    or ``image_slow``.
    """
    with TemporaryDirectory(prefix="anh-") as name:
        folder = Path(name)
        answer = _answer(source, folder, formats)
        if "refused" in answer:
            raise Invalid({"file": answer["refused"]}, code=answer["refused"])
        yield _read(answer, folder)


def _answer(source: Path, folder: Path, formats: tuple[str, ...]) -> dict[str, Any]:
    command = [sys.executable, "-I", str(ENCODER), str(source), str(folder), ",".join(formats)]
    with _turns:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell
                command, capture_output=True, timeout=SECONDS, check=False, env={}
            )
        except subprocess.TimeoutExpired:
            return {"refused": "image_slow"}
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # The kernel ended it: out of memory or of time.
        return {"refused": "image_bomb"}
    return answer


def _read(answer: dict[str, Any], folder: Path) -> Encoded:
    width, height = answer["width"], answer["height"]
    best = answer["largest"]
    return Encoded(
        width=width,
        height=height,
        animated=answer["animated"],
        largest=EncodedSize(width, height, Format(best["format"]), folder / best["file"]),
        sizes=tuple(
            EncodedSize(one["width"], one["height"], Format(one["format"]), folder / one["file"])
            for one in answer["sizes"]
        ),
    )
