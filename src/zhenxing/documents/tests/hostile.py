"""A corpus of files that must do no harm; each is made when it is asked for."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from zhenxing.documents.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WORKBOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
PARTS = (TYPES, RELATIONS, WORKBOOK, STYLES, make.SHEET)
MEGABYTE = 1024 * 1024
XML = '<?xml version="1.0" encoding="UTF-8"?>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
ZIP64 = 0xFFFFFFFF
LZMA_OF_4GB = b"\x09\x04\x05\x00\x5d\xff\xff\xff\xff" + bytes(200)
OVERLAPPING = 400


def build(name: str) -> bytes:
    """Give one file of the corpus."""
    return CORPUS[name]()


def cells(rows: str, after: str = "") -> bytes:
    """Give a workbook whose one sheet has these rows."""
    return make.changed(make.workbook(), {make.SHEET: make.sheet(rows, after=after)})


def with_part(name: str, content: bytes) -> bytes:
    """Give a workbook with one part put in or replaced."""
    return make.changed(make.workbook(), {name: content})


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return file.getvalue()


def strings(count: int, text: str) -> bytes:
    """Give a workbook with a table of so many shared strings."""
    excel = make.as_excel_saves(make.workbook())
    table = f'<sst xmlns="{make.MAIN}">' + f"<si><t>{text}</t></si>" * count + "</sst>"
    return make.changed(excel, {STRINGS: table.encode()})


def _list(name: str, item: str, count: int) -> bytes:
    """Give a part with one long list; the items count where they have braces."""
    items = "".join(item.format(number) for number in range(count))
    return f"{XML}<s><{name}>{items}</{name}></s>".encode()


def _relisted(change: Callable[[bytearray, int], None]) -> bytes:
    """Change every line of a zip's listing in place."""
    data, at = bytearray(make.workbook()), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        change(data, at)
    return bytes(data)


def _method(number: int) -> bytes:
    def change(data: bytearray, at: int) -> None:
        data[at + 10 : at + 12] = struct.pack("<H", number)

    return _relisted(change)


def _size(number: int) -> bytes:
    def change(data: bytearray, at: int) -> None:
        data[at + 24 : at + 28] = struct.pack("<I", number)

    return _relisted(change)


def _offset(number: int) -> bytes:
    def change(data: bytearray, at: int) -> None:
        data[at + 42 : at + 46] = struct.pack("<I", number)

    return _relisted(change)


def _wrong_sums() -> bytes:
    def change(data: bytearray, at: int) -> None:
        data[at + 16 : at + 20] = b"\0\1\2\3"

    return _relisted(change)


def _overlapping() -> bytes:
    """Give many listed parts that all point to the same packed megabyte."""
    whole = zipped({"a.xml": b" " * MEGABYTE})
    start = whole.index(b"PK\x01\x02")
    line, end = whole[start : whole.index(b"PK\x05\x06")], whole[whole.index(b"PK\x05\x06") :]
    lines = b"".join(
        line[:28] + struct.pack("<H", 4) + line[30:46] + f"{n:04}".encode()
        for n in range(OVERLAPPING)
    )
    tail = bytearray(end)
    tail[8:12] = struct.pack("<HH", OVERLAPPING, OVERLAPPING)
    tail[12:16] = struct.pack("<I", len(lines))
    return whole[:start] + lines + bytes(tail)


def _nested(levels: int) -> bytes:
    data = zipped({"0.bin": bytes(MEGABYTE)})
    for _ in range(levels):
        data = zipped({f"{n}.zip": data for n in range(8)})
    return data


def _lzma() -> bytes:
    """Give a part that asks its unpacker for four gigabytes of memory."""
    data = bytearray(zipped({make.SHEET: LZMA_OF_4GB, TYPES: LZMA_OF_4GB}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place : at + place + 2] = struct.pack("<H", zipfile.ZIP_LZMA)
    return bytes(data)


def _encoded(name: str, codec: str, declared: str) -> bytes:
    text = f'<?xml version="1.0" encoding="{declared}"?>{EXTERNAL}<worksheet><a>&e;</a></worksheet>'
    return with_part(name, text.encode(codec))


def _relation(target: str, mode: str = "") -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    one = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
    return with_part(RELATIONS, f"{XML}<Relationships>{one}</Relationships>".encode())


def _typed(kind: str) -> bytes:
    types = make.part(make.workbook(), TYPES).replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind.encode()
    )
    return with_part(TYPES, types)


