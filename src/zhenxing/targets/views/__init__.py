"""Pages of the targets part, a module a noun."""

from __future__ import annotations
