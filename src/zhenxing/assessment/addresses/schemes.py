"""Addresses of schemes, their editions and the table editor."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import schemes

SCHEMES = [
    path("assessment/", schemes.listing, name="home"),
    path("assessment/schemes/", schemes.listing, name="schemes"),
]
