"""Other names of indicators."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_figures_recalled"),
    ]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="别名")),
                ("basis", models.CharField(max_length=200, verbose_name="出自")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("since", models.DateField(verbose_name="起")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="synonyms",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标别名",
                "ordering": ["indicator", "name"],
            },
        ),
    ]
