"""The append-only, chained record of who did what; receipts."""

from __future__ import annotations
