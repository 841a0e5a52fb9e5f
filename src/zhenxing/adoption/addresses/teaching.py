"""Addresses of what papers teach, and of what was accepted in them and waits."""

from __future__ import annotations

from django.urls import path

from zhenxing.adoption.views import teaching, waiting

TEACHING = [
    path("readings/drafts/", waiting.listing, name="drafts"),
    path("readings/items/<int:key>/indicator/", teaching.indicator, name="indicator"),
    path("readings/items/<int:key>/indicator/create/", teaching.create, name="create"),
]
