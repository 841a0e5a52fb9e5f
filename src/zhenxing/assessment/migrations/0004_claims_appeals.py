"""Claims and appeals."""

from __future__ import annotations

import django.db.models.deletion
import zhenxing.store.fields
from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0003_folders_marks"),
        ("documents", "0001_files"),
        ("organisation", "0003_second_persons"),
    ]

    operations = [
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
                (
                    "remedy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("slip", "更正单"),
                            ("claim", "事项认定"),
                            ("marks", "重新评分"),
                            ("edition", "方案新版"),
                        ],
                        max_length=8,
                        verbose_name="怎样办理",
                    ),
                ),
                (
                    "remedy_number",
                    models.CharField(blank=True, max_length=60, verbose_name="办理编号"),
                ),
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="assessment.round",
                        verbose_name="考核",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="assessment.run",
                        verbose_name="初评",
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
            },
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
            model_name="claim",
            constraint=models.CheckConstraint(
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
            ),
        ),
        RefuseChanges("assessment_appealpaper"),
        RefuseChanges("assessment_appealstep"),
    ]
