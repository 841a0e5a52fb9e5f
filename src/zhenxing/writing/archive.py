"""The zip around an Office file, made to depend on its contents alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from zhenxing.writing.legible import one_line

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o600 << 16
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_OFFICE = "http://schemas.openxmlformats.org"


@dataclass(frozen=True, slots=True)
class Label:
    """What a file says about itself: title, who issued it, and the moment it was made (aware).

    Raises ValueError for a moment without time zone.
    """

    title: str
    issuer: str
    created: datetime

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("文件的生成时刻须带时区。")


def settle(data: bytes, label: Label, parts: Mapping[str, str] | None = None) -> bytes:
    """Rewrite an Office file so that equal contents give equal bytes.

    Zip times and attributes are fixed, parts stand in one order, properties come from the label;
    `parts` replaces the text of named parts. The bytes still follow the zlib in use.

    >>> file = io.BytesIO()
    >>> zipfile.ZipFile(file, "w").close()
    >>> label = Label("月报", "禾山县考核办", datetime(2023, 10, 25, tzinfo=UTC))
    >>> settled = settle(file.getvalue(), label)
    >>> zipfile.ZipFile(io.BytesIO(settled)).namelist()
    ['docProps/app.xml', 'docProps/core.xml']
    """
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(settled, "w") as target:
        contents = {name: source.read(name) for name in source.namelist()}
        fixed = {"docProps/core.xml": _core(label), "docProps/app.xml": _app(), **(parts or {})}
        contents |= {name: text.encode() for name, text in fixed.items()}
        for name in sorted(contents, key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(_entry(name), contents[name], zipfile.ZIP_DEFLATED, 6)
    return settled.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry


def _core(label: Label) -> str:
    moment = label.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    issuer = escape(one_line(label.issuer))
    return (
        f"{_DECLARATION}<cp:coreProperties"
        f' xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(one_line(label.title))}</dc:title><dc:creator>{issuer}</dc:creator>"
        f"<cp:lastModifiedBy>{issuer}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties">'
        "<Application>zhenxing</Application></Properties>"
    )
