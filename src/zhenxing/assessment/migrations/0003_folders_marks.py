"""Self-scores, evidence, panels and marks."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.conf import settings
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0002_rounds_runs"),
        ("documents", "0001_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_papers",
                        to="assessment.round",
                        verbose_name="考核",
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
            ],
            options={
                "verbose_name": "佐证材料",
                "ordering": ["round", "code", "item", "pk"],
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panels",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
            ],
            options={
                "verbose_name": "评分组",
                "ordering": ["round", "item"],
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
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.UniqueConstraint(fields=("round", "item"), name="one_panel_an_item"),
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
        RefuseChanges("assessment_selfscore"),
        RefuseChanges("assessment_itempaper"),
        RefuseChanges("assessment_selfsigning"),
        RefuseChanges("assessment_mark"),
        RefuseChanges("assessment_marksheet"),
    ]
