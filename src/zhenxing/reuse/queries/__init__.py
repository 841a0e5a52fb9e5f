"""Questions about office forms: which there are, how they look, what their cells hold today."""

from __future__ import annotations

from zhenxing.reuse.queries.comparing import Compared, Difference, compared, differences, last_sent
from zhenxing.reuse.queries.filled import NO_SHEET, FilledCell, Filling, filled
from zhenxing.reuse.queries.forms import (
    cells_of,
    default_month,
    keepable_units,
    listed,
    look_of,
    open_units,
    readable_codes,
    stored,
)

__all__ = [
    "NO_SHEET",
    "Compared",
    "Difference",
    "FilledCell",
    "Filling",
    "cells_of",
    "compared",
    "default_month",
    "differences",
    "filled",
    "keepable_units",
    "last_sent",
    "listed",
    "look_of",
    "open_units",
    "readable_codes",
    "stored",
]
