"""What the county's asking costs those who are asked."""

from __future__ import annotations
