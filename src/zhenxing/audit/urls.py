"""Addresses of the audit part."""

from __future__ import annotations

from django.urls import path

from zhenxing.audit import views

app_name = "audit"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("public/", views.public, name="public"),
    path("receipt_check.py", views.checker, name="checker"),
    path("site-key.json", views.key, name="key"),
]
