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
                "accounts.sign_in.flooded": "登录失败太多，一小时内不再逐条记",
                "accounts.password_again.failed": "再次输入的密码不对",
                "accounts.password.changed": "改自己的密码",
                "accounts.password.reset": "重置密码",
                "accounts.person.enrolled": "新建人员",
                "accounts.person.corrected": "改姓名电话",
                "accounts.person.disabled": "停用人员",
                "accounts.person.enabled": "启用人员",
            }
        )
