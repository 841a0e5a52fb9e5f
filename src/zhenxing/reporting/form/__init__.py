"""The monthly form of a working group: what it asks, its Excel file, how it is read back."""

from __future__ import annotations
