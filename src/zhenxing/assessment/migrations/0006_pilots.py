"""Pilot towns: applications, proposals, who is one."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0005_uses_schedules"),
        ("documents", "0001_files"),
        ("organisation", "0003_second_persons"),
    ]

    operations = [
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="assessment.round",
                        verbose_name="遴选",
                    ),
                ),
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
                "verbose_name": "试点镇",
                "ordering": ["category", "unit"],
            },
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
            model_name="pilot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("unit",),
                name="one_open_pilot_a_town",
            ),
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
        RefuseChanges("assessment_applicationpaper"),
    ]
