"""What may be done with what was read."""

from __future__ import annotations
