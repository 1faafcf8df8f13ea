"""Values of settings that are more than one word; each raises ``ValueError`` in words."""

from pathlib import Path


def folders(value: str) -> dict[str, Path]:
    """``slug=/folder; slug=/folder``."""
    found: dict[str, Path] = {}
    for part in filter(None, (one.strip() for one in value.split(";"))):
        slug, sign, path = (one.strip() for one in part.partition("="))
        if not sign or not slug or not Path(path).is_absolute():
            raise ValueError("must be slug=/folder, several divided by ;")
        found[slug] = Path(path)
    return found
