"""Formulas over numbers: progress, curves, releases, standing, growth, lamps, ranks, the month."""

from __future__ import annotations
