"""Addresses of schedules."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import schedules

SCHEDULES = [
    path("assessment/schedules/", schedules.listing, name="schedules"),
    path("assessment/schedules/<slug:code>/", schedules.one, name="schedule"),
    path("assessment/schedules/<slug:code>/set/", schedules.put, name="schedule_set"),
]
