"""The papers part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """公文."""

    name = "zhenxing.papers"
    verbose_name = "公文"
