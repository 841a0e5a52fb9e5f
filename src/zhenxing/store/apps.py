"""The store's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Field types and table guards; no tables of its own."""

    name = "zhenxing.store"
