"""Receptions as an iCalendar document (RFC 5545), for calendars of phones and offices."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from content.calendar.working import at
from content.reception.days import Occurrence, Standing

MEDIA_TYPE = "text/calendar"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
#: Octets of a line, without its end (RFC 5545 section 3.1).
_LINE = 75


def calendar(
    occurrences: Iterable[Occurrence], *, name: str, host: str, address: str, now: datetime
) -> str:
    """The document; an event keeps its identity while its rule and planned day stay, so that
    moved and cancelled receptions replace what a phone already has."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escape(host)}//Lich tiep cong dan//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    for one in occurrences:
        lines += _event(one, host, address, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line))


def _event(one: Occurrence, host: str, address: str, now: datetime) -> Iterator[str]:
    who = ", ".join(word for word in (one.post, one.leader) if word)
    cancelled = one.standing is Standing.CANCELLED
    yield "BEGIN:VEVENT"
    yield f"UID:tiep-cong-dan-{one.rule_id}-{one.planned:%Y%m%d}@{escape(host)}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(at(one.day, one.starts))}"
    yield f"DTEND:{_utc(at(one.day, one.ends))}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{escape(('Hoãn: ' if cancelled else '') + 'Tiếp công dân – ' + who)}"
    yield f"LOCATION:{escape(one.place)}"
    if one.note:
        yield f"DESCRIPTION:{escape(one.note)}"
    yield f"URL:{address}"
    yield "END:VEVENT"


def escape(text: str) -> str:
    """Text as a value (RFC 5545 section 3.3.11)."""
    return text.translate(_ESCAPED)


def fold(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets; no letter is cut in two."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
