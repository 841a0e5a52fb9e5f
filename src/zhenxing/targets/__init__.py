"""目标任务: issued by an act of two persons, acknowledged, adjusted, broken down, answered for."""

from __future__ import annotations
