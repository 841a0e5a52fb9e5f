"""PostgreSQL: a role for the site that cannot change what only grows.

The owner's role makes and migrates the tables; the site runs under another one that may read and
write, but neither change nor remove rows of guarded tables, nor touch their triggers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from psycopg import sql

from zhenxing.kernel.problems import Problem
from zhenxing.store.appendonly import guarded

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

MAKE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN
        CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
END $$
"""
GRANTS = (
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)
KEEP = {
    False: "REVOKE UPDATE, DELETE ON {table} FROM {role}",
    True: "REVOKE DELETE ON {table} FROM {role}",
}
ITS_MIGRATIONS = "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"

POWERS = """
SELECT r.rolsuper OR r.rolcreaterole OR r.rolbypassrls
    OR EXISTS (SELECT FROM pg_class c WHERE c.relname = ANY(%(tables)s)
               AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = current_user
"""
RIGHTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = ANY(%(tables)s)
    AND (has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'TRIGGER')
         OR has_table_privilege(c.oid, 'DELETE')
         OR (has_table_privilege(c.oid, 'UPDATE') AND NOT c.relname = ANY(%(forward)s)))
ORDER BY c.relname
"""


def grant_site_role(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Give the role the site's rights and no more; returns the tables it cannot change.

    Run it as the owner after every `migrate`: new tables get their rights then. A role that does
    not exist is made, without a password; set one with `ALTER ROLE … PASSWORD`.
    """
    if connection.vendor != "postgresql":
        raise ValueError("站点角色只用于 PostgreSQL；SQLite 没有角色，靠触发器和账本。")
    if role == connection.settings_dict["USER"]:
        raise ValueError(f"「{role}」是现在连库的角色自己，不能收它自己的权；请另起一个角色名。")
    tables = guarded(connection)
    names = {
        "role": sql.Identifier(role),
        "name": sql.Literal(role),
        "database": sql.Identifier(connection.settings_dict["NAME"]),
    }
    statements = [MAKE, *GRANTS, ITS_MIGRATIONS]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(**names))
        for table, may_move in tables.items():
            kept = sql.SQL(KEEP[may_move]).format(table=sql.Identifier(table), **names)
            cursor.execute(kept)
    return sorted(tables)


def role_problems(connection: BaseDatabaseWrapper) -> list[Problem]:
    """Say what the role of this connection could do to guarded tables; nothing to say on SQLite."""
    if connection.vendor != "postgresql":
        return []
    tables = guarded(connection)
    asked = {"tables": list(tables), "forward": [name for name, moves in tables.items() if moves]}
    with connection.cursor() as cursor:
        cursor.execute(POWERS, asked)
        owns = cursor.fetchone()[0]
        cursor.execute(RIGHTS, asked)
        changeable = [row[0] for row in cursor.fetchall()]
    step = "请用 zhenxing database grant 建一个站点专用的角色，并在 ZHENXING_DATABASE 中改用它"
    if owns:
        return [
            Problem("数据库角色", "本站用的是表的主人或更高的角色，能去掉触发器", step, "warning")
        ]
    if changeable:
        what = f"本站的角色能改动 {'、'.join(changeable)}"
        return [Problem("数据库角色", what, step, "warning")]
    return []
