"""Labels, lines of responsibility, quotas of grades."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_targets_figures"),
        ("organisation", "0002_posts"),
        ("targets", "0001_issues_breakdowns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GradeQuota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grade", models.CharField(max_length=10, unique=True, verbose_name="等次")),
                ("share", zhenxing.store.fields.ExactDecimalField(verbose_name="名额（%）")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
            ],
            options={
                "verbose_name": "等次名额",
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[("programme", "专项"), ("chain", "产业链")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="牵头部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项和产业链",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LabelTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "thing",
                    models.CharField(
                        choices=[("indicator", "指标")], max_length=12, verbose_name="对象"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="targets.label",
                        verbose_name="标签",
                    ),
                ),
            ],
            options={
                "verbose_name": "标签所及",
                "ordering": ["label", "position"],
            },
        ),
        migrations.CreateModel(
            name="ResponsibilityLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "direct",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="直接责任人",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="第一责任人",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.workinggroup",
                        verbose_name="专班",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibility",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="分管领导（负总责）",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任链条",
                "ordering": ["unit", "indicator", "since"],
            },
        ),
        migrations.AddConstraint(
            model_name="labeltie",
            constraint=models.UniqueConstraint(
                fields=("label", "thing", "code"), name="one_tie_a_thing"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibilityline",
            constraint=models.UniqueConstraint(
                fields=("unit", "indicator", "since"), name="one_line_a_day_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibilityline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("unit", "indicator"),
                name="one_open_line_of_responsibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibilityline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="a_line_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibilityline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("whole__isnull", False),
                    ("first__isnull", False),
                    ("direct__isnull", False),
                    _connector="OR",
                ),
                name="a_line_names_somebody",
            ),
        ),
    ]
