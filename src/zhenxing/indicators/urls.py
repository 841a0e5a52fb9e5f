"""Addresses of the indicators part."""

from __future__ import annotations

from django.urls import path

from zhenxing.indicators import views

app_name = "indicators"
urlpatterns = [
    path("towns/<str:code>/indicators/", views.listing, name="list"),
    path("towns/<str:code>/indicators/<str:indicator>/", views.one, name="one"),
]
