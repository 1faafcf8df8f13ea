"""Several papers as one PDF, to be printed in one go; the stored papers stay as they are."""

import io
from collections.abc import Iterable


def join(papers: Iterable[bytes]) -> bytes:
    """All pages in the order given. Signatures do not survive: this is for paper only."""
    from pypdf import PdfWriter  # noqa: PLC0415 - large, and seldom needed

    writer, made = PdfWriter(), io.BytesIO()
    for content in papers:
        writer.append(io.BytesIO(content), import_outline=False)
    writer.write(made)
    return made.getvalue()
