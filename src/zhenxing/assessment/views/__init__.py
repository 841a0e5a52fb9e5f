"""Pages of the assessment part."""

from __future__ import annotations
