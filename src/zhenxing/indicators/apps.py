"""The indicators part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """指标."""

    name = "zhenxing.indicators"
    verbose_name = "指标"
