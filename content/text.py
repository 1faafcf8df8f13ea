"""Vietnamese text: normalising, cleaning, folding, slugs and sorting.

Used alike by content, search and portal, so that a word typed in a form, stored
in a record and looked up in the index is always the same word. Knows no HTML.
"""

import re
import unicodedata

MAX_SLUG = 80

# Letters whose mark is not a combining character, so NFD leaves them alone.
# U+00D0 and U+00F0 (Icelandic eth) look like Đ and đ and occur in real texts.
_BARRED_D = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})

# Invisible characters that pasted text carries and that break look-ups:
# zero-width marks, soft hyphen, BOM and the bidirectional overrides.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Control codes, and the code points that Unicode promises never to be characters: neither
# may stand in a page (HTML, "control" and "noncharacter").
_NEVER_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NEVER_CHARACTERS}]")
_HALF = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_LINE_SPACE = re.compile(r"[^\S\n]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=20)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def nfc(text: str) -> str:
    """The precomposed form (TCVN 6909), in which all text is kept."""
    return unicodedata.normalize("NFC", text)


def has_lone_surrogate(text: str) -> bool:
    """Whether the text cannot be encoded, as broken clients send it."""
    return _HALF.search(text) is not None


def clean(text: str, *, multiline: bool = False) -> str:
    """Text fit to keep: NFC, without control or invisible characters, trimmed.

    Runs of white space become one space; with ``multiline`` line breaks stay.
    Lone surrogates, which no database can store, become U+FFFD.
    """
    if has_lone_surrogate(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Composed last: what is taken out may have kept a letter and its mark apart.
    text = nfc(_INVISIBLE.sub("", UNPRINTABLE.sub(" ", text)))
    if not multiline:
        return _SPACE.sub(" ", text).strip()
    lines = (_LINE_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """The search key: lower case without marks, đ as d, one space between words."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARRED_D))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACE.sub(" ", _INVISIBLE.sub("", bare)).strip().lower()


def slugify(text: str, *, limit: int = MAX_SLUG) -> str:
    """An address made from a name: folded, words joined by hyphens, cut at a word."""
    slug = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) <= limit:
        return slug
    cut = slug[: limit + 1].rpartition("-")[0]
    return cut or slug[:limit]


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Vietnamese collation: by letters (a ă â b c d đ …) first, then by tone."""
    letters: list[int] = []
    tones: list[int] = []
    for char in nfc(text).lower():
        parts = unicodedata.normalize("NFD", char)
        shape = unicodedata.normalize("NFC", parts[0] + "".join(p for p in parts if p in _SHAPES))
        letters.append(_LETTER_RANK.get(shape, _rank_of_other(shape)))
        tones.append(next((_TONES[p] for p in parts if p in _TONES), 0))
    return tuple(letters), tuple(tones)


def _rank_of_other(char: str) -> int:
    """Space and punctuation before digits, digits before letters, the rest last."""
    if char.isdigit():
        return 2 + min(ord(char) - ord("0"), 15)
    return 1 if ord(char[0]) < 128 else 1000 + ord(char[0])
