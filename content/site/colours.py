"""Colours that people can read: contrast as WCAG 2.2 measures it (SC 1.4.3). Pure."""

import re

LEAST = 4.5
WHITE = "#ffffff"
_HEX = re.compile(r"#[0-9a-f]{6}")

Rgb = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Whether it is written as ``#1f5a3d``."""
    return bool(_HEX.fullmatch(text))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """``share`` of ``other`` in ``colour``."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    parts = [round((a * (1 - share) + b * share) * 255) for a, b in pairs]
    return "#" + "".join(f"{one:02x}" for one in parts)


def strong(colour: str) -> str:
    """Darker, for pressed buttons and headings."""
    return mixed(colour, "#000000", 0.3)


def tint(colour: str) -> str:
    """A light ground in which the colour itself can still be read."""
    return mixed(colour, WHITE, 0.94)
