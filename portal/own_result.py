"""The result and the money of a dossier as its owner sees them, signed in or with the secret.

Files of the result open once it has been handed over: before, what is owed may be unpaid.
"""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.charging import standing_of
from content.dossiers.models import Dossier
from content.dossiers.money import open_obligation
from content.dossiers.result_models import ITEM_STATES, KIND_NAMES, ResultFile
from content.dossiers.results import result_of
from content.dossiers.returning import items_of
from content.dossiers.signed_files import signatures_of
from content.dossiers.states import ENDED, Status
from content.errors import NotFound
from content.words import amount_in_words, money, short_date
from portal.http.downloads import send_file
from portal.signatures import SignatureLine, lines_of


def result_shown(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the owner's page says of the result, of the post and of money."""
    found = result_of(request.db, dossier)
    money_ = standing_of(request.db, dossier)
    asked = open_obligation(request.db, dossier)
    is_open = dossier.received_at is not None and (
        dossier.status not in ENDED or dossier.status is Status.RESOLVED
    )
    return {
        "result": _told(found) if found is not None else None,
        "result_signatures": _signatures(request, dossier),
        "result_files": _files(request, dossier),
        "parcels": [
            (one.tracking, ITEM_STATES[one.state], money(one.cod) if one.cod else None)
            for one in items_of(request.db, dossier)
        ],
        "owed": money(money_.owed) if is_open and money_.owed else None,
        "to_pay": {
            "amount": money(asked.amount),
            "in_words": amount_in_words(asked.amount),
            "account": asked.account,
            "legal_basis": asked.legal_basis,
            "reason": asked.reason,
            "pay_by": short_date(asked.pay_by) if asked.pay_by else None,
        }
        if asked is not None
        else None,
    }


def send_result(request: Request, dossier: Dossier, token: str) -> Response:
    """A file of the result, byte for byte. Raises ``NotFound`` before it was handed over."""
    for one in _files(request, dossier):
        if one.token == token:
            return send_file(request, one.file, one.name)
    raise NotFound("file")


def _files(request: Request, dossier: Dossier) -> list[ResultFile]:
    if dossier.status is not Status.RETURNED:
        return []
    found = result_of(request.db, dossier)
    return list(found.files) if found is not None else []


def _signatures(request: Request, dossier: Dossier) -> list[list[SignatureLine]] | None:
    """Of each file that is shown; ``None`` where nobody has looked for any."""
    signed = signatures_of(request.db, dossier) if _files(request, dossier) else None
    return None if signed is None else [lines_of(one) for one in signed]


def _told(found: Any) -> dict[str, Any]:
    return {
        "title": found.title,
        "number": found.number_words,
        "issued_on": short_date(found.issued_on),
        "signer": ", ".join(one for one in (found.signer_name, found.signer_title) if one),
        "valid_to": short_date(found.valid_to) if found.valid_to else None,
        "kind": KIND_NAMES[found.kind],
    }
