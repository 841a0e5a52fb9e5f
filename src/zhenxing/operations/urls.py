"""Addresses of the operations part."""

from __future__ import annotations

from django.urls import path

from zhenxing.operations import views

app_name = "operations"
urlpatterns = [
    path("system/", views.health, name="health"),
    path("system/loss/propose/", views.propose, name="propose"),
    path("system/loss/accept/", views.accept, name="accept"),
]
