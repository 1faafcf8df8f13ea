"""Names that the source cut in the middle of a sentence: "… tai nạn đối với".

What was cut is not known and never guessed; that something was cut is said with an ellipsis.
The document itself stays as it came.
"""

import re

ELLIPSIS = "…"

#: Words after which a name goes on; "kèm theo", "đơn vị trực thuộc", "trở về" may end one.
_GOES_ON = re.compile(
    r"(?:^|\s)(?:với|và|hoặc|của|các|những|bởi|là"
    r"|(?<!trực )thuộc|(?<!kèm )(?<!tiếp )theo|(?<!trở )về)$",
    re.IGNORECASE,
)


def spoken_name(name: str) -> str:
    """The name as it is shown, with an ellipsis where it breaks off."""
    return f"{name.rstrip()}{ELLIPSIS}" if _GOES_ON.search(name.rstrip()) else name


def is_cut(name: str) -> bool:
    """Whether a name lacks its end, said by the source or seen by us."""
    return spoken_name(name).rstrip().endswith((ELLIPSIS, "..."))
