"""Plain pages, as an engine lays them out, to one Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from zhenxing.writing.sheet import Column, Sheet, Value, to_xlsx


class PlainColumn(Protocol):
    """A column as an engine knows it."""

    @property
    def title(self) -> str:
        """What stands in the head."""

    @property
    def width(self) -> int:
        """Width in Latin characters."""

    @property
    def places(self) -> int | None:
        """Decimals shown; None: as they are."""


class PlainPage(Protocol):
    """A sheet as an engine knows it; its formulas count the title and the head as two lines."""

    @property
    def name(self) -> str:
        """The sheet's name."""

    @property
    def title(self) -> str:
        """The line above the head."""

    @property
    def columns(self) -> Sequence[PlainColumn]:
        """The columns in order."""

    @property
    def rows(self) -> Sequence[Sequence[Value]]:
        """A cell for each column."""

    @property
    def notes(self) -> Sequence[str]:
        """Lines below."""

    @property
    def fixed_columns(self) -> int:
        """Columns that stay in sight."""


def workbook(
    pages: Sequence[PlainPage], *, title: str, issuer: str, created: datetime, mark: str = ""
) -> bytes:
    """Write pages as an Excel file; equal arguments give equal bytes.

    >>> from datetime import UTC
    >>> page = Sheet(name="汇总", columns=(Column("单位"),), rows=(("青溪镇",),), title="表")
    >>> moment = datetime(2023, 12, 31, tzinfo=UTC)
    >>> workbook([page], title="考核", issuer="考核办", created=moment)[:2]
    b'PK'
    """
    sheets = [
        Sheet(
            name=page.name, title=page.title, mark=mark, notes=tuple(page.notes),
            columns=tuple(
                Column(each.title, width=each.width, places=each.places) for each in page.columns
            ),
            rows=tuple(tuple(row) for row in page.rows), fixed_columns=page.fixed_columns,
        )
        for page in pages
    ]  # fmt: skip
    return to_xlsx(sheets, title=title, issuer=issuer, created=created)
