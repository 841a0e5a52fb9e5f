"""The settings' entry in Django: it brings the rules of where and how a site may run."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """设置."""

    name = "zhenxing.config"
    verbose_name = "设置"

    def ready(self) -> None:
        """Register the checks once the apps are there."""
        from zhenxing.config import checks  # noqa: F401, PLC0415
