"""Reading .xlsx inside the confined child: the parcel, its parts, the cells as they are stored."""

from __future__ import annotations
