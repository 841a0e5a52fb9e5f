"""The targets part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """目标任务."""

    name = "zhenxing.targets"
    verbose_name = "目标任务"

    def ready(self) -> None:
        """Fill the slots of the indicators' pages; name the part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.targets import slots  # noqa: PLC0415
        from zhenxing.web import slots as web  # noqa: PLC0415

        web.fill("indicators.one.foot", slots.line_of_indicator)
        web.fill("indicators.list.tools", slots.link_of_list)
        web.fill("indicators.row.target", slots.link_of_row)
        audit.name_actions(
            {
                "targets.issue.drafted": "拟目标下达稿",
                "targets.issue.saved": "改目标下达稿",
                "targets.issue.proposed": "提请下达目标",
                "targets.issue.returned": "退回目标下达稿",
                "targets.issue.withdrawn": "作废目标下达稿",
                "targets.issue.approved": "批准下达目标",
                "targets.acknowledged": "签收目标",
                "targets.breakdown.made": "分解目标",
                "targets.breakdown.proposed": "提出目标分解",
                "targets.breakdown.adopted": "采纳目标分解",
                "targets.breakdown.returned": "退回目标分解",
                "targets.breakdown.signed": "签认目标分解",
                "targets.responsibility.set": "定责任链条",
            }
        )
