"""The office forms' entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReuseConfig(AppConfig):
    """外表."""

    name = "zhenxing.reuse"
    verbose_name = "外表"

    def ready(self) -> None:
        """Name this part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(
            {
                "reuse.template.registered": "登记外表",
                "reuse.template.amended": "修改外表资料",
                "reuse.template.stopped": "停用外表",
                "reuse.cells.assigned": "对应外表单元格",
                "reuse.cells.released": "取消外表单元格的对应",
                "reuse.filled.sent": "报出外表",
            }
        )
