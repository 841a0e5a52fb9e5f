"""Files that came in; the table only grows."""

from __future__ import annotations

from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节")),
                ("kind", models.CharField(max_length=10, verbose_name="类型")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("at", models.DateTimeField(verbose_name="何时")),
            ],
            options={
                "verbose_name": "文件",
                "ordering": ["-at"],
            },
        ),
        RefuseChanges("documents_file"),
    ]
