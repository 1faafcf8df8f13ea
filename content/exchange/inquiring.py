"""Asking a system what it has for us, and remembering when that last went well."""

from collections.abc import Callable

from content.errors import Unavailable
from content.exchange.models import MAX_ERROR, ExchangeInquiry
from content.exchange.sending import Ground, words_of

#: What the document management is called among the systems that are asked.
DOCUMENTS = "van-ban"


def inquire(ground: Ground, system: str, collect: Callable[[], int]) -> int:
    """Ask now; returns how much was new. A system that does not answer is noted, not raised."""
    words, new = "", 0
    try:
        new = collect()
    except Unavailable as error:
        words = words_of(error)
    now = ground.clock()
    with ground.writing() as session:
        row = session.get(ExchangeInquiry, system)
        if row is None:
            row = ExchangeInquiry(system=system)
            session.add(row)
        row.asked_at, row.error = now, words[:MAX_ERROR]
        if not words:
            row.answered_at = now
    return new
