"""The reporting part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """填报."""

    name = "zhenxing.reporting"
    verbose_name = "填报"

    def ready(self) -> None:
        """Name this part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(
            {
                "reporting.call.opened": "开始填报",
                "reporting.call.closed": "关闭填报",
                "reporting.submission.submitted": "提交填报",
                "reporting.slip.proposed": "提出更正单",
                "reporting.slip.signed": "签署更正单",
                "reporting.slip.verified": "核实更正单",
                "reporting.slip.approved": "核准更正单",
                "reporting.slip.refused": "不同意更正单",
            }
        )
