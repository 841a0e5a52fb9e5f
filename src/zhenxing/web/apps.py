"""The web part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """网页."""

    name = "zhenxing.web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Let the build fail over a route without a policy."""
        from zhenxing.web import checks  # noqa: F401, PLC0415  # registered once the apps are there
