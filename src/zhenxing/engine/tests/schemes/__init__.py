"""Tests of the schemes."""

from __future__ import annotations
