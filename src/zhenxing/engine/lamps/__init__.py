"""Lamps (亮灯): rules as dated data, a checker for holes and overlaps, and the lamp itself.

Source of the rules: a county's own lamp rules, each with its basis; real rule sets leave some range
undefined, so loading tells which measures no band or two bands cover.
"""

from __future__ import annotations

from zhenxing.engine.lamps.colours import Colour, Lamp
from zhenxing.engine.lamps.intervals import Interval
from zhenxing.engine.lamps.loading import load_rules
from zhenxing.engine.lamps.measures import MEASURES, LampMeasure
from zhenxing.engine.lamps.rules import Band, RuleBook, RuleSet, light

__all__ = [
    "MEASURES",
    "Band",
    "Colour",
    "Interval",
    "Lamp",
    "LampMeasure",
    "RuleBook",
    "RuleSet",
    "light",
    "load_rules",
]
