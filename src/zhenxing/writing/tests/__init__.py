"""Tests of the writer: real files, opened again."""

from __future__ import annotations
