"""The organisation part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """单位."""

    name = "zhenxing.organisation"
    verbose_name = "单位"

    def ready(self) -> None:
        """Fill what the demo page leaves to this part; name its acts on the ledger's page."""
        from zhenxing.accounts import queries as accounts  # noqa: PLC0415  # needs the models
        from zhenxing.accounts import services as people  # noqa: PLC0415  # needs the models
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.jobs import services as jobs  # noqa: PLC0415  # needs the apps
        from zhenxing.organisation import demo, queries, rounds  # noqa: PLC0415
        from zhenxing.web import slots  # noqa: PLC0415

        accounts.describe_with(queries.scopes_of)
        people.local_words_from(queries.local_words)
        slots.fill("accounts.demo", demo.date_panel)
        jobs.every_day("停用长期不用的账号", rounds.disable_unused)
        audit.name_actions(
            {
                "organisation.business_date.moved": "改业务日期",
                "organisation.post.granted": "授予岗位",
                "organisation.post.ended": "结束岗位",
                "organisation.post.requested": "申请岗位",
                "organisation.post.approved": "批准岗位",
                "organisation.post.refused": "驳回岗位申请",
                "organisation.post.withdrawn": "撤回岗位申请",
                "organisation.calendar.proposed": "申请改日历",
                "organisation.calendar.approved": "批准改日历",
                "organisation.calendar.refused": "驳回改日历",
                "organisation.calendar.withdrawn": "撤回改日历",
                "organisation.unit.opened": "设立单位",
                "organisation.unit.renamed": "单位改名",
                "organisation.unit.closed": "撤销单位",
                "organisation.group.opened": "成立专班",
                "organisation.group.renamed": "专班改名",
                "organisation.group.closed": "撤销专班",
                "organisation.member.joined": "加入专班",
                "organisation.member.left": "离开专班",
            }
        )
