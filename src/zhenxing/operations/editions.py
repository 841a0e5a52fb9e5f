"""Which edition of the program a database was made by: its migrations, held against ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import zhenxing
from zhenxing.kernel.problems import Problem
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable


def missing() -> list[str]:
    """Name the migrations of this edition that the database has not had."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_empty() -> bool:
    """Say whether nothing was ever made in the database."""
    return not connections[DEFAULT_DB_ALIAS].introspection.table_names()


def not_ours() -> Problem | None:
    """Say why the database cannot be worked on at all: nothing in it, or a newer edition's."""
    if is_empty():
        step = "请先运行 zhenxing init 建站，或 zhenxing setup-demo 建演示县"
        return Problem("数据库", "还是空的，本站没有建起来", step)
    connection = connections[DEFAULT_DB_ALIAS]
    applied = MigrationRecorder(connection).applied_migrations()
    foreign = _foreign(f"{app}.{name}" for app, name in applied)
    if foreign:
        what = f"由更新的版本升级过（{foreign[0]}），{zhenxing.__version__}版读不了"
        return Problem("数据库", what, "请换回升级用的那一版程序")
    return None


def standing_in_the_way() -> Problem | None:
    """Say why this edition cannot work on the database as it is, if so."""
    problem = not_ours()
    behind = [] if problem else missing()
    if behind:
        what = f"由旧版本建成，还差{len(behind)}步升级"
        return Problem("数据库", what, "请先运行 zhenxing upgrade，它会先备份再升级")
    return problem


def require_known(migrations: Iterable[str], edition: str) -> None:
    """Refuse a backup that a newer edition made."""
    foreign = _foreign(migrations)
    if foreign:
        what = f"由{edition}版所做，比本程序（{zhenxing.__version__}版）新，认不得{foreign[0]}"
        raise OperationRefusedError(Problem("备份", what, "请用那一版程序恢复"))


def _foreign(migrations: Iterable[str]) -> list[str]:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    ours = {app for app, _ in loader.disk_migrations}
    return sorted(name for name in set(migrations) - known if name.partition(".")[0] in ours)
