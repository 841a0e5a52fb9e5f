"""The reporting part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig

from zhenxing.web import slots


class ReportingConfig(AppConfig):
    """填报."""

    name = "zhenxing.reporting"
    verbose_name = "填报"

    def ready(self) -> None:
        """Name this part's acts on the ledger's page; register what it does every day."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.jobs import services as jobs  # noqa: PLC0415  # needs the apps
        from zhenxing.reporting import correction_slots, rounds, sentences  # noqa: PLC0415
        from zhenxing.reporting.queries.inbox import waiting_count  # noqa: PLC0415
        from zhenxing.web import navigation  # noqa: PLC0415

        navigation.count_with("returns", waiting_count)
        jobs.every_day("开始到期的填报", rounds.open_months)
        jobs.every_day("补列新专班", rounds.fill_places)
        jobs.every_day("确定暂定的截止日", rounds.settle_due_days)
        jobs.every_day("结束到期的临时任务", rounds.end_temporary_calls)
        slots.fill("indicators.one.actions", correction_slots.propose_button)
        slots.fill("indicators.one.vintages", correction_slots.slips_panel)
        audit.name_actions(sentences.CALLS)

        audit.name_actions(
            {
                "reporting.submission.submitted": "提交填报",
                "reporting.evidence.added": "添加佐证",
                "reporting.submission.reviewed": "审核填报",
                "reporting.submission.signed": "签发填报",
                "reporting.submission.returned": "退回填报",
                "reporting.submission.confirmed": "核定数据",
                "reporting.slip.proposed": "提出更正单",
                "reporting.slip.signed": "签署更正单",
                "reporting.slip.verified": "核实更正单",
                "reporting.slip.approved": "核准更正单",
                "reporting.slip.refused": "不同意更正单",
            }
        )
