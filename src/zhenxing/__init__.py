"""镇兴 (zhenxing): targets, figures and progress of a county's towns, each number traceable to its cell."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("zhenxing")
