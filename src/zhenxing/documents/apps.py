"""The documents part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """文件."""

    name = "zhenxing.documents"
    verbose_name = "文件"
