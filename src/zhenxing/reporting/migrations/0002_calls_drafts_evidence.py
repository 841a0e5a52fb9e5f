"""Calls get codes and temporary ones; drafts, evidence, what a version tells of itself."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from zhenxing.store.appendonly import RefuseChanges


def name_calls_by_month(apps: Any, _schema_editor: Any) -> None:
    """A month's call goes by its period."""
    apps.get_model("reporting", "Call").objects.update(code=models.F("period"))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_files"),
        ("indicators", "0003_figures_recalled"),
        ("reporting", "0001_calls_versions_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cells", models.JSONField(default=dict, verbose_name="各格")),
                ("set_aside", models.JSONField(default=list, verbose_name="另存的文字")),
                (
                    "base_version",
                    models.PositiveSmallIntegerField(default=0, verbose_name="基于第几版"),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="第几次保存")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="打开表的时刻")),
                ("by_name", models.CharField(blank=True, max_length=80, verbose_name="最后由谁")),
                ("at", models.DateTimeField(null=True, verbose_name="最后保存")),
            ],
            options={
                "verbose_name": "草稿",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("business_date", models.DateField(verbose_name="业务日期")),
            ],
            options={
                "verbose_name": "佐证",
                "ordering": ["pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="call",
            options={"ordering": ["-period", "code"], "verbose_name": "填报任务"},
        ),
        migrations.AddField(
            model_name="call",
            name="approved_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="批准人"),
        ),
        migrations.AddField(
            model_name="call",
            name="asked",
            field=models.JSONField(blank=True, default=list, verbose_name="所问指标"),
        ),
        migrations.AddField(
            model_name="call",
            name="closing_proposed_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="提出关闭的人"),
        ),
        migrations.AddField(
            model_name="call",
            name="closing_proposed_on",
            field=models.DateField(blank=True, null=True, verbose_name="提出关闭"),
        ),
        migrations.AddField(
            model_name="call",
            name="code",
            field=models.CharField(default="", max_length=16, verbose_name="编号"),
            preserve_default=False,
        ),
        migrations.RunPython(name_calls_by_month, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="call",
            name="code",
            field=models.CharField(max_length=16, unique=True, verbose_name="编号"),
        ),
        migrations.AddField(
            model_name="call",
            name="expires",
            field=models.DateField(blank=True, null=True, verbose_name="到期"),
        ),
        migrations.AddField(
            model_name="call",
            name="kind",
            field=models.CharField(
                choices=[("monthly", "每月填报"), ("temporary", "临时任务")],
                default="monthly",
                max_length=10,
                verbose_name="类型",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="proposed_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="提出人"),
        ),
        migrations.AddField(
            model_name="call",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="事由和依据"),
        ),
        migrations.AddField(
            model_name="call",
            name="refused",
            field=models.CharField(blank=True, max_length=300, verbose_name="未批准的原因"),
        ),
        migrations.AddField(
            model_name="call",
            name="rule",
            field=models.JSONField(blank=True, default=dict, verbose_name="截止规则"),
        ),
        migrations.AddField(
            model_name="call",
            name="title",
            field=models.CharField(blank=True, max_length=60, verbose_name="名称"),
        ),
        migrations.AddField(
            model_name="submission",
            name="extended_to",
            field=models.DateField(blank=True, null=True, verbose_name="延期到"),
        ),
        migrations.AddField(
            model_name="upload",
            name="told",
            field=models.JSONField(blank=True, default=dict, verbose_name="自述"),
        ),
        migrations.AddField(
            model_name="version",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="自称填好的时刻"),
        ),
        migrations.AddField(
            model_name="version",
            name="due",
            field=models.DateField(blank=True, null=True, verbose_name="当时的截止"),
        ),
        migrations.AddField(
            model_name="version",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="打开表的时刻"),
        ),
        migrations.AlterField(
            model_name="call",
            name="period",
            field=models.CharField(max_length=12, verbose_name="期间"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(
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
                default="not_started",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.file",
                verbose_name="文件",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "monthly")),
                fields=("period",),
                name="one_monthly_call_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "monthly"), ("expires__isnull", False), _connector="OR"
                ),
                name="a_temporary_call_expires",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="submission",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draft",
                to="reporting.submission",
                verbose_name="填报",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.file",
                verbose_name="文件",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="indicators.indicator",
                verbose_name="指标",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="reporting.submission",
                verbose_name="填报",
            ),
        ),
        RefuseChanges("reporting_version"),
        RefuseChanges("reporting_evidence"),
    ]
