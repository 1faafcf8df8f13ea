"""A browser's part in a form, without scripts: find controls, fill them, press a button.

Reads the rendered markup and sends what a browser would send, in its order – so a
form that renders wrongly cannot be filled rightly.
"""

import io
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, SoupStrainer, Tag
from webob.multidict import MultiDict


@dataclass
class SentFile:
    """What WebOb makes of a chosen file: a name and an open stream."""

    filename: str
    content: bytes
    file: io.BytesIO = field(init=False)

    def __post_init__(self) -> None:
        self.file = io.BytesIO(self.content)

    def __bool__(self) -> bool:
        raise TypeError("cannot be converted to bool, as cgi.FieldStorage")


class BrowserForm:
    """The form of a page; ``fill`` and ``tick`` change it, ``press`` sends it."""

    def __init__(self, html: str) -> None:
        # Only what a form sends is read, which is much quicker than the whole page.
        wanted = SoupStrainer(["input", "select", "textarea", "button"])
        soup = BeautifulSoup(html, "html.parser", parse_only=wanted)
        found = [one for one in soup.find_all(True, recursive=False) if isinstance(one, Tag)]
        self._controls = [one for one in found if one.name != "button"]
        self._buttons = [one for one in found if one.name == "button"]
        self._by_name: dict[str, list[Tag]] = {}
        for one in self._controls:
            self._by_name.setdefault(str(one["name"]), []).append(one)
        self.files: dict[str, list[SentFile]] = {}

    def controls(self, name: str) -> list[Tag]:
        """The controls of that name; none is a failure of the page."""
        assert self.has(name), f"the page has no control named {name}"
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether there is a control of that name."""
        return name in self._by_name

    def fill(self, name: str, value: str) -> None:
        """Type into a field, or choose in a list."""
        control = self.controls(name)[0]
        if control.name == "select":
            self._choose(control, value)
        elif control.name == "textarea":
            control.string = value
        elif control.get("type") == "radio":
            self.tick(name, [value])
        else:
            control["value"] = value

    def tick(self, name: str, values: list[str]) -> None:
        """Tick exactly these boxes or radio buttons."""
        known = {str(one["value"]) for one in self.controls(name)}
        assert set(values) <= known, f"{name} offers {known}, not {values}"
        for one in self.controls(name):
            if one["value"] in values:
                one["checked"] = ""
            else:
                one.attrs.pop("checked", None)

    def choose_files(self, name: str, files: list[SentFile]) -> None:
        """Choose files in a file field."""
        assert self.controls(name)[0].get("type") == "file"
        self.files[name] = files

    def press(self, name: str, value: str | None = None) -> MultiDict:
        """The POST that pressing this button sends."""
        buttons = [
            one
            for one in self._buttons
            if one.get("type") == "submit" and one.get("name") == name
            if value is None or one["value"] == value
        ]
        assert buttons, f"the page has no button {name} {value}"
        return MultiDict([*self._sent(), (name, buttons[0]["value"])])

    def _choose(self, control: Tag, value: str) -> None:
        options = control.find_all("option")
        assert value in [one["value"] for one in options], f"{control['name']} lacks {value}"
        for one in options:
            if one["value"] == value:
                one["selected"] = ""
            else:
                one.attrs.pop("selected", None)

    def _sent(self) -> list[tuple[str, object]]:
        sent: list[tuple[str, object]] = []
        for control in self._controls:
            sent += [(str(control["name"]), one) for one in self._values(control)]
        return sent

    def _values(self, control: Tag) -> list[object]:
        kind = control.get("type", "text")
        if control.name == "textarea":
            text = "".join(control.strings)
            # HTML drops the first line break of a text area, and sends CRLF.
            return [text.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")]
        if control.name == "select":
            options = control.find_all("option")
            chosen = [one for one in options if one.has_attr("selected")] or options[:1]
            return [one["value"] for one in chosen[-1:]]
        if kind in ("radio", "checkbox"):
            return [control["value"]] if control.has_attr("checked") else []
        if kind == "file":
            return list(self.files.get(str(control["name"]), [])) or [b""]
        return [control.get("value", "")]
