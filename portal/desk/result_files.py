"""Files of a result as they come: PDFs, each looked into before any of them is kept."""

from pyramid.request import Request

from content.dossiers.results import NewFile
from portal import given_files
from portal.forms.accessible import AccessibleForm

_QUESTION = "Tệp kết quả đã ký"


def files_given(request: Request, form: AccessibleForm, name: str) -> tuple[NewFile, ...]:
    """The PDFs that came under ``name``. Raises ``FormInvalid`` with the reason of the first
    one that is none."""
    found = given_files.files_given(request, form, name, _QUESTION, ("pdf",))
    return tuple(NewFile(one.source, one.name, one.media_type) for one in found)
