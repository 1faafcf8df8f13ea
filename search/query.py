"""Words people type, made into a question any engine can answer.

There is no query language: operators, quotes and field names are words like any
other, so nothing can be broken or asked for that was not meant. Any text at all
gives a query; what is too long is cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from content.text import clean
from search.text import Word, bigrams, code_key, codes_in, words

MAX_CHARS = 2_000
MAX_WORDS = 24
MAX_READINGS = 4
MAX_PHRASE = 6

#: Folded everyday phrase → what the official names say ("so do" → "giấy chứng nhận …").
Synonyms = Mapping[str, Sequence[str]]

# Said before almost any name and part of half of them: it may be missing.
_LEAD = ("thu", "tuc")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the words: as typed, or with an everyday word replaced."""

    words: tuple[Word, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.folded for word in self.words)

    @property
    def core(self) -> tuple[str, ...]:
        """The folded words without a leading "thủ tục", unless that is all there is."""
        return without_lead(self.folded)

    @property
    def bigrams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bigrams(self.core)))


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, free of any engine.

    ``readings`` is empty when there are no words; ``codes`` are keys to look up
    before all else, ``name`` is the key of a title that is exactly this text.
    """

    text: str
    readings: tuple[Reading, ...] = ()
    codes: tuple[str, ...] = ()
    name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked: everything is meant."""
        return not self.readings


def parse(text: str, synonyms: Synonyms | None = None) -> Query:
    """The query of any text; never raises."""
    cut = clean(text[:MAX_CHARS])
    found = words(cut)
    if not found:
        return Query(cut)
    typed = tuple(found[:MAX_WORDS])  # the first ones: names begin with what they are
    readings = (Reading(typed), *_other_readings(typed, synonyms or {}))
    whole = code_key(cut) if len(found) <= 8 else ""
    codes = dict.fromkeys([*codes_in(cut), *([whole] if whole else [])])
    return Query(cut, readings[:MAX_READINGS], tuple(codes), name_key(cut))


def name_key(title: str) -> str:
    """The key of a whole name: equal for equal words, whatever marks and punctuation."""
    folded = without_lead(tuple(word.folded for word in words(title[:MAX_CHARS])))
    return blake2b(" ".join(folded).encode(), digest_size=9).hexdigest()


def phrase_key(text: str) -> str:
    """A phrase as synonyms are looked up by: folded words, one space between them."""
    return " ".join(word.folded for word in words(text[:MAX_CHARS]))


def without_lead(folded: tuple[str, ...]) -> tuple[str, ...]:
    """Words after a leading "thủ tục"."""
    return folded[2:] if folded[:2] == _LEAD and len(folded) > 2 else folded


def _other_readings(typed: tuple[Word, ...], synonyms: Synonyms) -> list[Reading]:
    """The query again for each official phrase that an everyday one stands for."""
    readings: list[Reading] = []
    for size in range(min(MAX_PHRASE, len(typed)), 0, -1):
        for start in range(len(typed) - size + 1):
            phrase = " ".join(word.folded for word in typed[start : start + size])
            for official in synonyms.get(phrase, ()):
                replaced = (*typed[:start], *words(official), *typed[start + size :])
                readings.append(Reading(replaced[:MAX_WORDS]))
    return readings
