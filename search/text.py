"""The search side of Vietnamese: words, their keys, and the terms that are indexed.

Builds on ``content.text``. There are no stop words and no word segmenter: every
syllable counts, single letters too, and two neighbours make a bigram (``dang_ky``),
which is found again in any part of a longer name, with or without marks.
Knows neither the index nor the ranking.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from content.text import clean, fold

MAX_WORD = 40

_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

# kĩ = kỹ, tỉ = tỷ, quí = quý: after these beginnings both letters are in use.
_I_OR_Y = re.compile(r"(h|k|l|m|s|t|v|qu)i")

# "1.001193", with an agency's suffix "1.001193.H41" or "1.001193.000.00.00.H41".
_PROCEDURE_CODE = re.compile(r"(?<![\w.])(\d\.\d{6})((?:\.[0-9a-z]+)*)(?![\w])")
_BARE_CODE = re.compile(r"(\d)(\d{6})")
# "53/2025/TT-BCA", "1908/QĐ-BNNMT", "55/2010/QH12" (NĐ 30/2020 annex I).
_DOCUMENT_NUMBER = re.compile(r"(?<![\w/])\d+(?:/\d{4})?/[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Single letters of Latin script with marks → the letter; upper case too.
_BARE = {
    code: bare
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if len(bare := fold(chr(code))) == 1
}
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable or number: without marks, and with its marks in one agreed spelling."""

    folded: str
    exact: str

    @property
    def has_marks(self) -> bool:
        """Whether marks were written, so that they can be asked for."""
        return self.folded != self.exact


def words(text: str) -> list[Word]:
    """The words of any text, in order."""
    found = (word_of(written[:MAX_WORD]) for written in _WORD.findall(clean(text)))
    return [word for word in found if word.folded]


@lru_cache(maxsize=32_768)
def word_of(written: str) -> Word:
    """Both keys of one word; Vietnamese has some 7,000 syllables, so they are kept."""
    folded = fold(written)
    if _I_OR_Y.fullmatch(folded):
        folded = folded[:-1] + "y"
    return Word(folded, _exact(written, folded))


def _exact(written: str, folded: str) -> str:
    """The word with its marks, whatever vowel the tone was put on (hoà = hòa)."""
    parts = unicodedata.normalize("NFD", written.lower())
    tones = "".join(_TONES[part] for part in parts if part in _TONES)
    shapes = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
    shapes = shapes.replace("ð", "đ")
    if len(shapes) == len(folded):  # the letters differ only by marks: take over i/y
        shapes = "".join(f if s in "iy" else s for s, f in zip(shapes, folded, strict=True))
    return shapes + tones


def letters_alone(text: str) -> str:
    """A text in NFC without its marks, letter for letter, so that places stay the same."""
    return text.translate(_BARE)


def pattern_of(folded: str) -> str:
    """What a folded word looks like in ``letters_alone`` (i and y are not told apart there)."""
    if folded.endswith("y") and _I_OR_Y.fullmatch(folded[:-1] + "i"):
        return re.escape(folded[:-1]) + "[iy]"
    return re.escape(folded)


def bigrams(folded: Sequence[str]) -> list[str]:
    """Neighbours joined: ``dang ky khai`` gives ``dang_ky``, ``ky_khai``."""
    return [f"{first}_{second}" for first, second in pairwise(folded)]


def terms(texts: Iterable[str]) -> set[str]:
    """Everything under which these texts are found; no bigram crosses two texts.

    Folded words, folded bigrams, and ``=`` with the exact key of words with marks.
    """
    found: set[str] = set()
    for text in texts:
        these = words(text)
        folded = [word.folded for word in these]
        found.update(folded)
        found.update(bigrams(folded))
        found.update("=" + word.exact for word in these if word.has_marks)
    return found


def code_key(code: str) -> str:
    """A code or number as it is compared: ``53/2025/TT-BCA`` is ``53-2025-tt-bca``."""
    return _NOT_ALNUM.sub("-", fold(clean(code))).strip("-")


def code_keys(code: str) -> list[str]:
    """The keys of a code: as it is, then without an agency's suffix."""
    key = code_key(code)
    found = _PROCEDURE_CODE.search(fold(clean(code)))
    base = code_key(found.group(1)) if found else key
    return [key] if base == key else [key, base]


def codes_in(text: str) -> list[str]:
    """Keys of the procedure codes and document numbers named in a text, as written first."""
    folded = fold(text)
    keys: list[str] = []
    for code in _PROCEDURE_CODE.finditer(folded):
        keys += code_keys(code.group())
    keys += [code_key(number.group()) for number in _DOCUMENT_NUMBER.finditer(folded)]
    bare = _BARE_CODE.fullmatch(folded)
    if bare:
        keys.append(f"{bare.group(1)}-{bare.group(2)}")
    return list(dict.fromkeys(keys))
