"""The accounts part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "zhenxing.accounts"
    verbose_name = "账号"
