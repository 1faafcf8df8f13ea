"""What an officer says to an applicant: mandatory, a sentence, and not without end.

One check for every family of moves; the fields of ``Invalid`` are those of the forms.
"""

from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON, is_sentence
from content.errors import Invalid
from content.text import clean


def demand_reason(reason: str, field: str = "reason") -> str:
    """The reason, cleaned. Raises ``Invalid``: ``required``, ``too_long``, ``not_a_sentence``."""
    text = clean(reason, multiline=True)
    if not text:
        raise Invalid({field: "required"})
    if len(text) > MAX_REASON:
        raise Invalid({field: "too_long"}, limit=MAX_REASON, length=len(text))
    if not is_sentence(text):
        raise Invalid({field: "not_a_sentence"})
    return text


def demand_short(text: str, field: str, limit: int = MAX_LEGAL_BASIS) -> str:
    """A line that may be empty, cleaned. Raises ``Invalid``: ``too_long``."""
    line = clean(text, multiline=True)
    if len(line) > limit:
        raise Invalid({field: "too_long"}, limit=limit, length=len(line))
    return line


def demand_line(text: str, field: str, limit: int = MAX_LEGAL_BASIS) -> str:
    """The same, not empty. Raises ``Invalid``: ``required`` too."""
    line = demand_short(text, field, limit)
    if not line:
        raise Invalid({field: "required"})
    return line
