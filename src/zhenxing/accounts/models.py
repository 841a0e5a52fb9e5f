"""People who sign in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from zhenxing.audit.models import Vouched


class UserManager(BaseUserManager["User"]):
    """Find people by the name they sign in with."""


class User(Vouched, AbstractBaseUser):
    """One person; what they may do lies in their posts."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("启用", default=True)
    active_since = models.DateField("启用日期", null=True, blank=True)
    must_change = models.BooleanField("须改密码", default=False)
    password_since = models.DateTimeField("密码始于", null=True, blank=True)
    reset_at = models.DateTimeField("密码被重设于", null=True, blank=True)
    past_passwords = models.JSONField("用过的密码", default=list, blank=True)
    demo_order = models.PositiveSmallIntegerField("演示身份次序", null=True, blank=True)

    not_vouched: ClassVar = {
        "password": "a sign-in may store it anew under stronger parameters; no act",
        "last_login": "every sign-in writes it",
        "past_passwords": "hashes, kept only so that a former password is refused",
    }

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "人员"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name
