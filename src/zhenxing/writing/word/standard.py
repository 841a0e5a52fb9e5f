"""The measures of GB/T 9704-2012, in the units of Word: twips (1/20 pt) and half-points.

A4, margins 37 mm (top), 35 (bottom), 28 (left), 26 (right); 22 lines of 28 characters of 三号 type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhenxing.writing.paper import Orientation

LINE: Final = 579
"""Pitch of the line grid: 28.95 pt, of which 22 stand in the 225 mm of the type area."""

TIGHTER: Final = -5
"""Added to each character: 16 − 0.25 pt, of which 28 stand in the 156 mm of the type area."""

CHARACTER: Final = 315

SIZE_2: Final = 44
SIZE_3: Final = 32
SIZE_4: Final = 28
SIZE_SMALL_4: Final = 24
SIZE_5: Final = 21
SIZE_SMALL_5: Final = 18
SIZE_6: Final = 15

LATIN: Final = "Times New Roman"

PAGE_NUMBER_LINE: Final = 360
VERIFICATION_LINE: Final = 240


def twips(millimetres: int) -> int:
    """Convert millimetres to twips.

    >>> twips(210), twips(297)
    (11906, 16838)
    """
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of A4 as it lies before the reader, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def measure(self) -> int:
        """The width of the type area."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> int:
        """The height of the type area."""
        return self.height - self.top - self.bottom

    @property
    def footer(self) -> int:
        """From the page number's lower edge to the paper's; its middle is 7 mm below the type."""
        return self.bottom - twips(7) - PAGE_NUMBER_LINE // 2


SHEETS: Final = {
    Orientation.PORTRAIT: Sheet(twips(210), twips(297), twips(37), twips(35), twips(28), twips(26)),
    # The same sheet turned: the binding edge lies on top, the type area keeps its place on it.
    Orientation.LANDSCAPE: Sheet(
        twips(297), twips(210), twips(28), twips(26), twips(35), twips(37)
    ),
}


def characters(count: int) -> int:
    """Return the width of a number of body characters.

    >>> characters(28) <= SHEETS[Orientation.PORTRAIT].measure < characters(29)
    True
    >>> 22 * LINE <= SHEETS[Orientation.PORTRAIT].depth < 23 * LINE
    True
    """
    return count * CHARACTER
