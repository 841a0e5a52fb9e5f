"""The life of a submission: steps, confirmations, urgings, extensions, rulings."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models
from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_figures_recalled"),
        ("reporting", "0002_calls_drafts_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ruling",
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
                ("counts_as_on_time", models.BooleanField(verbose_name="视为按时")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ruling",
                        to="reporting.version",
                        verbose_name="哪一版",
                    ),
                ),
            ],
            options={
                "verbose_name": "迟交认定",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Urging",
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
                ("text", models.CharField(max_length=200, verbose_name="内容")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgings",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
            ],
            options={
                "verbose_name": "催报",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="UrgingRead",
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
                    "urging",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="reporting.urging",
                        verbose_name="催报",
                    ),
                ),
            ],
            options={
                "verbose_name": "催报已读",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
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
                ("period", models.CharField(max_length=12, verbose_name="期间")),
                (
                    "reported",
                    zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="镇里报的数"),
                ),
                ("value", zhenxing.store.fields.ExactDecimalField(verbose_name="核定的数")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="与报数不同的原因"),
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
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="reporting.version",
                        verbose_name="对哪一版",
                    ),
                ),
            ],
            options={
                "verbose_name": "核定",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported", models.F("value")), ("reported__isnull", False)),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_value_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="延到")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待镇里提出意见"),
                            ("proposed", "待考核办批准"),
                            ("granted", "已批准"),
                            ("refused", "未批准"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_by", models.CharField(max_length=60, verbose_name="申请人")),
                (
                    "asked_by_name",
                    models.CharField(max_length=80, verbose_name="申请人（姓名单位）"),
                ),
                ("asked_on", models.DateField(verbose_name="申请日")),
                (
                    "proposed_by",
                    models.CharField(blank=True, max_length=60, verbose_name="镇里同意的人"),
                ),
                (
                    "proposed_by_name",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="镇里同意的人（姓名单位）"
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                (
                    "decided_by_name",
                    models.CharField(blank=True, max_length=80, verbose_name="批准人（姓名单位）"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="批复")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "proposed"])),
                        fields=("submission",),
                        name="one_open_extension_a_submission",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                            ("submit", "提交"),
                            ("review", "审核"),
                            ("sign", "签发"),
                            ("confirm", "核定"),
                            ("return", "退回"),
                        ],
                        max_length=10,
                        verbose_name="动作",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("not_started", "未开始"),
                            ("draft", "填报中"),
                            ("submitted", "已提交"),
                            ("reviewed", "已审核"),
                            ("signed", "已签发"),
                            ("confirmed", "已核定"),
                            ("returned", "已退回"),
                            ("imported", "初始导入"),
                        ],
                        max_length=12,
                        verbose_name="之前",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("not_started", "未开始"),
                            ("draft", "填报中"),
                            ("submitted", "已提交"),
                            ("reviewed", "已审核"),
                            ("signed", "已签发"),
                            ("confirmed", "已核定"),
                            ("returned", "已退回"),
                            ("imported", "初始导入"),
                        ],
                        max_length=12,
                        verbose_name="之后",
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
                        verbose_name="退回原因",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="意见")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reporting.version",
                        verbose_name="对哪一版",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理记录",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("move", "return"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_return_says_why",
                    )
                ],
            },
        ),
        RefuseChanges("reporting_step"),
        RefuseChanges("reporting_confirmation"),
        RefuseChanges("reporting_urging"),
        RefuseChanges("reporting_urgingread"),
        RefuseChanges("reporting_ruling"),
    ]
