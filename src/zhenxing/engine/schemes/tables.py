"""FACTS as tables of text: a folder of CSV files, or one workbook with sheets of the same names."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from zhenxing.kernel.problems import Problem

NAMES = ("units", "figures", "targets", "events", "ratings")
LARGEST = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 1_000_000, 200


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where it stands and its cells by column name; a blank cell is empty text."""

    where: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the five tables: the place readers know, its columns, its rows."""

    where: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read(path: Path) -> tuple[dict[str, Table], list[Problem]]:
    """Read FACTS from a folder or a workbook; what cannot be read is a problem."""
    problems: list[Problem] = []
    try:
        if path.is_dir():
            return _folder(path, problems), problems
        return _workbook(path.name, path.read_bytes(), problems), problems
    except OSError as error:
        problems.append(Problem(path.name, f"打不开（{error.strerror}）", "请核对路径"))
        return {}, problems


def from_csv(name: str, data: bytes, problems: list[Problem]) -> Table | None:
    """Read one CSV file; None with a problem where it is no table.

    >>> table = from_csv("units.csv", "unit,name\\nT01,青溪镇\\n".encode(), [])
    >>> table.lines[0].where, table.lines[0].cells["name"]
    ('units.csv 第2行', '青溪镇')
    """
    if len(data) > LARGEST:
        problems.append(Problem(name, "文件过大", "请按年拆成几份"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(f"{name} 第{line}行", "不是UTF-8文字", "请另存为UTF-8的CSV"))
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(f"{name} 第{reader.line_num}行", row) for row in reader]
    except csv.Error as error:
        where = f"{name} 第{reader.line_num}行"
        problems.append(Problem(where, f"CSV写法有误（{error}）", "请检查引号是否成对"))
        return None
    return _table(name, rows, problems)


def _folder(path: Path, problems: list[Problem]) -> dict[str, Table]:
    files = [file.name for file in path.glob("*.[cC][sS][vV]")]
    _tell_strangers(path.name, "文件", files, [f"{name}.csv" for name in NAMES], problems)
    found = {}
    for name in NAMES:
        file = path / f"{name}.csv"
        table = from_csv(file.name, file.read_bytes(), problems) if file.is_file() else None
        if table is not None:
            found[name] = table
    return found


def _tell_strangers(
    where: str, kind: str, given: list[str], known: list[str], problems: list[Problem]
) -> None:
    """Report what is not read, lest a misspelt table of events pass for no events."""
    for stranger in sorted(set(given) - set(known)):
        stem, _, end = stranger.rpartition(".")
        near = get_close_matches((stem or end).lower(), NAMES, n=1, cutoff=0.5)
        meant = [name for name in known if name.removesuffix(".csv") in near] or known
        next_ = f"请改名为{'、'.join(meant)}，或移走"
        problems.append(Problem(where, f"不认识的{kind}「{stranger}」，没有读", next_, "warning"))


def _workbook(file: str, data: bytes, problems: list[Problem]) -> dict[str, Table]:
    try:
        if _is_beyond_measure(data):
            problems.append(Problem(file, "文件过大", "请按年拆成几份"))
            return {}
        return _sheets(file, data, problems)
    except Exception:  # noqa: BLE001  # a damaged workbook breaks its reader in any way at all
        problems.append(Problem(file, "不是能读的工作簿", "请另存为.xlsx，或改用CSV文件夹"))
        return {}


def _is_beyond_measure(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return sum(part.file_size for part in parts.infolist()) > LARGEST * 10


def _sheets(file: str, data: bytes, problems: list[Problem]) -> dict[str, Table]:
    from openpyxl import load_workbook  # noqa: PLC0415  # only workbooks pay for it

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    told: list[Problem] = []
    _tell_strangers(file, "工作表", book.sheetnames, list(NAMES), told)
    found = {}
    for name in NAMES:
        if name in book.sheetnames:
            sheet = book[name].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
            table = _table(f"{file}，{name}", _cells(file, name, sheet), told)
            if table is not None:
                found[name] = table
    book.close()
    problems += told
    return found


def _cells(
    file: str, sheet: str, rows: Iterable[Sequence[object]]
) -> Iterator[tuple[str, list[str]]]:
    for number, row in enumerate(rows, start=1):
        yield f"{file}，{sheet}!第{number}行", [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _table(
    where: str, rows: Iterable[tuple[str, list[str]]], problems: list[Problem]
) -> Table | None:
    lines: list[Line] = []
    columns: tuple[str, ...] = ()
    for place, row in rows:
        cells = [cell.strip() for cell in row]
        if not columns:
            columns = tuple(cells)
        elif any(cells):
            if len(lines) == MOST_ROWS:
                problems.append(
                    Problem(place, f"超过{MOST_ROWS}行，从这里起没有读", "请按年拆成几份")
                )
                break
            if any(cells[len(columns) :]):
                problems.append(Problem(place, "比表头多出几格", "请检查逗号或引号"))
            padded = [*cells, *[""] * (len(columns) - len(cells))]
            pairs = zip(columns[:MOST_COLUMNS], padded, strict=False)
            lines.append(Line(place, dict(pairs)))
    if any(columns[MOST_COLUMNS:]):
        problems.append(Problem(where, f"超过{MOST_COLUMNS}列，后面的没有读", "请删去用不到的列"))
    columns = columns[:MOST_COLUMNS]
    named = [column for column in columns if column]
    if not named:
        problems.append(Problem(where, "是空的", "第一行请写列名"))
        return None
    problems += [
        Problem(where, f"列「{column}」写了两次", "请只留一列")
        for column in sorted({column for column in named if named.count(column) > 1})
    ]
    return Table(where, tuple(named), tuple(lines))
