"""The colours an authority may choose."""

BRANDS = ("indigo", "pine", "slate")
