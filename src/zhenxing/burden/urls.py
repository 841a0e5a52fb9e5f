"""Addresses of the burden."""

from __future__ import annotations

from django.urls import path

from zhenxing.burden import views

app_name = "burden"
urlpatterns = [path("burden/", views.overview, name="overview")]
