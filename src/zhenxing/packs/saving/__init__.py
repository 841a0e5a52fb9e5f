"""From the rows of a site back to a pack, and from a pack to its files."""

from __future__ import annotations
