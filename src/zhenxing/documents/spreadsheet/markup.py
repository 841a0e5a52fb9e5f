"""Reading the XML parts: streamed, without DTD or entities, by local names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from zhenxing.documents.spreadsheet.parcel import UnreadableError
from zhenxing.writing.legible import REPLACEMENT

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

    from zhenxing.documents.spreadsheet.parcel import Parcel

DEEPEST = 64
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Part(ContentHandler):
    """A handler that knows elements by their local names and gathers text where asked to."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._text: list[str] | None = None

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element's start."""

    def closes(self, name: str) -> None:
        """Take an element's end."""

    def gather(self) -> None:
        """Keep the text from here on."""
        self._text = []

    def gathered(self) -> str:
        """Give the text since `gather`, and keep no more."""
        text = "".join(self._text or ())
        self._text = None
        return text

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # SAX names it
        """Pass an element on by its local name."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableError("", f"文件结构套了{DEEPEST}层以上，不是 Excel 存出来的文件")
        self.opens(_local(name), dict(attrs.items()))

    def endElement(self, name: str) -> None:  # noqa: N802  # SAX names it
        """Pass an element's end on by its local name."""
        self._depth -= 1
        self.closes(_local(name))

    def characters(self, content: str) -> None:
        """Keep text where it was asked for."""
        if self._text is not None:
            self._text.append(content)


def read(parcel: Parcel, part: str, handler: Part) -> None:
    """Feed one part to its handler; raises UnreadableError."""
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        for piece in parcel.pieces(part):
            parser.feed(piece)
        parser.close()
    except DefusedXmlException as error:
        raise UnreadableError(
            "", f"「{part}」里有文档类型声明（DTD），可能被用来偷读文件"
        ) from error
    except (SAXException, UnicodeError, LookupError) as error:
        raise UnreadableError("", f"文件已损坏：「{part}」不是完整的 XML") from error


def unescaped(text: str) -> str:
    """Turn the _xHHHH_ by which Excel writes control characters back into them.

    Half a letter of UTF-16 and a zero byte, which no database and no page takes, become a sign.
    """
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return REPLACEMENT if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter


def attribute(attributes: dict[str, str], name: str) -> str:
    """Give an attribute by its local name, whatever its prefix."""
    return next((text for key, text in attributes.items() if _local(key) == name), "")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
