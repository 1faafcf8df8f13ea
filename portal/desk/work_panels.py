"""Panels of an officer's page of a dossier for the officers' own work: labels, messages, notes."""

from typing import Any

from pyramid.request import Request

from content.dossiers import labels
from content.dossiers.conversation import messages_of, notes_of
from content.dossiers.models import Dossier
from content.words import clock_and_day
from portal.desk_contexts import DeskDossier


def labels_here(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """What is on the dossier, and what may be put on it."""
    there = labels.on_dossier(request.db, context.dossier)
    usable = labels.usable(request.db, context.dossier)
    if not there and not usable:
        return None
    on = {one.id for one in there}
    return {
        "there": there,
        "choices": [(one.id, one.name, one.id in on) for one in usable],
        "url": request.route_path("desk.set_labels", number=context.dossier.lookup_code),
    }


def conversation(request: Request, context: DeskDossier) -> dict[str, Any]:
    """The last messages and the notes, with where to write more."""
    dossier, place = context.dossier, {"number": context.dossier.lookup_code}
    found = messages_of(request.db, dossier)
    return {
        "count": len(found),
        "unread": sum(one.from_applicant and one.read_at is None for one in found),
        "last": [
            {
                "who": one.author_name,
                "when": clock_and_day(one.at),
                "text": one.text,
                "files": [
                    (file.name, file_url(request, dossier, file.token)) for file in one.files
                ],
            }
            for one in found[-2:]
        ],
        "notes": [
            {"who": one.author_name, "when": clock_and_day(one.at), "text": one.text}
            for one in notes_of(request.db, dossier)
        ],
        "message_url": request.route_path("desk.message", **place),
        "note_url": request.route_path("desk.note", **place),
    }


def file_url(request: Request, dossier: Dossier, token: str) -> str:
    """Where the desk opens a file of a message."""
    path: str = request.route_path("desk.message_file", number=dossier.lookup_code, file=token)
    return path
