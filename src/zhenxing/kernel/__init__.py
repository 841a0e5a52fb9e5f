"""The words every other part speaks: periods, measures, values, problems, rounding, workdays."""

from __future__ import annotations
