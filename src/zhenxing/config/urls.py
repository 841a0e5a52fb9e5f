"""Every page's address."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

PARTS = ["cockpit", "accounts", "organisation", "indicators", "reporting", "papers", "audit"]
urlpatterns = [
    path("", include(f"zhenxing.{part}.urls"))
    for part in PARTS
    if find_spec(f"zhenxing.{part}.urls")
]

handler400 = "zhenxing.web.errors.bad_request"
handler403 = "zhenxing.web.errors.forbidden"
handler404 = "zhenxing.web.errors.not_found"
handler500 = "zhenxing.web.errors.server_error"
