"""The packs part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """县域文件."""

    name = "zhenxing.packs"
    verbose_name = "县域文件"

    def ready(self) -> None:
        """Name this part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(
            {
                "packs.loaded": "导入县域文件",
                "packs.imported": "初始导入",
                "packs.demo.played": "演示填报完成",
            }
        )
