"""Web pages: the words of their blocks, tables as rows of cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from zhenxing.reading.loading.loaded import Loaded
from zhenxing.reading.loading.plain import decoded

HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head"})
BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
     "section", "article", "header", "footer", "nav", "title", "body", "html", "pre",
     "blockquote", "hr"}
)  # fmt: skip
CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD = 2048


class Page(HTMLParser):
    """Gathers the visible words of a page."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block."""
        del attrs
        if tag in HIDDEN:
            self.hidden += 1
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block, a cell with a tab."""
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in CELLS:
            self.words.append("\t")
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what is shown; breaks inside a block are blanks."""
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def load_html(data: bytes, name: str, encoding: str = "") -> Loaded:
    """Extract the words a page shows.

    >>> load_html("<html><p>粮食</p><script>x</script></html>".encode(), "a.html").text
    '粮食'
    """
    told = _CHARSET.search(data[:HEAD])
    stated = told[1].decode("ascii").lower() if told else ""
    used = encoding or {"gb2312": "gb18030", "gbk": "gb18030"}.get(stated, "")
    text, used, problems = decoded(data, name, used)
    page = Page()
    page.feed(text)
    page.close()
    lines = (re.sub(r"^ +| +$", "", line) for line in "".join(page.words).split("\n"))
    kept = [line.rstrip("\t") for line in lines if line.strip()]
    return Loaded("\n".join(kept), "html", problems, (), used)
