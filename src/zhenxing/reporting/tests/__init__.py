"""Tests of the reporting part."""

from __future__ import annotations
