"""Addresses that lead to the line of a paper."""

from __future__ import annotations

from django.urls import path

from zhenxing.adoption.views import tracing

TRACING = [path("readings/lines/<int:key>/", tracing.line, name="line")]
