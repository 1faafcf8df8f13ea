"""A dossier's papers for its officers: shown in a tab of their own, or downloaded.

What citizens send is never trusted: only bytes that are a PDF or a picture are shown,
under a policy that runs nothing; everything else is a download.
"""

from typing import BinaryIO

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content import audit
from content.dossiers.models import Attachment, Dossier
from content.dossiers.reads import attachment_of
from portal.desk_contexts import DeskDossier
from portal.forms.sniffing import Refused, sniff
from portal.http.downloads import open_file, send_stream
from portal.security.permissions import Permission

#: What may be shown in the browser: type as sniffed → media type as sent.
SHOWN = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
DOWNLOAD = "tai-ve"
UNKNOWN = "application/octet-stream"


def is_shown_inline(attachment: Attachment) -> bool:
    """Whether the page offers to open it; the bytes decide once more when it is opened."""
    return attachment.file.media_type in SHOWN.values()


@view_config(route_name="desk.file", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def file(context: DeskDossier, request: Request) -> Response:
    """The bytes of one paper; who opened it is written down (Law 91/2025/QH15)."""
    return send_paper(request, context.dossier, request.matchdict["file"])


def send_paper(request: Request, dossier: Dossier, token: str) -> Response:
    """One paper, for whoever may see it. Raises ``NotFound``."""
    attachment = attachment_of(dossier, token)
    source = open_file(request, attachment.file)
    audit.record(
        request.db,
        now=request.now,
        actor_id=request.identity.account_id,
        action="dossier.paper_opened",
        subject=f"dossier:{dossier.id}",
        file=attachment.file_id,
    )
    wanted = DOWNLOAD not in request.GET and is_shown_inline(attachment)
    kind = _sniffed(source, attachment.file.size) if wanted else None
    shown = SHOWN.get(kind or "")
    return send_stream(
        source,
        attachment.name,
        size=attachment.file.size,
        media_type=shown or UNKNOWN,
        inline=shown is not None,
    )


def _sniffed(source: BinaryIO, size: int) -> str | None:
    try:
        return sniff(source, size)
    except Refused:
        return None
    finally:
        source.seek(0)
