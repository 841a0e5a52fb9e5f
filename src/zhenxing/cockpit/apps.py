"""The cockpit part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    """驾驶舱."""

    name = "zhenxing.cockpit"
    verbose_name = "驾驶舱"
