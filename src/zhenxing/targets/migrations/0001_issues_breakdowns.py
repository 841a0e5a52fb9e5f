"""Issues; acknowledgements and breakdowns, which only grow."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.conf import settings
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("indicators", "0002_targets_figures"),
        ("organisation", "0002_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
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
                    "target",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgement",
                        to="indicators.target",
                        verbose_name="目标",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标签收",
            },
        ),
        migrations.CreateModel(
            name="Breakdown",
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
                    "axis",
                    models.CharField(
                        choices=[
                            ("month", "按月"),
                            ("quarter", "按季"),
                            ("unit", "按村和站所"),
                            ("group", "按专班"),
                            ("person", "按人"),
                        ],
                        max_length=8,
                        verbose_name="分解",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="版")),
                (
                    "way",
                    models.CharField(
                        choices=[("curve", "按计划曲线"), ("even", "平均"), ("hand", "手工")],
                        max_length=8,
                        verbose_name="方法",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("sum", "相加"), ("path", "逐期到达"), ("each", "各自达到")],
                        max_length=6,
                        verbose_name="合成",
                    ),
                ),
                ("proposed", models.BooleanField(default=False, verbose_name="待采纳")),
                (
                    "remainder",
                    zhenxing.store.fields.ExactDecimalField(null=True, verbose_name="余数"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breakdowns",
                        to="indicators.target",
                        verbose_name="目标",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标分解",
            },
        ),
        migrations.CreateModel(
            name="BreakdownStep",
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
                    "step",
                    models.CharField(
                        choices=[("adopted", "采纳"), ("returned", "退回"), ("signed", "签认")],
                        max_length=10,
                        verbose_name="步骤",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="意见")),
                ("by", models.CharField(max_length=60, verbose_name="谁")),
                ("by_name", models.CharField(max_length=80, verbose_name="谁（姓名单位）")),
                ("recorded", models.DateTimeField(verbose_name="记入时刻")),
                ("business_date", models.DateField(verbose_name="业务日期")),
                (
                    "breakdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="targets.breakdown",
                        verbose_name="分解",
                    ),
                ),
            ],
            options={
                "verbose_name": "分解办理",
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=60, verbose_name="文号")),
                ("issued", models.DateField(verbose_name="下达日期")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整原因")),
                ("lines", models.JSONField(default=list, verbose_name="各项")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("proposed", "待批准"),
                            ("approved", "已下达"),
                            ("withdrawn", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="稿次")),
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
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="退回意见")),
                (
                    "entry",
                    models.BigIntegerField(blank=True, null=True, verbose_name="下达时的账本序号"),
                ),
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
            ],
            options={
                "verbose_name": "目标下达",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Part",
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
                ("key", models.CharField(max_length=60, verbose_name="编码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("value", zhenxing.store.fields.ExactDecimalField(verbose_name="任务数")),
                ("measures", models.CharField(blank=True, max_length=200, verbose_name="措施")),
                ("deadline", models.DateField(null=True, verbose_name="完成时限")),
                ("person", models.CharField(blank=True, max_length=60, verbose_name="责任人")),
                (
                    "breakdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="targets.breakdown",
                        verbose_name="分解",
                    ),
                ),
            ],
            options={
                "verbose_name": "分解各项",
                "ordering": ["breakdown", "position"],
            },
        ),
        migrations.AddConstraint(
            model_name="breakdown",
            constraint=models.UniqueConstraint(
                fields=("target", "axis", "version"), name="one_version_of_a_breakdown"
            ),
        ),
        migrations.AddConstraint(
            model_name="breakdown",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("manner", "each"), ("remainder__isnull", True)),
                    models.Q(
                        models.Q(("manner", "each"), _negated=True), ("remainder__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_breakdown_says_what_is_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakdownstep",
            constraint=models.UniqueConstraint(fields=("breakdown", "step"), name="each_step_once"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("proposed_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_persons_issue_a_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entry__isnull", False), ("state", "approved")),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True), ("entry__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="an_approved_issue_has_its_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(fields=("breakdown", "key"), name="one_part_a_key"),
        ),
        RefuseChanges("targets_acknowledgement"),
        RefuseChanges("targets_breakdown"),
        RefuseChanges("targets_part"),
        RefuseChanges("targets_breakdownstep"),
    ]
