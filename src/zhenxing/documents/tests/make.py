"""Files as they come in: good ones, broken ones, hostile ones."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING, cast

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(fill: Callable[[Worksheet], object] | None = None) -> bytes:
    """Give a small workbook with one sheet 表, filled as told."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    sheet["A1"] = "指标"
    if fill:
        fill(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def add_sheets(at: Worksheet, count: int) -> None:
    """Put more sheets behind the one there is."""
    for number in range(count):
        cast("Workbook", at.parent).create_sheet(f"表{number}")


def append(at: Worksheet, rows: Iterable[list[object]]) -> None:
    """Put rows below what is there."""
    for row in rows:
        at.append(row)


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Put parts into a zip in place of its own; None takes one out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """Give one part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        return parcel.read(name)


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    """Give the XML of a sheet around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def far_cell() -> bytes:
    """Give five kilobytes that claim a sheet of seventeen thousand million cells."""

    def fill(at: Worksheet) -> None:
        at["XFD1048576"] = 1

    return workbook(fill)


def phantom_rows(count: int = 1_048_576) -> bytes:
    """Give a sheet of formatted rows with nothing in them."""
    rows = "".join(f'<row r="{row}" ht="15"/>' for row in range(1, count + 1))
    return changed(workbook(), {SHEET: sheet(rows)})


def bomb(megabytes: int = 600) -> bytes:
    """Give a sheet that is small in the zip and huge outside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        base = workbook()
        with zipfile.ZipFile(io.BytesIO(base)) as old:
            for name in old.namelist():
                if name != SHEET:
                    new.writestr(name, old.read(name))
        with new.open(SHEET, "w", force_zip64=True) as stream:
            stream.write(b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>')
            for _ in range(megabytes):
                stream.write(b" " * 1024 * 1024)
    return out.getvalue()


def lying_bomb(megabytes: int = 200) -> bytes:
    """Give the same with a listing that claims the sheet were small."""
    data = bytearray(bomb(megabytes))
    start = data.rindex(b"PK\x01\x02")
    while SHEET.encode() not in data[start : start + 46 + len(SHEET)]:
        start = data.rindex(b"PK\x01\x02", 0, start)
    data[start + 24 : start + 28] = struct.pack("<I", 900_000)
    return bytes(data)


def damaged() -> bytes:
    """Give a workbook whose second half was lost on the way."""
    whole = workbook(lambda at: append(at, ([n, "字" * 20] for n in range(500))))
    return whole[: len(whole) // 2]


def scrambled() -> bytes:
    """Give a workbook with whole listing and broken content."""
    data = bytearray(workbook())
    start = data.index(SHEET.encode()) + len(SHEET)
    data[start + 10 : start + 60] = bytes(50)
    return bytes(data)


def with_dtd() -> bytes:
    """Give a sheet that tries to read a file of the server."""
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&secret;</t></is></c></row>'
    return changed(workbook(), {SHEET: sheet(cell, before=doctype)})


def laughing() -> bytes:
    """Give a sheet whose entities unfold to a thousand million laughs."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "哈">{levels}]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return changed(workbook(), {SHEET: sheet(cell, before=doctype)})


def renamed_word() -> bytes:
    """Give a Word document as python-docx writes one."""
    import docx  # noqa: PLC0415  # slow to load, one test needs it

    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("关于填报的通知")
    document.save(file)
    return file.getvalue()


def with_macro() -> bytes:
    """Give a workbook with a macro inside, its type unchanged."""
    return changed(workbook(), {"xl/vbaProject.bin": b"\0" * 100})


def macro_workbook() -> bytes:
    """Give an honest .xlsm."""
    types = part(workbook(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return changed(workbook(), {"[Content_Types].xml": types})


def with_link() -> bytes:
    """Give a workbook whose numbers come out of another file."""
    return changed(workbook(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def slipping() -> bytes:
    """Give a workbook with a part that points out of the zip."""
    return changed(workbook(), {"../../etc/cron.d/x": b"x"})


def locked() -> bytes:
    """Give a workbook whose parts carry the flag of an encrypted zip."""
    data = bytearray(workbook())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def encrypted() -> bytes:
    """Give the shell that Office puts around a workbook with a password."""
    return OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def old_excel() -> bytes:
    """Give the first bytes of an .xls."""
    return OLE + bytes(500) + "Workbook".encode("utf-16-le") + bytes(500)


def plain_zip() -> bytes:
    """Give a zip of photographs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        parcel.writestr("照片/1.jpg", b"\xff\xd8\xff")
    return file.getvalue()


def many_entries() -> bytes:
    """Give a workbook with six hundred parts more than it needs."""
    return changed(workbook(), {f"xl/media/{n}.bin": b"" for n in range(600)})


def as_excel_saves(data: bytes) -> bytes:
    """Write a workbook anew as Excel itself does: shared strings in runs, numbers of 17 digits."""
    strings: list[str] = []

    def shared(found: re.Match[str]) -> str:
        strings.append(found[2])
        return f'{found[1]} t="s"><v>{len(strings) - 1}</v></c>'

    def long(found: re.Match[str]) -> str:
        return f"{found[1]}<v>{float(found[2]):.17g}</v>"

    parts: dict[str, bytes | None] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        sheets = [name for name in parcel.namelist() if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        text = part(data, name).decode()
        text = re.sub(r'(<c [^>]*?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', shared, text)
        parts[name] = re.sub(r'(<c [^>]*t="n"[^>]*>)<v>([^<]+)</v>', long, text).encode()
    items = "".join(_runs(text) for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    relations = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    one = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/>'.encode()
    end = b"</Relationships>"
    parts[relations] = part(data, relations).replace(end, one + end)
    return changed(data, parts)


def _runs(text: str) -> str:
    """Give a shared string in two runs with a phonetic guide, as Excel keeps edited text."""
    middle = len(text) // 2 if "&" not in text else 0
    runs = "".join(
        f'<r><t xml:space="preserve">{piece}</t></r>' for piece in (text[:middle], text[middle:])
    )
    return f'<si>{runs}<rPh sb="0" eb="1"><t>zi</t></rPh></si>'
