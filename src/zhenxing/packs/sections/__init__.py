"""What a pack speaks of, a folder's worth of records."""

from __future__ import annotations
