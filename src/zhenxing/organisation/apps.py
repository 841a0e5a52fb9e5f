"""The organisation part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """单位."""

    name = "zhenxing.organisation"
    verbose_name = "单位"

    def ready(self) -> None:
        """Fill what the demo page leaves to this part; name its acts on the ledger's page."""
        from zhenxing.accounts import passwords  # noqa: PLC0415  # needs the models
        from zhenxing.accounts import queries as accounts  # noqa: PLC0415  # needs the models
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.organisation import demo, queries  # noqa: PLC0415
        from zhenxing.web import slots  # noqa: PLC0415

        accounts.describe_with(queries.scopes_of)
        passwords.local_words_from(queries.local_words)
        slots.fill("accounts.demo", demo.date_panel)
        audit.name_actions(
            {
                "organisation.business_date.moved": "改业务日期",
                "organisation.post.granted": "授予岗位",
                "organisation.post.ended": "结束岗位",
            }
        )
