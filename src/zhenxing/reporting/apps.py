"""The reporting part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """填报."""

    name = "zhenxing.reporting"
    verbose_name = "填报"
