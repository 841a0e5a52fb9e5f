"""Calls, submissions, their versions (which only grow) and waiting uploads."""

from __future__ import annotations

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_files"),
        ("organisation", "0002_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=12, unique=True, verbose_name="期间")),
                ("opens", models.DateField(verbose_name="开始")),
                ("due", models.DateField(verbose_name="截止")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="关闭")),
                (
                    "closing_entry",
                    models.BigIntegerField(blank=True, null=True, verbose_name="关闭时的账本序号"),
                ),
            ],
            options={
                "verbose_name": "填报任务",
                "ordering": ["-period"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "未开始"),
                            ("draft", "填报中"),
                            ("submitted", "已提交"),
                        ],
                        default="not_started",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("latest", models.PositiveSmallIntegerField(default=0, verbose_name="最新版")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="reporting.call",
                        verbose_name="填报任务",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="organisation.workinggroup",
                        verbose_name="专班",
                    ),
                ),
            ],
            options={
                "verbose_name": "填报",
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("base_version", models.PositiveSmallIntegerField(verbose_name="基于第几版")),
                ("content", models.JSONField(verbose_name="读出的内容")),
                ("at", models.DateTimeField(verbose_name="何时")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁",
                    ),
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
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
            ],
            options={
                "verbose_name": "待提交的表",
            },
        ),
        migrations.CreateModel(
            name="Version",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="版")),
                ("values", models.JSONField(verbose_name="各指标数")),
                ("parts", models.JSONField(verbose_name="四段文字")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                ("on_time", models.BooleanField(verbose_name="按时")),
                ("key", models.UUIDField(unique=True, verbose_name="幂等键")),
                ("receipt", models.CharField(max_length=40, unique=True, verbose_name="回执编号")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="reporting.submission",
                        verbose_name="填报",
                    ),
                ),
            ],
            options={
                "verbose_name": "填报版本",
                "ordering": ["submission", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("call", "group"), name="one_submission_a_group_and_call"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("submission", "number"), name="one_version_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="versions_count_from_one"
            ),
        ),
        RefuseChanges("reporting_version"),
    ]
