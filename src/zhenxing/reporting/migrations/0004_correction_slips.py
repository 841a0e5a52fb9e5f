"""Correction slips with their signatures and evidence."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models
from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_files"),
        ("indicators", "0003_figures_recalled"),
        ("organisation", "0002_posts"),
        ("reporting", "0003_the_life_of_a_submission"),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionSlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("period", models.CharField(max_length=12, verbose_name="期间")),
                ("old", zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="原数")),
                ("new", zhenxing.store.fields.ExactDecimalField(verbose_name="新数")),
                ("reason", models.CharField(max_length=300, verbose_name="更正原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待签署"),
                            ("signed", "待主管部门核实"),
                            ("verified", "待考核办核准"),
                            ("approved", "已更正"),
                            ("refused", "未通过"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.figure",
                        verbose_name="原来作数的一条",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
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
                        related_name="+",
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
            ],
            options={
                "verbose_name": "更正单",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SlipEvidence",
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
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="reporting.correctionslip",
                        verbose_name="更正单",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正佐证",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SlipStep",
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
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("role", models.CharField(max_length=1, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("propose", "提出"),
                            ("sign", "签署"),
                            ("verify", "核实"),
                            ("approve", "核准"),
                            ("refuse", "不同意"),
                        ],
                        max_length=10,
                        verbose_name="动作",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("evidence", "与佐证不符"),
                            ("no_evidence", "缺佐证"),
                            ("arithmetic", "合计对不上"),
                            ("definition", "口径不符"),
                            ("measure", "计量单位有误"),
                            ("jump", "变动原因没有说明"),
                            ("words", "文字不全或与数不符"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="原因",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="意见")),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reporting.correctionslip",
                        verbose_name="更正单",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正单签署",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="correctionslip",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "signed", "verified"])),
                fields=("unit", "indicator", "period"),
                name="one_open_slip_a_figure",
            ),
        ),
        RefuseChanges("reporting_slipstep"),
        RefuseChanges("reporting_slipevidence"),
    ]
