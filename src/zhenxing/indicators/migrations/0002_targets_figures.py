"""Targets and figures, which only grow."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_files"),
        ("indicators", "0001_dictionary"),
        ("organisation", "0002_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sealed_by",
                    models.BigIntegerField(db_index=True, editable=False, verbose_name="账本序号"),
                ),
                ("period", models.CharField(max_length=12, verbose_name="期间")),
                ("value", zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="数值")),
                (
                    "absent",
                    models.CharField(
                        blank=True,
                        choices=[("missing", "缺"), ("masked", "未公开")],
                        max_length=8,
                        verbose_name="无数原因",
                    ),
                ),
                (
                    "growth_given",
                    zhenxing.store.fields.ExactDecimalField(
                        null=True, verbose_name="给出的同比（%）"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("confirmed", "核定"),
                            ("imported", "初始导入"),
                            ("correction", "更正"),
                            ("signed", "签发"),
                            ("submitted", "提交"),
                            ("rollup", "台账"),
                            ("flash", "快报"),
                        ],
                        max_length=12,
                        verbose_name="取值身份",
                    ),
                ),
                (
                    "vintage",
                    models.CharField(
                        choices=[("flash", "快报"), ("preliminary", "初步"), ("final", "终值")],
                        max_length=12,
                        verbose_name="版本",
                    ),
                ),
                ("business_date", models.DateField(verbose_name="业务日期")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("cell", models.CharField(blank=True, max_length=60, verbose_name="单元格")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="documents.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="organisation.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "数据",
                "indexes": [
                    models.Index(fields=["period", "indicator"], name="figure_period_indicator"),
                    models.Index(
                        fields=["unit", "indicator", "period"], name="figure_unit_indicator"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("absent", ""), ("value__isnull", False)),
                            models.Q(
                                ("value__isnull", True), models.Q(("absent", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_figure_has_a_value_or_says_why_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sealed_by",
                    models.BigIntegerField(db_index=True, editable=False, verbose_name="账本序号"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "数值"),
                            ("growth", "增速"),
                            ("rank", "位次"),
                            ("range", "区间"),
                            ("grade", "等次"),
                            ("gap", "差距"),
                        ],
                        max_length=8,
                        verbose_name="目标类型",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        choices=[(">=", "不低于"), ("<=", "不高于"), ("=", "为"), ("~", "约")],
                        max_length=2,
                        verbose_name="比较",
                    ),
                ),
                (
                    "value",
                    zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="目标值"),
                ),
                ("high", zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="上限")),
                ("masked", models.BooleanField(default=False, verbose_name="未公开")),
                ("no_task", models.BooleanField(default=False, verbose_name="无任务")),
                ("text", models.CharField(blank=True, max_length=60, verbose_name="原文")),
                ("document", models.CharField(max_length=60, verbose_name="文号")),
                ("issued", models.DateField(verbose_name="下达")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="organisation.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标任务",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "indicator", "year", "kind", "version"),
                        name="one_version_of_a_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", False),
                            ("masked", True),
                            ("no_task", True),
                            models.Q(("kind", "grade"), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_target_has_a_value_or_says_why_not",
                    ),
                ],
            },
        ),
        RefuseChanges("indicators_figure"),
        RefuseChanges("indicators_target"),
    ]
