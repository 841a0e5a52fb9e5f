"""指标: dictionary, releases, targets, figures with vintages."""

from __future__ import annotations
