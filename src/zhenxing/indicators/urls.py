"""Addresses of the indicators part."""

from __future__ import annotations

from django.urls import path

from zhenxing.indicators import naming, views

app_name = "indicators"
urlpatterns = [
    path("towns/<str:code>/indicators/", views.listing, name="list"),
    path("towns/<str:code>/indicators/<str:indicator>/", views.one, name="one"),
    path("indicators/<str:indicator>/names/", naming.names, name="names"),
    path("indicators/<str:indicator>/names/add/", naming.add, name="add_name"),
    path("indicators/<str:indicator>/names/<int:key>/remove/", naming.remove, name="remove_name"),
]
