"""Word files (docx): paragraphs and tables in their order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from zhenxing.reading.loading.loaded import Loaded, gathering, unreadable

if TYPE_CHECKING:
    from docx.table import Table

LARGEST = 200 * 2**20


def load_word(data: bytes, name: str) -> Loaded:
    """Extract the paragraphs and, cell by cell, the tables of a docx file."""
    problem = _unfit(data)
    if problem:
        return unreadable(name, "docx", problem)
    import docx  # noqa: PLC0415  # heavy: only where a Word file is read
    from docx.table import Table  # noqa: PLC0415  # heavy: only where a Word file is read

    try:
        document = docx.Document(BytesIO(data))
        blocks = list(document.iter_inner_content())
    except Exception as error:  # noqa: BLE001  # a broken file may fail anywhere inside the library
        return unreadable(name, "docx", f"不是完好的Word文件（{type(error).__name__}）")
    gathered = gathering()
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            for number, row in enumerate(_rows(block), 1):
                gathered.add("\t".join(row), f"表{tables}第{number}行")
        else:
            paragraphs += 1
            gathered.add(block.text, f"第{paragraphs}段")
    return gathered.loaded("docx")


def _rows(table: Table) -> Iterator[list[str]]:
    """Yield each row's cells; a cell that spans several columns is given once."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # the only mark of a merged cell
                cells.append(" ".join(cell.text.split()))
            last = cell._tc  # the only mark of a merged cell
        yield cells


def _unfit(data: bytes) -> str:
    """Say why a zip is no Word file to be read, or nothing."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return "压缩包损坏"
    if "word/document.xml" not in names:
        return (
            "不是Word文件；表格请用导入，不用识读" if "xl/workbook.xml" in names else "不是Word文件"
        )
    return f"展开后超过{LARGEST // 2**20}MB" if size > LARGEST else ""
