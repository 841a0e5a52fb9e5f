"""Tests of the office forms."""

from __future__ import annotations
