"""Where the type of the letters comes from; never from the machine's own fonts.

NĐ 30/2020 Annex I asks for Times New Roman in Unicode. Free stand-ins of many systems lack
most Vietnamese letters and renderers then mix in others unseen, so the one used here is
pinned: TeX Gyre Termes (GUST Font License), which has all 134 letters with marks.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

FAMILY = "TeX Gyre Termes"
PACKAGE = "rinoh_typeface_texgyretermes"
FACES = frozenset({("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)})


class FontsMissing(RuntimeError):
    """The type of the letters is not installed; the text says so to whoever runs the portal."""


def font_dirs() -> tuple[Path, ...]:
    """Folders with the four faces of the letters' type.

    The package is only looked up, never imported: it belongs to a typesetting system that
    is not installed here. Raises ``FontsMissing``.
    """
    spec = find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise FontsMissing(_missing("chưa cài gói phông chữ rinoh-typeface-texgyretermes"))
    return tuple(Path(folder) for folder in folders)


def load_fonts(folders: tuple[Path, ...]) -> "Fonts":
    """The faces in these folders, and the renderer's own for foreign letters that ours lack.

    Raises ``FontsMissing`` when a face is not there.
    """
    from typst import Fonts  # noqa: PLC0415 - 7 MB, for whoever makes letters

    fonts = Fonts(include_system_fonts=False, font_paths=list(folders))
    faces = {(font.style, font.weight) for font in fonts.fonts() if font.family == FAMILY}
    if FACES - faces:
        where = ", ".join(str(folder) for folder in folders) or "(không có thư mục nào)"
        raise FontsMissing(_missing(f"không đủ bốn kiểu chữ {FAMILY} trong {where}"))
    return fonts


def _missing(what: str) -> str:
    """One sentence of what is wrong, one of what to do."""
    return (
        f"Không tạo được văn bản PDF: {what}. "
        "Chạy: pip install --no-deps --require-hashes -r requirements/fonts.lock"
    )
