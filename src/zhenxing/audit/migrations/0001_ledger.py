"""The ledger, its head and receipts, and the triggers that let them only grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django.db.models.deletion
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps


def begin(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("audit", "Head").objects.create(pk=1)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "sequence",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号"),
                ),
                ("action", models.CharField(max_length=80, verbose_name="动作")),
                ("subject", models.CharField(max_length=200, verbose_name="对象")),
                ("actor", models.CharField(max_length=60, verbose_name="登录名")),
                ("actor_name", models.CharField(max_length=80, verbose_name="姓名")),
                ("actor_role", models.CharField(max_length=40, verbose_name="角色")),
                ("actor_unit", models.CharField(max_length=80, verbose_name="单位")),
                ("at", models.DateTimeField(verbose_name="时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                ("details", models.TextField(verbose_name="内容")),
                ("seals", models.TextField(verbose_name="封存")),
                ("algorithm", models.CharField(max_length=10, verbose_name="算法")),
                ("previous", models.CharField(max_length=64, verbose_name="前一条")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="本条")),
                ("stamp", models.CharField(max_length=64, verbose_name="站章")),
            ],
            options={
                "verbose_name": "账本条目",
                "ordering": ["sequence"],
                "indexes": [
                    models.Index(fields=["action", "sequence"], name="entry_action"),
                    models.Index(fields=["actor", "sequence"], name="entry_actor"),
                    models.Index(fields=["business_date"], name="entry_business_date"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)), name="entries_count_from_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.BigIntegerField(default=0, verbose_name="序号")),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                        verbose_name="末条",
                    ),
                ),
            ],
            options={
                "verbose_name": "账本末端",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="head_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "number",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("content", models.TextField(verbose_name="内容")),
                ("signature", models.TextField(verbose_name="签名")),
                ("key", models.CharField(max_length=64, verbose_name="公钥指纹")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="audit.entry",
                        verbose_name="账本条目",
                    ),
                ),
            ],
            options={
                "verbose_name": "回执",
                "ordering": ["entry", "number"],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        RefuseChanges("audit_entry", key="sequence"),
        RefuseChanges("audit_receipt", key="number"),
        RefuseChanges("audit_head", forward="sequence"),
    ]
