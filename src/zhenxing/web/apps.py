"""The web part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """网页."""

    name = "zhenxing.web"
    verbose_name = "网页"
