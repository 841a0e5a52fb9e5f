"""How rows of a month are written on a page."""

from __future__ import annotations
