"""The packs part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """县域文件."""

    name = "zhenxing.packs"
    verbose_name = "县域文件"
