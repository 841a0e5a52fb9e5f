"""The tables of reporting, step by step."""

from __future__ import annotations
