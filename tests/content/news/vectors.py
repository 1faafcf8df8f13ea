"""The attempts of ``tests/data/xss_vectors.txt``."""

import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "xss_vectors.txt"
_ESCAPE = re.compile(r"\\(n|t|\\|x[0-9a-f]{2})")


def _char(match: re.Match[str]) -> str:
    plain = {"n": "\n", "t": "\t", "\\": "\\"}
    return plain.get(match[1]) or chr(int(match[1][1:], 16))


def vectors() -> list[str]:
    """Every attempt, as an editor's browser could send it."""
    lines = FILE.read_text("utf-8").splitlines()
    return [_ESCAPE.sub(_char, line) for line in lines if line and not line.startswith("# ")]
