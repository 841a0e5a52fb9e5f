"""The audit part's entry in Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from zhenxing.audit import hashing, sentences


class AuditConfig(AppConfig):
    """审计."""

    name = "zhenxing.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Refuse to start without the ledger's hash; register the checks."""
        hashing.require(settings.LEDGER_HASH)
        import_module("zhenxing.audit.checks")
        sentences.register({"site.clock.stepped_back": "服务器时钟被拨回"})
