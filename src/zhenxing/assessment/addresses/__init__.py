"""Addresses of the assessment part, one list a field of work."""

from __future__ import annotations
