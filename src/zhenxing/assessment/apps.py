"""The assessment part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """考核."""

    name = "zhenxing.assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        """Name the part's acts on the ledger's page."""
        from zhenxing.assessment.acts import NAMES  # noqa: PLC0415  # after the models
        from zhenxing.assessment.services import scheduling  # noqa: PLC0415
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models
        from zhenxing.jobs import services as jobs  # noqa: PLC0415  # needs the apps

        audit.name_actions(NAMES)
        jobs.every_day("按排期开始考核", scheduling.open_due)
