"""The audit part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计."""

    name = "zhenxing.audit"
    verbose_name = "审计"
