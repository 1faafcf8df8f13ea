"""What an editor may not write because it contradicts itself: reads records, says no sentences.

Asked of what is typed, not of what is imported: another's catalogue is taken as it is.
"""

from collections.abc import Iterator, Mapping

from content.procedures.records import Record


def contradictions(record: Record) -> Mapping[str, str]:
    """Codes of problems by the path of what has to be changed."""
    return dict([*_fees(record), *_limits(record)])


def _fees(record: Record) -> Iterator[tuple[str, str]]:
    """A fee that ends before it begins would never be asked for."""
    for place, fee in enumerate(record.get("fee") or ()):
        begins, ends = fee.get("valid_from"), fee.get("valid_to")
        if begins and ends and ends < begins:
            yield f"fee[{place}].valid_to", "ends_before_it_begins"


def _limits(record: Record) -> Iterator[tuple[str, str]]:
    """The authority's own limit may only be shorter; other units are not compared."""
    law, own = record.get("time_limit") or {}, record.get("local_limit") or {}
    if not law.get("value") or not own.get("value") or law.get("unit") != own.get("unit"):
        return
    if own["value"] > law["value"]:
        yield "local_limit.value", "longer_than_the_law"
