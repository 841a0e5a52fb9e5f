"""Pages of the adoption part."""

from __future__ import annotations
