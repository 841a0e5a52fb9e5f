"""What was read in papers, and where it went."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_papers"),
        ("indicators", "0004_synonyms"),
        ("organisation", "0003_second_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
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
                ("words", models.CharField(max_length=300, verbose_name="办理情况")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="在哪里看")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups",
                        to="documents.paper",
                        verbose_name="来文",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理情况",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队"),
                            ("reading", "正在读"),
                            ("done", "读完"),
                            ("failed", "没有读成"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="进度")),
                ("stage", models.CharField(blank=True, max_length=60, verbose_name="在做什么")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="按哪年读"
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=10, verbose_name="文字编码")),
                ("problems", models.JSONField(default=list, verbose_name="问题")),
                ("asked_by", models.CharField(max_length=60, verbose_name="谁要读")),
                ("asked", models.DateTimeField(verbose_name="何时")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intakes",
                        to="documents.paper",
                        verbose_name="来文",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.paperreading",
                        verbose_name="读文",
                    ),
                ),
            ],
            options={
                "verbose_name": "读文进度",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "疑问"),
                            ("target", "目标"),
                            ("figure", "数据"),
                            ("change", "增减"),
                            ("rank", "位次"),
                            ("group", "专班"),
                            ("deadline", "期限"),
                            ("task", "任务"),
                            ("project", "项目"),
                        ],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                ("quote", models.CharField(max_length=500, verbose_name="原文")),
                ("section", models.CharField(blank=True, max_length=120, verbose_name="所在")),
                ("said", models.JSONField(default=dict, verbose_name="读出")),
                ("doubt", models.CharField(blank=True, max_length=300, verbose_name="疑问")),
                ("subject", models.CharField(max_length=120, verbose_name="事")),
                ("comparator", models.CharField(blank=True, max_length=2, verbose_name="关系")),
                (
                    "value",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="值"
                    ),
                ),
                (
                    "high",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="上限"
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=20, verbose_name="计量单位")),
                ("masked", models.BooleanField(default=False, verbose_name="未公开")),
                ("is_growth", models.BooleanField(default=False, verbose_name="是增速")),
                ("period", models.CharField(blank=True, max_length=10, verbose_name="期间")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "未处理"),
                            ("accepted", "采纳"),
                            ("refused", "不采纳"),
                            ("asked", "问起草单位"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="处理",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="稿次")),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="处理人")),
                (
                    "decided_name",
                    models.CharField(blank=True, max_length=80, verbose_name="处理人（姓名单位）"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
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
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="documents.paperreading",
                        verbose_name="读文",
                    ),
                ),
                (
                    "split_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="adoption.item",
                        verbose_name="拆自",
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
                "verbose_name": "读出的事",
                "ordering": ["reading", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
                    "home",
                    models.CharField(
                        choices=[
                            ("issue", "目标下达稿"),
                            ("return", "填报草稿"),
                            ("reference", "参考值"),
                            ("group", "专班"),
                            ("calendar", "报送日历"),
                            ("task", "任务"),
                            ("project", "项目台账"),
                            ("indicator", "新指标"),
                            ("none", "只作记录"),
                        ],
                        max_length=10,
                        verbose_name="去处",
                    ),
                ),
                ("period", models.CharField(blank=True, max_length=10, verbose_name="期间")),
                ("aspect", models.CharField(blank=True, max_length=8, verbose_name="目标类型")),
                ("written", models.CharField(max_length=80, verbose_name="写成")),
                ("value", zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="值")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="编号")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="adoption.item",
                        verbose_name="读出的事",
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
                "verbose_name": "采纳去处",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", ""), ("verdict", "open")),
                    models.Q(
                        models.Q(("verdict", "open"), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_decided_item_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gte", models.F("start"))),
                name="a_span_does_not_run_backwards",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                fields=["unit", "indicator", "period"], name="adoption_pl_unit_id_dd3a71_idx"
            ),
        ),
        RefuseChanges("adoption_placement"),
        RefuseChanges("adoption_followup"),
    ]
