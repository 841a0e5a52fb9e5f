"""Incoming papers, their readings, who was to read them."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_files"),
        ("organisation", "0003_second_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("issuer", models.CharField(blank=True, max_length=80, verbose_name="来文单位")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "方案计划"),
                            ("summary", "总结报告"),
                            ("speech", "讲话"),
                            ("notice", "通报通知"),
                            ("scheme", "办法"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=8,
                        verbose_name="文种",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度"),
                ),
                ("received", models.DateField(verbose_name="收文日期")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="拟办意见")),
                ("by", models.CharField(max_length=60, verbose_name="登记人")),
                ("by_name", models.CharField(max_length=80, verbose_name="登记人（姓名单位）")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="所述单位",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="documents.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="organisation.unit",
                        verbose_name="收文单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "来文",
                "ordering": ["-received", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Circulation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=200, verbose_name="要求")),
                ("due", models.DateField(blank=True, null=True, verbose_name="限期")),
                ("by", models.CharField(max_length=60, verbose_name="谁送")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁送（姓名单位）")),
                ("sent", models.DateField(verbose_name="送出日期")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅知时刻")),
                ("read_on", models.DateField(blank=True, null=True, verbose_name="阅知日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="阅知意见")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="传阅给谁",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circulations",
                        to="documents.paper",
                        verbose_name="来文",
                    ),
                ),
            ],
            options={
                "verbose_name": "传阅",
                "ordering": ["paper", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "person"), name="once_round_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReading",
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
                ("version", models.PositiveSmallIntegerField(verbose_name="版")),
                ("engine", models.CharField(max_length=20, verbose_name="程序版本")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="按哪年读")),
                ("text", models.TextField(verbose_name="文字")),
                ("places", models.JSONField(default=list, verbose_name="页和段")),
                ("result", models.TextField(verbose_name="读出的事")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="documents.paper",
                        verbose_name="来文",
                    ),
                ),
            ],
            options={
                "verbose_name": "读文",
                "ordering": ["paper", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "version"), name="one_version_of_a_reading"
                    )
                ],
            },
        ),
        RefuseChanges("documents_paperreading"),
    ]
