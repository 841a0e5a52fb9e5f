"""Builders of people."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import make_password

from zhenxing.accounts.models import User

PASSWORD = "Qing-xi-2023"


def person(
    username: str, name: str = "", *, password: str = "", demo_order: int | None = None
) -> User:
    """Make somebody who may sign in with the password, or with none at all."""
    made = User(username=username, name=name or username, demo_order=demo_order)
    if password:
        made.password = hashed(password)
    else:
        made.set_unusable_password()
    made.save()
    return made


@cache
def hashed(password: str) -> str:
    """Hash a password once for all the people of all tests who have it."""
    return make_password(password)
