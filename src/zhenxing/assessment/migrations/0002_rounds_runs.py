"""Rounds, runs and their rows."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0001_schemes"),
        ("organisation", "0003_second_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=12, verbose_name="考核期")),
                ("as_of", models.DateField(verbose_name="数据截至")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathering", "自评和评分"),
                            ("marked", "已初评"),
                            ("reply", "申诉期"),
                            ("checked", "已复核"),
                            ("published", "已公布"),
                            ("revoked", "已撤销"),
                        ],
                        default="gathering",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("opened", models.DateField(verbose_name="开始")),
                (
                    "gather_until",
                    models.DateField(blank=True, null=True, verbose_name="自评和评分截止"),
                ),
                ("reply_until", models.DateField(blank=True, null=True, verbose_name="申诉截止")),
                ("published", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="通报文号")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="assessment.edition",
                        verbose_name="方案版本",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="assessment.scheme",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核",
                "ordering": ["-opened", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Run",
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
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                ("number", models.PositiveSmallIntegerField(verbose_name="次")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("trial", "试算"), ("first", "初评"), ("final", "终评")],
                        max_length=6,
                        verbose_name="用途",
                    ),
                ),
                ("period", models.CharField(max_length=12, verbose_name="考核期")),
                ("as_of", models.DateField(verbose_name="数据截至")),
                ("rules", models.CharField(max_length=64, verbose_name="方案SHA-256")),
                ("inputs", models.TextField(verbose_name="数据")),
                ("inputs_digest", models.CharField(max_length=64, verbose_name="数据SHA-256")),
                ("result", models.TextField(verbose_name="结果")),
                ("result_digest", models.CharField(max_length=64, verbose_name="结果SHA-256")),
                ("engine", models.CharField(max_length=20, verbose_name="引擎版本")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.edition",
                        verbose_name="方案版本",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
            ],
            options={
                "verbose_name": "测算",
                "ordering": ["round", "-number"],
            },
        ),
        migrations.CreateModel(
            name="RoundStep",
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
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("opened", "开始"),
                            ("marked", "确认初评"),
                            ("reopened", "退回重评"),
                            ("reply", "开放申诉"),
                            ("checked", "复核通过"),
                            ("published", "公布"),
                            ("revoked", "撤销"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assessment.run",
                        verbose_name="测算",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核办理",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="result",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessment.run",
                verbose_name="结果",
            ),
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("trial", "试算"), ("first", "初评"), ("final", "终评")],
                        max_length=6,
                        verbose_name="用途",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="数据截至")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队"),
                            ("running", "正在算"),
                            ("done", "算好了"),
                            ("failed", "没有算成"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(default=0, verbose_name="进度（%）")),
                ("stage", models.CharField(blank=True, max_length=60, verbose_name="正在做")),
                ("asked_by", models.CharField(max_length=60, verbose_name="谁")),
                ("asked", models.DateTimeField(verbose_name="何时")),
                ("started", models.DateTimeField(null=True, verbose_name="开始")),
                ("ended", models.DateTimeField(null=True, verbose_name="结束")),
                ("problems", models.JSONField(default=list, verbose_name="问题")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assessment.run",
                        verbose_name="测算",
                    ),
                ),
            ],
            options={
                "verbose_name": "测算任务",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RunRow",
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
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                ("code", models.CharField(max_length=30, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("group", models.CharField(blank=True, max_length=30, verbose_name="类别")),
                ("total", zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="总分")),
                ("rank", models.PositiveIntegerField(null=True, verbose_name="位次")),
                ("of", models.PositiveIntegerField(default=0, verbose_name="参加排名")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等次")),
                ("eligible", models.BooleanField(default=True, verbose_name="可参评")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="assessment.run",
                        verbose_name="测算",
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
            ],
            options={
                "verbose_name": "得分",
                "ordering": [
                    "run",
                    "group",
                    models.OrderBy(models.F("rank"), nulls_last=True),
                    "code",
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="one_run_a_number"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "revoked"), _negated=True),
                fields=("scheme", "period"),
                name="one_round_a_scheme_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("published__isnull", False), ("result__isnull", False)),
                    _connector="OR",
                ),
                name="a_published_round_has_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="runrow",
            constraint=models.UniqueConstraint(
                fields=("run", "code"), name="one_row_a_unit_and_run"
            ),
        ),
        RefuseChanges("assessment_run"),
        RefuseChanges("assessment_runrow"),
        RefuseChanges("assessment_roundstep"),
    ]
