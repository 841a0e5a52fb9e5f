"""Questions about assessments."""

from __future__ import annotations
