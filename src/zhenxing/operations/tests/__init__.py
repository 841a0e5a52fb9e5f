"""Tests of the operations part."""

from __future__ import annotations
