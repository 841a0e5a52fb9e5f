"""The adoption part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig

from zhenxing.web import slots


class AdoptionConfig(AppConfig):
    """读文采纳."""

    name = "zhenxing.adoption"
    verbose_name = "读文采纳"

    def ready(self) -> None:
        """Name the part's acts on the ledger's page; show on lower pages where things came from."""
        from zhenxing.adoption import slots as fillers  # noqa: PLC0415  # needs the models
        from zhenxing.adoption.acts import NAMES  # noqa: PLC0415  # after the models
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(NAMES)
        slots.fill("indicators.row.target", fillers.of_row)
        slots.fill("indicators.one.vintages", fillers.of_indicator)
        slots.fill("targets.one.versions", fillers.of_targets)
