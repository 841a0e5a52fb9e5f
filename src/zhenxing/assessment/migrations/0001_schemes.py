"""Schemes and their editions."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0003_second_persons"),
    ]

    operations = [
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
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="assessment.scheme",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案版本",
                "ordering": ["scheme", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "number"), name="one_edition_a_number"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entry__isnull", False),
                                ("issued__isnull", False),
                                ("state", "issued"),
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
                ],
            },
        ),
    ]
