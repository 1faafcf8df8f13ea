"""What somebody may type into the search field of a list."""

NASTY = [
    "x" * 10_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE procedure; --",
    "\u202eabc\u202c",
    "Đa\u0306ng ky\u0301",
    "*:* OR code:1",
    "%",
    "٣",
]
