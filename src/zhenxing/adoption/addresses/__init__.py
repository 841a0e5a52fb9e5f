"""Addresses of the part's fields of work."""

from __future__ import annotations
