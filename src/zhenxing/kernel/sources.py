"""Where a number came from, down to the cell or the stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A place in a file; everything but the file's name may be unknown.

    file: the name as handed in, without a path. sha256: 64 lower-case hex digits of its bytes.
    sheet and cell: of a workbook, the cell as `F6`. page: from 1. start and end: characters of the
    extracted text, from 0, the end not included; both or neither.

    Raises ValueError for a source that can point nowhere.

    >>> Source(file="稳投资专班10月报表.xlsx", sheet="指标数", cell="F6").label
    '稳投资专班10月报表.xlsx，指标数!F6'
    >>> Source(file="2023年工作计划.docx", page=3, start=120, end=131).label
    '2023年工作计划.docx，第3页，第121—131字'
    """

    file: str
    sha256: str | None = None
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        """Refuse a source that can point nowhere."""
        if not self.file:
            raise ValueError("来源缺文件名；请写明数据取自哪个文件。")
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise ValueError(f"{self.file}的摘要不是64位小写十六进制；请重新计算SHA-256。")
        if self.cell is not None and not _CELL.fullmatch(self.cell):
            raise ValueError(f"{self.file}的单元格「{self.cell}」写法不对；请写成F6这样。")
        if self.page is not None and self.page < 1:
            raise ValueError(f"{self.file}的页码{self.page}不对；页码从1起。")
        self._check_stretch()

    def _check_stretch(self) -> None:
        if self.start is None and self.end is None:
            return
        if self.start is None or self.end is None or not 0 <= self.start < self.end:
            raise ValueError(
                f"{self.file}的文字起止{self.start}—{self.end}不对；起须小于止，且同时给出。"
            )

    @property
    def label(self) -> str:
        """Words a reader can follow to the place."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        page = f"第{self.page}页" if self.page is not None else ""
        stretch = ""
        if self.start is not None and self.end is not None:
            stretch = f"第{self.start + 1}—{self.end}字"
        return "，".join(part for part in (self.file, place, page, stretch) if part)
