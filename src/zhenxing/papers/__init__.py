"""公文: which paper needs which numbers."""

from __future__ import annotations
