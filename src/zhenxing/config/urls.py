"""Every page's address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("zhenxing.cockpit.urls")),
    path("", include("zhenxing.accounts.urls")),
    path("", include("zhenxing.organisation.urls")),
    path("", include("zhenxing.indicators.urls")),
    path("", include("zhenxing.targets.urls")),
    path("", include("zhenxing.reporting.urls")),
    path("", include("zhenxing.burden.urls")),
    path("", include("zhenxing.reuse.urls")),
    path("", include("zhenxing.assessment.urls")),
    path("", include("zhenxing.adoption.urls")),
    path("", include("zhenxing.papers.urls")),
    path("", include("zhenxing.audit.urls")),
    path("", include("zhenxing.operations.urls")),
]

handler400 = "zhenxing.web.errors.bad_request"
handler403 = "zhenxing.web.errors.forbidden"
handler404 = "zhenxing.web.errors.not_found"
handler500 = "zhenxing.web.errors.server_error"