def _archive() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../x"))
    return file.getvalue()


def _cut(share: int) -> bytes:
    whole = make.workbook(lambda at: make.append(at, ([n, "字" * 20] for n in range(300))))
    return whole[: len(whole) * share // 100]


def _number(text: str) -> bytes:
    return cells(f"<row r='1'><c r='A1'><v>{text}</v></c></row>")


def _word(text: str) -> bytes:
    return cells(f"<row r='1'><c r='A1' t='inlineStr'><is><t>{text}</t></is></c></row>")


def _at(place: str) -> bytes:
    return cells(f"<row r='1'><c r='{place}'><v>1</v></c></row>")


def _sheets(names: list[str]) -> bytes:
    one = '<sheet name="{}" sheetId="{}" r:id="rId1"/>'
    listed = "".join(one.format(name, number) for number, name in enumerate(names, 1))
    text = f'{XML}<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>'
    return with_part(WORKBOOK, text.encode())


# No part of a workbook that is there to be read: each must be refused in a sentence.
REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"P",
    "a zip's first bytes": lambda: b"PK\x03\x04",
    "an empty zip": lambda: zipped({}),
    "zeros": lambda: bytes(MEGABYTE),
    "text": "单位,数\n青溪镇,1\n".encode,
    "html": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "program": lambda: b"MZ" + bytes(500),
    "elf": lambda: b"\x7fELF" + bytes(500),
    "gif before a zip": lambda: b"GIF89a" + make.workbook(),
    "png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "pdf": lambda: b"%PDF-1.7\n" + bytes(500),
    "rtf": lambda: b"{\\rtf1\\ansi}",
    "rar": lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "seven zip": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "gzip": lambda: gzip.compress(bytes(MEGABYTE)),
    "tar": _archive,
    "old excel": make.old_excel,
    "password": make.encrypted,
    "word": make.renamed_word,
    "slides": lambda: _typed("application/vnd.openxmlformats-officedocument.presentationml.x+xml"),
    "open document": lambda: _typed("application/vnd.oasis.opendocument.spreadsheet"),
    "binary workbook": lambda: _typed("application/vnd.ms-excel.sheet.binary.main"),
    "macro workbook": make.macro_workbook,
    "macro inside": make.with_macro,
    "link": make.with_link,
    "photographs": make.plain_zip,
    "zips in zips": lambda: _nested(3),
    "a bomb": lambda: make.bomb(200),
    "a bomb that lies": lambda: make.lying_bomb(150),
    "overlapping parts": _overlapping,
    "four gigabytes of dictionary": _lzma,
    "unknown packing": lambda: _method(99),
    "sizes of four gigabytes": lambda: _size(ZIP64 - 1),
    "sizes of nothing": lambda: _size(0),
    "offsets beyond the end": lambda: _offset(ZIP64 - 1),
    "wrong check sums": _wrong_sums,
    "out of the folder": make.slipping,
    "an absolute part": lambda: with_part("/etc/cron.d/x", b"x"),
    "a part on a drive": lambda: with_part("C:\\x", b"x"),
    "backslashes": lambda: with_part("..\\..\\x", b"x"),
    "many parts": make.many_entries,
    "password of the zip": make.locked,
    **{f"cut at {share} percent": partial(_cut, share) for share in (1, 10, 40, 70, 95, 99)},
    **{
        f"entity in {part}": partial(with_part, part, f"{XML}{EXTERNAL}<x>&e;</x>".encode())
        for part in PARTS
    },
    "parameter entity": lambda: with_part(make.SHEET, f"{XML}{PARAMETER}<x/>".encode()),
    "entity in utf-16": lambda: _encoded(make.SHEET, "utf-16", "UTF-16"),
    "laughs": make.laughing,
    "unknown encoding": lambda: _encoded(make.SHEET, "ascii", "x-klingon"),
    "not text": lambda: with_part(make.SHEET, b"\xff\xfe\xfd" * 5000),
    "no end": lambda: with_part(make.SHEET, f"{XML}<worksheet><sheetData><row>".encode()),
    "ten thousand levels": lambda: cells("<x>" * 10_000 + "</x>" * 10_000),
    "phantom rows": make.phantom_rows,
    "a million cells": lambda: cells("<row r='1'>" + "<c/>" * 1_000_000 + "</row>"),
    "a million merged": lambda: cells(
        "", "<mergeCells>" + "<mergeCell ref='A1:B1'/>" * 1_000_000 + "</mergeCells>"
    ),
    "a million strings": lambda: strings(1_000_000, "a"),
    "ninety megabytes of text": lambda: cells(f"<row>{' ' * (95 * MEGABYTE)}</row><row>"),
    "far cell": make.far_cell,
    "far row": lambda: _at("A1048576"),
    "far column": lambda: _at("XFD1"),
    "no such string": lambda: cells("<row><c t='s'><v>999999999</v></c></row>"),
    "no content types": lambda: make.changed(make.workbook(), {TYPES: None}),
    "no workbook": lambda: make.changed(make.workbook(), {WORKBOOK: None}),
    "a thousand sheets": lambda: _sheets([f"表{number}" for number in range(1000)]),
}  # fmt: skip

