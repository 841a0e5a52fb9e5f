"""Tests of the reader."""

from __future__ import annotations
