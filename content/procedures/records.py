"""The catalogue format: one JSON object per procedure, its order of keys and its digest.

A record is kept as it came, only in NFC, with whole numbers as integers; so what is
exported is what was imported. What may stand in it: ``validation.py``; how it is
read: ``repairs.py``.
"""

import hashlib
import json
from typing import Any

from content.text import fold, nfc

Record = dict[str, Any]

#: Keys in the order of an export. Those of the second line extend the collected
#: format: steps, number of sets and agencies (NĐ 63/2010 art. 8), the shortened limit.
KEYS = (
    *("code", "local_code", "name", "field", "field_group", "level", "levels", "authority"),
    *("agencies", "steps", "sets", "local_limit"),
    *("ministry", "time_limit", "time_limit_by_channel", "fee", "channels", "dossier"),
    *("dossier_total", "forms", "legal_bases", "service_level", "result", "applicants"),
    *("requirements", "decision_no", "as_of", "source", "official_url", "local_variants"),
    *("source_note", "missing", "completeness"),
)
_INNER = (
    *("kind", "amount", "currency", "unit", "place", "channel", "value", "text"),
    *("condition", "exempt", "channels", "valid_from", "valid_to"),
    *("name", "originals", "copies", "form_name", "case", "obligatory"),
    *("code", "file", "for", "number", "date", "time_limit", "fee", "service_level"),
    *("receives", "decides", "cooperates", "as_of", "source"),
)
_RANK = {key: rank for rank, key in enumerate(KEYS)}
_INNER_RANK = {key: rank for rank, key in enumerate(_INNER)}


def canonical(record: Record) -> Record:
    """The record as it is kept: NFC, whole numbers as integers, keys in order."""
    ordered: Record = _ordered(_normal(record), _RANK)
    return ordered


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {nfc(key): _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return value


def _ordered(value: Any, rank: dict[str, int]) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (rank.get(key, len(rank)), key))
        return {key: _ordered(value[key], _INNER_RANK) for key in keys}
    if isinstance(value, list):
        return [_ordered(inner, rank) for inner in value]
    return value


def dump(record: Record) -> str:
    """One line of JSON, in the order of keys."""
    return json.dumps(record, ensure_ascii=False)


def parse(text: str) -> Record:
    """What ``dump`` wrote."""
    record: Record = json.loads(text)
    return record


def digest(record: Record) -> str:
    """SHA-256 of the canonical record, whatever the order of its keys."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def identity(record: Record) -> str:
    """What makes the record the same procedure as one we have, together with its level."""
    if record.get("code"):
        return str(record["code"])
    if record.get("local_code"):
        return f"local:{record['local_code']}"
    return f"name:{fold(record['name'])}"
