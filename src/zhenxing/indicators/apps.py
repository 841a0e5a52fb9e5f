"""The indicators part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig

NAMES = {
    "indicators.created": "新建指标",
    "indicators.synonym.added": "记指标别名",
    "indicators.synonym.removed": "去掉指标别名",
}


class IndicatorsConfig(AppConfig):
    """指标."""

    name = "zhenxing.indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        """Name the part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(NAMES)