# Odd, but a workbook: read without harm, or refused in a sentence.
ODD: dict[str, Callable[[], bytes]] = {
    "bytes behind the end": lambda: make.workbook() + bytes(1000),
    "a listing's long comment": lambda: make.workbook()[:-2] + b"\xff\xff" + b"x" * 65_535,
    "a name of sixty thousand": lambda: with_part("x" * 60_000, b"x"),
    "a name that runs backwards": lambda: with_part("xl/\u202emx.slx", b"x"),
    "a program inside": lambda: with_part("xl/embeddings/oleObject1.bin", b"MZ" + bytes(1000)),
    "a sheet in the system": lambda: _relation("/etc/passwd"),
    "a sheet above the root": lambda: _relation("../../../../../etc/passwd"),
    "a sheet on the network": lambda: _relation("file:///etc/passwd", ' TargetMode="External"'),
    "a sheet that is the workbook": lambda: _relation("workbook.xml"),
    "two sheets of a name": lambda: _sheets(["表", "表"]),
    "a sheet of ten thousand letters": lambda: _sheets(["表" * 10_000]),
    "a million styles": lambda: with_part(
        STYLES, _list("cellXfs", "<xf numFmtId='9'/>", 1_000_000)
    ),
    "a crowd of formats": lambda: with_part(
        STYLES, _list("numFmts", "<numFmt numFmtId='{}' formatCode='0'/>", 300_000)
    ),
    "a format of five thousand digits": lambda: with_part(
        STYLES, f"{XML}<s><cellXfs><xf numFmtId='{'9' * 5000}'/></cellXfs></s>".encode()
    ),
    "a format that sets the pattern's head spinning": lambda: with_part(
        STYLES,
        f"{XML}<s><numFmt numFmtId='200' formatCode='{'[' * 50_000}'/>"
        "<cellXfs><xf numFmtId='200'/></cellXfs></s>".encode(),
    ),
    "a hundred thousand attributes": lambda: cells(
        "<row " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>"
    ),
    "an attribute of thirty megabytes": lambda: cells(f"<row a='{'ab' * 15 * MEGABYTE}'/>"),
    "a number of a hundred thousand digits": lambda: _number("9" * 100_000),
    "a number without end": lambda: _number("1e999999999"),
    "a number next to nothing": lambda: _number("1e-999999999"),
    "not a number": lambda: _number("NaN"),
    "an endless number": lambda: _number("-INF"),
    "digits of another script": lambda: _number("١٢٣"),
    "half a letter": lambda: _word("_xD800_"),
    "a zero byte": lambda: _word("甲_x0000_乙"),
    "controls": lambda: _word("".join(f"_x{n:04X}_" for n in range(32))),
    "text that runs backwards": lambda: _word("\u202e元万001"),
    "text of three megabytes": lambda: _word("字" * MEGABYTE),
    "a formula that calls": lambda: cells(
        "<row r='1'><c r='A1'><f>cmd|'/c calc'!A1</f><v>1</v></c></row>"
    ),
    "a place that is none": lambda: _at("AAAA0"),
    "a place below zero": lambda: _at("A-1"),
    "a row of fifty digits": lambda: cells(f"<row r='{'9' * 50}'><c><v>1</v></c></row>"),
    "every cell there may be": lambda: cells(
        "".join(
            "<row>" + "".join(f"<c><v>{n * 60 + m}</v></c>" for m in range(60)) + "</row>"
            for n in range(2000)
        )
    ),
}  # fmt: skip

CORPUS = REFUSED | ODD
