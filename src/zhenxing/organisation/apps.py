"""The organisation part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """单位."""

    name = "zhenxing.organisation"
    verbose_name = "单位"
