"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from zhenxing.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.home, name="home"),
    path("county/", views.county, name="county"),
    path("county/heat.xlsx", views.county_sheet, name="county_sheet"),
    path("towns/<str:code>/", views.town, name="town"),
]
