"""Tests of the documents part."""

from __future__ import annotations
