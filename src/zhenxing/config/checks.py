"""Where a site may not start: on a database that may lose things, or as a demo open to others."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from zhenxing.operations import editions
from zhenxing.organisation import queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig

# Each of these off means: a submission that was acknowledged may be gone after a power cut.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
STARTING = ("config.E001", "config.E002")


@register(Tags.database)
def the_database_keeps_what_it_acknowledged(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[CheckMessage]:
    """Report each setting of PostgreSQL that trades durability for speed."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting IN ('off', 'local')"
                " ORDER BY name",
                [list(DURABLE)],
            )
            found += [_not_durable(name) for (name,) in cursor.fetchall()]
    return found


@register(Tags.database)
def a_demo_stays_on_its_machine(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[CheckMessage]:
    """Report a demo that answers to a name other machines can use."""
    if not databases or not _is_demo():
        return []
    return [
        Error(
            f"演示站不能用「{host}」这个地址对外开放：它的身份不用密码。",
            hint="去掉 ZHENXING_HOSTS 里的这一项，只留 127.0.0.1、localhost、[::1]。",
            id="config.E002",
        )
        for host in settings.ALLOWED_HOSTS
        if not is_loopback(host)
    ]


@register(Tags.security, deploy=True)
def a_site_for_others_uses_https(
    app_configs: Sequence[AppConfig] | None = None, **_: object
) -> list[CheckMessage]:
    """Report a site that other machines reach in the clear."""
    outward = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host)]
    if settings.HTTPS or not outward:
        return []
    return [
        Error(
            f"别的机器用「{'、'.join(outward)}」访问本站，却没有启用HTTPS，密码会明文传送。",
            hint="在前面架好HTTPS代理，再设 ZHENXING_HTTPS=1。",
            id="config.E003",
        )
    ]


def refuse_unsafe_start() -> None:
    """Stop a server that must not run; the message says what to change."""
    found = run_checks(tags=[Tags.database], databases=["default"])
    refused = [message for message in found if message.id in STARTING]
    behind = None if editions.is_empty() else editions.standing_in_the_way()
    if behind is not None:
        raise ImproperlyConfigured(behind.sentence)
    if refused:
        raise ImproperlyConfigured("\n".join(f"{message.msg}{message.hint}" for message in refused))


def is_loopback(host: str) -> bool:
    """Whether a host name of the settings can only mean this machine."""
    if host in {"localhost", "testserver"}:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_demo() -> bool:
    try:
        site = queries.site()
    except DatabaseError:  # before the first migration there is no table, hence no demo either
        return False
    return site is not None and site.is_demo


def _not_durable(name: str) -> Error:
    return Error(
        f"PostgreSQL 的 {name} 是关的：断电会丢掉已经回执的填报。",
        hint=f"在 postgresql.conf 里把 {name} 设为 on 并重新加载，再启动本站。",
        id="config.E001",
    )
