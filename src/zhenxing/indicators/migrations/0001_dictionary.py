"""The dictionary: fields, curves, lamp rules, indicators, who answers for them."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0002_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Curve",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("shares", models.JSONField(verbose_name="各月累计占比")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
            ],
            options={
                "verbose_name": "计划曲线",
            },
        ),
        migrations.CreateModel(
            name="IndicatorField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=30, verbose_name="领域")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
            ],
            options={
                "verbose_name": "领域",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LampRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="规则")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("since", models.DateField(verbose_name="起")),
            ],
            options={
                "verbose_name": "亮灯规则",
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("measure", models.CharField(max_length=20, verbose_name="计量单位")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="小数位")),
                (
                    "kind",
                    models.CharField(
                        choices=[("flow", "流量"), ("stock", "存量"), ("rate", "比率")],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("cumulative", "当年累计"),
                            ("current", "当期"),
                            ("as_is", "期末"),
                        ],
                        max_length=12,
                        verbose_name="月度数口径",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("higher", "越高越好"), ("lower", "越低越好")],
                        default="higher",
                        max_length=8,
                        verbose_name="方向",
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("统计调查", "统计调查"),
                            ("部门行政记录", "部门行政记录"),
                            ("工作报送", "工作报送"),
                        ],
                        max_length=12,
                        verbose_name="数据性质",
                    ),
                ),
                ("source", models.CharField(max_length=20, verbose_name="来源")),
                ("definition", models.CharField(max_length=300, verbose_name="口径")),
                (
                    "growth",
                    models.CharField(default="computed", max_length=10, verbose_name="增速"),
                ),
                ("release", models.JSONField(verbose_name="发布日历")),
                (
                    "rank_by",
                    models.CharField(default="completion", max_length=12, verbose_name="排名依据"),
                ),
                (
                    "headline",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="热力表次序"
                    ),
                ),
                ("leading", models.JSONField(default=list, verbose_name="先行指标")),
                (
                    "plausible_low",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="合理下限"
                    ),
                ),
                (
                    "plausible_high",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="合理上限"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[("required", "必须"), ("optional", "可选"), ("none", "不需要")],
                        default="optional",
                        max_length=10,
                        verbose_name="佐证",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "curve",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.curve",
                        verbose_name="计划曲线",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_indicators",
                        to="organisation.unit",
                        verbose_name="主管部门",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="indicators.indicator",
                        verbose_name="其中",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="indicators.indicatorfield",
                        verbose_name="领域",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charges",
                        to="organisation.workinggroup",
                        verbose_name="专班",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charges",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标分工",
                "ordering": ["group", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "indicator"), name="one_charge_a_group_and_indicator"
                    )
                ],
            },
        ),
    ]
