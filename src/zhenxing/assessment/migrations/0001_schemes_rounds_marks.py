"""Schemes, rounds, marks, claims, appeals, uses of results, pilots, schedules."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.conf import settings
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_files"),
        ("organisation", "0003_second_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("text", models.TextField(verbose_name="方案")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修订原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("proposed", "待批准"),
                            ("issued", "已发布"),
                            ("withdrawn", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("draft", models.PositiveIntegerField(default=1, verbose_name="稿次")),
                ("hands", models.JSONField(default=list, verbose_name="经手人")),
                ("proposed_by", models.CharField(blank=True, max_length=60, verbose_name="提请人")),
                (
                    "proposed_name",
                    models.CharField(blank=True, max_length=80, verbose_name="提请人姓名"),
                ),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                (
                    "decided_name",
                    models.CharField(blank=True, max_length=80, verbose_name="批准人姓名"),
                ),
                ("issued", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="退回意见")),
                (
                    "entry",
                    models.BigIntegerField(blank=True, null=True, verbose_name="发布时的账本序号"),
                ),
            ],
            options={
                "verbose_name": "方案版本",
                "ordering": ["scheme", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60, verbose_name="考核项")),
                ("due", models.DateField(blank=True, null=True, verbose_name="评分截止")),
                ("closed", models.DateField(blank=True, null=True, verbose_name="结束")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="提前结束的原因"),
                ),
            ],
            options={
                "verbose_name": "评分组",
                "ordering": ["round", "item"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="考核对象编码")),
                ("item", models.CharField(blank=True, max_length=60, verbose_name="考核项")),
                ("words", models.CharField(max_length=1000, verbose_name="理由")),
                ("wish", models.CharField(blank=True, max_length=200, verbose_name="请求")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("filed", "已提交"),
                            ("answered", "已答复"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("drafted_by", models.CharField(max_length=60, verbose_name="拟稿人")),
                ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="提交人")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "成立"), ("partly", "部分成立"), ("refused", "不成立")],
                        max_length=8,
                        verbose_name="结论",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                ("answered_by", models.CharField(blank=True, max_length=60, verbose_name="答复人")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("before", models.CharField(blank=True, max_length=30, verbose_name="初评得分")),
                ("after", models.CharField(blank=True, max_length=30, verbose_name="复核后得分")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="牵头部门",
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
                "verbose_name": "申诉",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AppealPaper",
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
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assessment.appeal",
                        verbose_name="申诉",
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
            ],
            options={
                "verbose_name": "申诉材料",
            },
        ),
        migrations.CreateModel(
            name="AppealStep",
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
                            ("drafted", "拟申诉"),
                            ("filed", "提交申诉"),
                            ("answered", "答复"),
                            ("withdrawn", "撤回"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="意见")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assessment.appeal",
                        verbose_name="申诉",
                    ),
                ),
            ],
            options={
                "verbose_name": "申诉办理",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[("central", "中心镇"), ("special", "特色镇")],
                        max_length=8,
                        verbose_name="申报类别",
                    ),
                ),
                ("statement", models.CharField(max_length=2000, verbose_name="申报理由")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟稿"), ("filed", "已申报"), ("withdrawn", "已撤回")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("written_by", models.CharField(max_length=60, verbose_name="拟稿人")),
                ("signed_by", models.CharField(blank=True, max_length=60, verbose_name="签发人")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="申报日期")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "试点申报",
                "ordering": ["round", "unit"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationPaper",
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
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assessment.application",
                        verbose_name="申报",
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
            ],
            options={
                "verbose_name": "申报材料",
            },
        ),
        migrations.CreateModel(
            name="Rater",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rater_class",
                    models.CharField(blank=True, max_length=30, verbose_name="评委类别"),
                ),
                ("recused", models.JSONField(default=list, verbose_name="回避的单位")),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="raters",
                        to="assessment.panel",
                        verbose_name="评分组",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="评委",
                    ),
                ),
            ],
            options={
                "verbose_name": "评委",
                "ordering": ["panel", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MarkSheet",
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
                    "rater",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet",
                        to="assessment.rater",
                        verbose_name="评委",
                    ),
                ),
            ],
            options={
                "verbose_name": "交卷",
            },
        ),
        migrations.CreateModel(
            name="Mark",
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
                ("code", models.CharField(max_length=30, verbose_name="单位编码")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版")),
                ("value", models.CharField(max_length=20, verbose_name="评分")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="assessment.rater",
                        verbose_name="评委",
                    ),
                ),
            ],
            options={
                "verbose_name": "评分",
                "ordering": ["rater", "code", "version"],
            },
        ),
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
            ],
            options={
                "verbose_name": "考核",
                "ordering": ["-opened", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Pilot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[("central", "中心镇"), ("special", "特色镇")],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("document", models.CharField(max_length=60, verbose_name="文号")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("ended", models.CharField(blank=True, max_length=200, verbose_name="退出原因")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="镇",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilots",
                        to="assessment.round",
                        verbose_name="遴选",
                    ),
                ),
            ],
            options={
                "verbose_name": "试点镇",
                "ordering": ["category", "unit"],
            },
        ),
        migrations.AddField(
            model_name="panel",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="panels",
                to="assessment.round",
                verbose_name="考核",
            ),
        ),
        migrations.CreateModel(
            name="ItemPaper",
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
                ("code", models.CharField(max_length=30, verbose_name="单位编码")),
                ("item", models.CharField(max_length=60, verbose_name="考核项")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
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
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="assessment.itempaper",
                        verbose_name="撤回",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_papers",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
                "ordering": ["round", "code", "item", "pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="assessment.round",
                verbose_name="遴选",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="assessment.round",
                verbose_name="考核",
            ),
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
            name="PilotProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("picks", models.JSONField(default=list, verbose_name="建议名单")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="理由")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("approved", "已批准"),
                            ("refused", "未通过"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_by", models.CharField(max_length=60, verbose_name="提出人")),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="意见")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="assessment.round",
                        verbose_name="遴选",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.run",
                        verbose_name="结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "试点建议名单",
                "ordering": ["-pk"],
            },
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
        migrations.AddField(
            model_name="appeal",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="assessment.run",
                verbose_name="初评",
            ),
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
        migrations.CreateModel(
            name="Scheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "年度考核"),
                            ("quarter", "季度考核"),
                            ("month", "月度考核"),
                            ("pilot_selection", "试点遴选"),
                            ("pilot_review", "试点评估"),
                            ("special", "专项考核"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                (
                    "subjects",
                    models.CharField(
                        choices=[
                            ("towns", "镇"),
                            ("villages", "村和站所"),
                            ("groups", "专班"),
                            ("pilots", "试点镇"),
                        ],
                        max_length=10,
                        verbose_name="考核对象",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="考核单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核方案",
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("month", "每月"),
                            ("quarter", "每季"),
                            ("half", "每半年"),
                            ("year", "每年"),
                        ],
                        max_length=8,
                        verbose_name="多久一次",
                    ),
                ),
                ("days_after", models.PositiveSmallIntegerField(verbose_name="期满后几日")),
                (
                    "gather_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="自评和评分几日"),
                ),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="申诉几日"),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "scheme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule",
                        to="assessment.scheme",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核排期",
                "ordering": ["scheme"],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="assessment.scheme",
                verbose_name="方案",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="assessment.scheme",
                verbose_name="方案",
            ),
        ),
        migrations.CreateModel(
            name="SelfScore",
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
                ("code", models.CharField(max_length=30, verbose_name="单位编码")),
                ("item", models.CharField(max_length=60, verbose_name="考核项")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版")),
                (
                    "score",
                    zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="自评分"),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_scores",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
            ],
            options={
                "verbose_name": "自评",
                "ordering": ["round", "code", "item", "version"],
            },
        ),
        migrations.CreateModel(
            name="SelfSigning",
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
                ("code", models.CharField(max_length=30, verbose_name="单位编码")),
                (
                    "total",
                    zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="自评合计"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_signings",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
            ],
            options={
                "verbose_name": "自评签发",
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="考核对象编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reward", "奖励"),
                            ("commendation", "表彰"),
                            ("talk", "约谈"),
                            ("replacement", "调整替换"),
                            ("tolerance", "容错免责"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("condition", models.CharField(max_length=200, verbose_name="条件")),
                ("words", models.CharField(max_length=300, verbose_name="内容")),
                (
                    "amount",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="金额（万元）"
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("approved", "已批准"),
                            ("done", "已兑现"),
                            ("refused", "未通过"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="听证日期")),
                ("hearing", models.CharField(blank=True, max_length=500, verbose_name="听证情况")),
                ("proposed_by", models.CharField(max_length=60, verbose_name="提出人")),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="兑现日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="assessment.round",
                        verbose_name="考核",
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
                (
                    "voucher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="兑现凭据",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果运用",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="UseStep",
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
                            ("proposed", "提出"),
                            ("heard", "听证"),
                            ("approved", "批准"),
                            ("refused", "不批准"),
                            ("done", "兑现"),
                            ("withdrawn", "撤销"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assessment.use",
                        verbose_name="结果运用",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果运用办理",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("code", models.CharField(max_length=30, verbose_name="考核对象编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bonus", "加分"),
                            ("penalty", "扣分"),
                            ("veto", "一票否决"),
                            ("event", "计件事项"),
                        ],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("event", models.CharField(max_length=40, verbose_name="事项")),
                ("day", models.DateField(verbose_name="发生日期")),
                (
                    "amount",
                    zhenxing.store.fields.ExactDecimalField(
                        blank=True, null=True, verbose_name="金额或数量"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="情况")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="依据文号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待复核"),
                            ("approved", "已认定"),
                            ("refused", "不予认定"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_by", models.CharField(max_length=60, verbose_name="提出人")),
                ("proposed_name", models.CharField(max_length=80, verbose_name="提出人姓名")),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="复核人")),
                (
                    "decided_name",
                    models.CharField(blank=True, max_length=80, verbose_name="复核人姓名"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="复核日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="复核意见")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="提出部门",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.file",
                        verbose_name="依据",
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
                "verbose_name": "事项认定",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="two_persons_approve_a_claim",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rater",
            constraint=models.UniqueConstraint(fields=("panel", "person"), name="one_seat_a_rater"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("rater", "code", "version"), name="one_version_of_a_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("unit",),
                name="one_open_pilot_a_town",
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.UniqueConstraint(fields=("round", "item"), name="one_panel_an_item"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("round", "unit"), name="one_application_a_town"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True),
                    models.Q(
                        models.Q(("signed_by", ""), _negated=True),
                        models.Q(("signed_by", models.F("written_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="the_leader_signs_an_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="one_run_a_number"),
        ),
        migrations.AddConstraint(
            model_name="pilotproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_persons_choose_pilots",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("effect", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_answered_appeal_says_what_and_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="runrow",
            constraint=models.UniqueConstraint(
                fields=("run", "code"), name="one_row_a_unit_and_run"
            ),
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
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("scheme", "number"), name="one_edition_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "issued"), _negated=True),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("proposed_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_persons_issue_an_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entry__isnull", False), ("issued__isnull", False), ("state", "issued")
                    ),
                    models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        ("entry__isnull", True),
                        ("issued__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="an_issued_edition_has_its_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfscore",
            constraint=models.UniqueConstraint(
                fields=("round", "code", "item", "version"), name="one_version_of_a_self_score"
            ),
        ),
        migrations.AddConstraint(
            model_name="selfsigning",
            constraint=models.UniqueConstraint(
                fields=("round", "code"), name="one_signing_of_self_scores"
            ),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "done"]), _negated=True),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_persons_approve_a_use",
            ),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "tolerance"), ("state__in", ["approved", "done"]), _negated=True
                    ),
                    ("heard_on__isnull", False),
                    _connector="OR",
                ),
                name="tolerance_is_heard_before_it_is_granted",
            ),
        ),
        RefuseChanges("assessment_run"),
        RefuseChanges("assessment_runrow"),
        RefuseChanges("assessment_roundstep"),
        RefuseChanges("assessment_selfscore"),
        RefuseChanges("assessment_itempaper"),
        RefuseChanges("assessment_selfsigning"),
        RefuseChanges("assessment_mark"),
        RefuseChanges("assessment_marksheet"),
        RefuseChanges("assessment_appealpaper"),
        RefuseChanges("assessment_appealstep"),
        RefuseChanges("assessment_usestep"),
        RefuseChanges("assessment_applicationpaper"),
    ]
