"""Page furniture: base page, theme, policy on routes."""

from __future__ import annotations
