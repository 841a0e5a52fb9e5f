"""The tables of the office forms, step by step."""

from __future__ import annotations
