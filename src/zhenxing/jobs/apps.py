"""The jobs part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """每日例行."""

    name = "zhenxing.jobs"
    verbose_name = "每日例行"

    def ready(self) -> None:
        """Let the first sign-in of a business day do the day's round."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  # needs the apps

        from zhenxing.jobs import services  # noqa: PLC0415  # needs the apps

        user_logged_in.connect(services.after_sign_in, dispatch_uid="zhenxing.jobs")
