"""The burden part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class BurdenConfig(AppConfig):
    """减负."""

    name = "zhenxing.burden"
    verbose_name = "减负"
