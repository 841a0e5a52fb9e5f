"""Tests of what the asking costs."""

from __future__ import annotations
