"""Addresses of the organisation part."""

from __future__ import annotations

from django.urls import path

from zhenxing.organisation import views

app_name = "organisation"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("demo/date/", views.demo_date, name="demo_date"),
]
