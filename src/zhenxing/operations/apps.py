"""The operations part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """系统."""

    name = "zhenxing.operations"
    verbose_name = "系统"

    def ready(self) -> None:
        """Name this part's acts, and let none pass while part of the ledger is lost."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.operations import choices, queries  # noqa: PLC0415

        audit.name_actions(choices.SENTENCES)
        audit.withhold(queries.why_withheld)
