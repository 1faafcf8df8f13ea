"""What a medium may be, and the words that describe it. Plain values; reads nothing."""

from enum import StrEnum


class MediumKind(StrEnum):
    """What is done with a medium: shown, downloaded, heard or watched."""

    IMAGE = "image"
    DOCUMENT = "document"
    AUDIO = "audio"
    VIDEO = "video"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


class Format(StrEnum):
    """How a size of a picture is encoded."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"

    @property
    def suffix(self) -> str:
        """The ending of its address."""
        return "jpg" if self is Format.JPEG else self.value

    @property
    def media_type(self) -> str:
        """Its MIME type."""
        return f"image/{self.value}"


#: What every browser shows; the others are offered first.
FALLBACKS = (Format.JPEG, Format.PNG)


class Focus(StrEnum):
    """The part of a picture that must stay visible where it is cropped: nine fields."""

    TOP_LEFT = "top-left"
    TOP = "top"
    TOP_RIGHT = "top-right"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM = "bottom"
    BOTTOM_RIGHT = "bottom-right"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _FOCUS_LABELS[self]


_LABELS = {
    MediumKind.IMAGE: "Ảnh",
    MediumKind.DOCUMENT: "Tài liệu",
    MediumKind.AUDIO: "Âm thanh",
    MediumKind.VIDEO: "Video",
}

_FOCUS_LABELS = {
    Focus.TOP_LEFT: "Góc trên bên trái",
    Focus.TOP: "Phía trên",
    Focus.TOP_RIGHT: "Góc trên bên phải",
    Focus.LEFT: "Bên trái",
    Focus.CENTRE: "Chính giữa",
    Focus.RIGHT: "Bên phải",
    Focus.BOTTOM_LEFT: "Góc dưới bên trái",
    Focus.BOTTOM: "Phía dưới",
    Focus.BOTTOM_RIGHT: "Góc dưới bên phải",
}
