"""Office forms, what their cells take, and what was sent (which only grows)."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_files"),
        ("indicators", "0001_dictionary"),
        ("organisation", "0001_units_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="编号")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("name", models.CharField(max_length=80, verbose_name="表名")),
                ("office", models.CharField(max_length=60, verbose_name="要表单位")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("month", "每月"),
                            ("quarter", "每季"),
                            ("half", "每半年"),
                            ("year", "每年"),
                            ("once", "一次性"),
                        ],
                        default="month",
                        max_length=8,
                        verbose_name="频率",
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("expires", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("registered", models.DateField(verbose_name="登记日期")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("stopped", models.DateField(blank=True, null=True, verbose_name="停用")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="空表",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_forms",
                        to="organisation.unit",
                        verbose_name="填表单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "外表",
                "ordering": ["unit", "number"],
            },
        ),
        migrations.CreateModel(
            name="Sent",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("period", models.CharField(max_length=12, verbose_name="期间")),
                ("values", models.JSONField(verbose_name="各格的数")),
                ("office", models.CharField(max_length=60, verbose_name="报给")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="报出的文件",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="reuse.template",
                        verbose_name="外表",
                    ),
                ),
            ],
            options={
                "verbose_name": "外表报出",
                "ordering": ["template", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Mapped",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(max_length=40, verbose_name="工作表")),
                ("cell", models.CharField(max_length=10, verbose_name="单元格")),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("value", "本期值"),
                            ("last_year", "上年同期"),
                            ("growth", "同比"),
                            ("target", "年度目标"),
                            ("completion", "完成率"),
                            ("lead", "序时进度差"),
                            ("place", "位次"),
                            ("period", "期间文字"),
                            ("unit_name", "单位名称"),
                            ("date", "填表日期"),
                        ],
                        max_length=12,
                        verbose_name="取什么",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("to_date", "本年至本月"),
                            ("to_last_month", "本年至上月"),
                            ("month", "本月"),
                            ("last_month", "上月"),
                            ("quarter", "本季"),
                        ],
                        default="to_date",
                        max_length=14,
                        verbose_name="期间",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=20, verbose_name="计量单位")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="小数位")),
                ("active", models.BooleanField(default=True, verbose_name="有效")),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="reuse.template",
                        verbose_name="外表",
                    ),
                ),
            ],
            options={
                "verbose_name": "外表单元格",
                "ordering": ["template", "sheet", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                fields=("unit", "number"), name="one_office_form_a_unit_and_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sent",
            constraint=models.UniqueConstraint(
                fields=("template", "number"), name="one_sending_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sent",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="sendings_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="mapped",
            constraint=models.UniqueConstraint(
                fields=("template", "sheet", "cell"), name="one_meaning_an_office_form_cell"
            ),
        ),
        migrations.AddConstraint(
            model_name="mapped",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("indicator__isnull", False), ("unit__isnull", False)),
                    models.Q(
                        (
                            "item__in",
                            [
                                "completion",
                                "growth",
                                "last_year",
                                "lead",
                                "place",
                                "target",
                                "value",
                            ],
                        ),
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="a_figure_has_indicator_and_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="mapped",
            constraint=models.CheckConstraint(
                condition=models.Q(("decimals__lte", 4)), name="office_form_decimals_are_few"
            ),
        ),
        RefuseChanges("reuse_sent"),
    ]
