"""Uses of results; schedules."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0004_claims_appeals"),
        ("documents", "0001_files"),
        ("organisation", "0003_second_persons"),
    ]

    operations = [
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
        RefuseChanges("assessment_usestep"),
    ]
