"""The tables of indicators, step by step."""

from __future__ import annotations
