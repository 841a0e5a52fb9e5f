"""The organisation part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """单位."""

    name = "zhenxing.organisation"
    verbose_name = "单位"

    def ready(self) -> None:
        """Fill what the demo page leaves to this part."""
        from zhenxing.accounts import queries as accounts  # noqa: PLC0415  # needs the models
        from zhenxing.organisation import demo, queries  # noqa: PLC0415
        from zhenxing.web import slots  # noqa: PLC0415

        accounts.describe_with(queries.scopes_of)
        slots.fill("accounts.demo", demo.date_panel)
