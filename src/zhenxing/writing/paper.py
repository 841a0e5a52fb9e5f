"""An official paper (公文) as values: what it says, not how it is drawn.

The parts and their order are those of GB/T 9704-2012 (党政机关公文格式). Figures, lamps and dates
come in as finished text; the writer adds only what the standard rules: numerals of headings, the
form of the date under the signature, the colon after the addressee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Face(Enum):
    """A typeface of the standard, by the name that Word and WPS know it under."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"


class Ink(Enum):
    """The colour of a run, as Word writes it (RRGGBB)."""

    BLACK = "000000"
    HEAD = "FF0000"
    GREEN = "2A8F5E"
    YELLOW = "C07D00"
    RED = "CF3428"
    GREY = "7B8694"


class Align(Enum):
    """Where a column's text stands: words left, figures right."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Orientation(Enum):
    """How the sheet of paper lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks different from its surroundings; None keeps what is around it."""

    text: str
    bold: bool = False
    face: Face | None = None
    ink: Ink | None = None


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp on paper: a shape and a word always, the colour only helps.

    Raises ValueError when shape or word is empty: a copy in black and white would lose the lamp.

    >>> Lamp("■", "红灯", Ink.RED).text
    '■红灯'
    >>> Lamp("■", "", Ink.RED)
    Traceback (most recent call last):
    ...
    ValueError: 亮灯须有形状和文字，不能只靠颜色；收到形状「■」、文字「」。
    """

    shape: str
    word: str
    ink: Ink

    def __post_init__(self) -> None:
        if not self.shape.strip() or not self.word.strip():
            raise ValueError(
                f"亮灯须有形状和文字，不能只靠颜色；收到形状「{self.shape}」、文字「{self.word}」。"
            )

    @property
    def text(self) -> str:
        """What is read without colour."""
        return f"{self.shape}{self.word}"


Piece = str | Run | Lamp
Text = Piece | tuple[Piece, ...]


def pieces(text: Text) -> Iterator[Run | Lamp]:
    """Go through a text as runs and lamps.

    >>> list(pieces(("完成", Lamp("●", "绿灯", Ink.GREEN))))[0].text
    '完成'
    """
    for piece in text if isinstance(text, tuple) else (text,):
        yield Run(piece) if isinstance(piece, str) else piece


def plain(text: Text) -> str:
    """Return the words of a text, without looks.

    >>> plain(("目标", Run("1,900", bold=True), "吨"))
    '目标1,900吨'
    """
    return "".join(piece.text for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4: 一、黑体, （一）楷体, 1. and （1）仿宋; the writer counts.

    `then` is text that runs on in the same line after the heading, in the body's face.
    Raises ValueError for any other level.
    """

    text: str
    level: int = 1
    then: Text = ""

    def __post_init__(self) -> None:
        if self.level not in {1, 2, 3, 4}:
            raise ValueError(f"公文层次序数只有4级，收到第{self.level}级。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, its first line two characters in. A line feed breaks the line."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A note in small type under a table or a part; the label is followed by a colon."""

    text: Text
    label: str = "注"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    width: its share, in any scale, of the table's width (which is always that of the type area).
    under: a heading above it; neighbours with the same one share a merged cell.
    """

    title: str
    width: int = 10
    align: Align = Align.LEFT
    under: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell reaching over several columns, set left: a reason where there is no figure."""

    text: Text
    columns: int


Cell = Text | Span


def span_of(cell: Cell) -> int:
    """Return over how many columns a cell reaches.

    >>> span_of("1,900"), span_of(Span("未到发布日", 3))
    (1, 3)
    """
    return cell.columns if isinstance(cell, Span) else 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, a cell for each column; `strong` sets a total in bold."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line over the whole width that names the rows below it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as wide as the type area; its header is repeated on each page.

    caption stands above in the middle, measure (「单位：万元」) above at the right.
    orientation None: portrait, or landscape where the figures fit no portrait page in small type.
    Raises ValueError when a row does not have a cell for each column.

    >>> Table(columns=(Column("指标"), Column("完成")), rows=(Row(("粮食产量",)),))
    Traceback (most recent call last):
    ...
    ValueError: 表「」第1行有1格，应有2格。
    """

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    caption: str = ""
    measure: str = ""
    orientation: Orientation | None = None

    def __post_init__(self) -> None:
        if not self.columns or any(column.width < 1 for column in self.columns):
            raise ValueError(f"表「{self.caption}」须有列，且每列宽度须为正数。")
        for number, row in enumerate(self.rows, start=1):
            self._check(number, row)

    def _check(self, number: int, row: Row | GroupRow) -> None:
        if isinstance(row, GroupRow):
            return
        spans = [span_of(cell) for cell in row.cells]
        if sum(spans) != len(self.columns) or min(spans) < 1:
            raise ValueError(
                f"表「{self.caption}」第{number}行有{sum(spans)}格，应有{len(self.columns)}格。"
            )


Block = Heading | Paragraph | Table | Note


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (附件): listed under the body, and on pages of its own if it has blocks."""

    title: str
    blocks: tuple[Block, ...] = ()


def date_text(day: date) -> str:
    """Write the date of a paper: Arabic figures, no leading zeros, no weekday.

    >>> date_text(date(2023, 10, 5))
    '2023年10月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date of the paper. `stamped` leaves the place of a seal over the date."""

    unit: str
    on: date
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines at the foot of the last page (版记): copies to whom, printed by whom and when."""

    copy_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    r"""A whole paper.

    title: a line feed breaks the line where the words allow it. issuer: the issuing unit.
    red_head: the words in red on top (「禾山县人民政府文件」); empty: a paper without red head.
    number: 发文字号. signer: 签发人, beside the number of a paper that goes upwards.
    remark: 附注, without its brackets.
    verification: a small line under each page number, such as the ledger's closing root.
    mark: a small line on top of each page, such as 「演示数据」.
    Raises ValueError when title or issuer is empty, or a signer has no red head to stand in.

    >>> blocks = (Paragraph("9月份情况如下。"),)
    >>> Paper(title="关于9月份指标完成情况的通报", issuer="禾山县考核办", blocks=blocks).number
    ''
    """

    title: str
    issuer: str
    blocks: tuple[Block, ...]
    red_head: str = ""
    signer: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: Signature | None = None
    remark: str = ""
    imprint: Imprint | None = None
    verification: str = ""
    mark: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.issuer.strip():
            raise ValueError(
                f"公文须有标题和发文机关；收到标题「{self.title}」、机关「{self.issuer}」。"
            )
        if self.signer and not self.red_head:
            raise ValueError(f"签发人「{self.signer}」须印在红头内；请给出红头，或去掉签发人。")
