"""镇兴 (zhenxing): targets, figures and progress of towns, each number traceable to its cell."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("zhenxing")
