"""Documents read into facts, each tied to the characters it came from (no Django)."""

from __future__ import annotations
