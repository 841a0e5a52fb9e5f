"""Tests of the daily round."""

from __future__ import annotations
