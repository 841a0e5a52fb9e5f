"""The accounts part's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "zhenxing.accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Name this part's acts on the ledger's page."""
        from zhenxing.audit import services as audit  # noqa: PLC0415  # needs the models

        audit.name_actions(
            {
                "accounts.sign_in": "登录",
                "accounts.sign_in.failed": "登录未成功",
                "accounts.sign_in.locked": "登录被锁",
                "accounts.sign_out": "退出登录",
                "accounts.password_again.failed": "签名时密码不对",
            }
        )
