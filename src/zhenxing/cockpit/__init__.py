"""Read-only pages over everything below."""

from __future__ import annotations
