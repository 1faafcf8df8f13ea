"""From cleaned HTML back to structured text: for people without scripts, for comparing two
versions word by word. What structured text cannot say (bold, say) loses its marks."""

from html.parser import HTMLParser

from content.text import clean

_MARKS = {"h2": "## ", "h3": "## ", "h4": "## "}
_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "figure", "caption"}


class _Writer(HTMLParser):
    """Writes as it reads; ``parts`` is what was written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.quotes = 0
        self.links: list[str] = []
        self.figure: dict[str, str] | None = None
        self.in_caption = False
        self.row: list[str] | None = None
        self.rows: list[tuple[bool, list[str]]] = []
        self.has_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._begin(tag)
        elif tag in {"tr", "td", "th"}:
            self._begin_cell(tag)
        elif tag in {"img", "video"}:
            self._medium(tag, given)
        elif tag == "figcaption":
            self.in_caption = True
        elif tag == "a":
            self.links.append(given.get("href", ""))
            self._put("[")
        elif tag == "li":
            self._item()
        elif tag == "br":
            self._put("\n" + "> " * bool(self.quotes))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self._put(f"]({self.links.pop()})")
        elif tag == "figcaption":
            self.in_caption = False
        elif tag == "figure":
            self._end_figure()
        elif tag == "tr" and self.row is not None:
            self.rows.append((self.has_head, self.row))
            self.row = None
        elif tag == "table":
            self._end_table()
        elif tag in _BLOCKS:
            self._end(tag)

    def _end(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists = self.lists[:-1]
        elif tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        elif self.quotes:
            return
        self._put("\n\n")

    def _begin_cell(self, tag: str) -> None:
        if tag == "tr":
            self.row, self.has_head = [], False
        elif self.row is not None:
            self.has_head = self.has_head or tag == "th"
            self.row.append("")

    def handle_data(self, data: str) -> None:
        if self.in_caption and self.figure is not None:
            self.figure["caption"] = self.figure.get("caption", "") + data
        elif data.strip() or not data.startswith("\n"):
            bare = self.quotes and self.row is None and self.parts[-1:] == ["\n\n"]
            self._put("> " * bool(bare) + data)

    def _begin(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append(None if tag == "ul" else 0)
        elif tag == "blockquote":
            self.quotes += 1
            self._put("\n\n")
        elif tag == "figure":
            self.figure = {}
        elif self.quotes:
            self._put("\n> ")
        elif self.row is None:
            self._put("\n\n" + _MARKS.get(tag, ""))

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is None:
            self._put("\n- ")
        else:
            self.lists[-1] = number + 1
            self._put(f"\n{number + 1}. ")

    def _medium(self, tag: str, given: dict[str, str]) -> None:
        found = {"address": given.get("src", ""), "words": given.get("alt", ""), "tag": tag}
        if self.figure is None:
            self._put(_told(found))
        else:
            self.figure.update(found)

    def _end_figure(self) -> None:
        if self.figure is not None and "address" in self.figure:
            self._put(_told(self.figure))
        self.figure = None

    def _end_table(self) -> None:
        lines = []
        for number, (is_head, row) in enumerate(self.rows):
            lines.append("| " + " | ".join(" ".join(one.split()) for one in row) + " |")
            if is_head and number == 0:
                lines.append("|" + "---|" * len(row))
        self.rows = []
        self._put("\n\n" + "\n".join(lines) + "\n\n")

    def _put(self, text: str) -> None:
        if self.row:
            self.row[-1] += text
        else:
            self.parts.append(text)


def _told(found: dict[str, str]) -> str:
    """A picture or video, a line of its own."""
    caption = " ".join(found.get("caption", "").split()).replace('"', "”")
    words = found["words"].replace("]", ")")
    if found["tag"] == "video":
        words, caption = words or caption, ""
    after = f' "{caption}"' if caption else ""
    return f"\n\n![{words}]({found['address']}{after})\n\n"


def to_structured(html: str) -> str:
    """Sanitised HTML as structured text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return clean("".join(writer.parts), multiline=True)
