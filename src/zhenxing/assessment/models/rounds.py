"""Rounds (one scheme, one period), the runs of a round, their rows, what was done about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.assessment.choices import JobState, Purpose, RoundAct, RoundState
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.assessment.models.schemes import Edition, Scheme
from zhenxing.audit.models import Vouched
from zhenxing.organisation.models import Unit
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenxing.web.scope import Scope


class RoundQuerySet(models.QuerySet["Round"]):
    """Sets of rounds."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the rounds of the schemes the person follows, and what else is published to them."""
        followed = Q(scheme__in=Scheme.objects.followed_by(scope))
        told = Q(state=RoundState.PUBLISHED, scheme__in=Scheme.objects.visible_to(scope))
        return self.filter(followed | told)

    def kept_by(self, scope: Scope) -> Self:
        """Keep those the person's office runs."""
        return self.filter(scheme__in=Scheme.objects.kept_by(scope))

    def published(self) -> Self:
        """Keep those whose result is public."""
        return self.filter(state=RoundState.PUBLISHED)


class Round(Vouched):
    """One assessment of one period on one issued edition, from the first mark to the publication.

    `as_of` is the business date whose knowledge of figures the next run takes. `reply_until` is
    the last day on which the assessed may appeal. `result` is the run that counts: the first mark,
    then what the second check confirmed.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds", verbose_name="方案")
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="rounds", verbose_name="方案版本"
    )
    period = models.CharField("考核期", max_length=12)
    as_of = models.DateField("数据截至")
    state = models.CharField(
        "状态", max_length=10, choices=RoundState, default=RoundState.GATHERING
    )
    opened = models.DateField("开始")
    gather_until = models.DateField("自评和评分截止", null=True, blank=True)
    reply_until = models.DateField("申诉截止", null=True, blank=True)
    result = models.ForeignKey(
        "Run", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果"
    )
    published = models.DateField("公布日期", null=True, blank=True)
    document = models.CharField("通报文号", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "考核"
        ordering: ClassVar = ["-opened", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "period"],
                condition=~Q(state=RoundState.REVOKED),
                name="one_round_a_scheme_and_period",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.PUBLISHED)
                | Q(result__isnull=False, published__isnull=False),
                name="a_published_round_has_its_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.name} {self.period}"

    @property
    def is_open(self) -> bool:
        """Whether self-scores, evidence and marks still come in."""
        return self.state == RoundState.GATHERING

    @property
    def is_published(self) -> bool:
        """Whether everybody may read the result."""
        return self.state == RoundState.PUBLISHED

    def takes_appeals(self, today: date) -> bool:
        """Whether the assessed may appeal on the day; the last day counts."""
        is_in_time = self.reply_until is not None and today <= self.reply_until
        return self.state == RoundState.REPLY and is_in_time


class Run(Said):
    """One scoring: the rules, the frozen facts and the result, byte for byte.

    `inputs` is the JSON of `assessment.queries.snapshots`, `result` the JSON of the scheme
    language's page; `rules` is the digest of the edition's text, `engine` the version that
    reckoned. Whoever may read it can reckon it anew and must come to the same bytes.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs", verbose_name="考核")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="方案版本")
    number = models.PositiveSmallIntegerField("次")
    purpose = models.CharField("用途", max_length=6, choices=Purpose)
    period = models.CharField("考核期", max_length=12)
    as_of = models.DateField("数据截至")
    rules = models.CharField("方案SHA-256", max_length=64)
    inputs = models.TextField("数据")
    inputs_digest = models.CharField("数据SHA-256", max_length=64)
    result = models.TextField("结果")
    result_digest = models.CharField("结果SHA-256", max_length=64)
    engine = models.CharField("引擎版本", max_length=20)
    note = models.CharField("说明", max_length=200, blank=True)

    sealed_fields = (
        "round__scheme__code", "edition__number", "number", "purpose", "period", "as_of", "rules",
        "inputs", "inputs_digest", "result", "result_digest", "engine", "note", *SAID,
    )  # fmt: skip

    class Meta:
        verbose_name = "测算"
        ordering: ClassVar = ["round", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="one_run_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.round} 第{self.number}次{self.get_purpose_display()}"

    def read(self) -> Mapping[str, Any]:
        """Give the result as the engine printed it."""
        read: dict[str, Any] = json.loads(self.result)
        return read


class RunRow(Said):
    """One unit's place in a run, for lists and later parts; the reasons stand in the run.

    `unit` is empty for a working group; `code` is the key in facts and result.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="rows", verbose_name="测算")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    code = models.CharField("编码", max_length=30)
    name = models.CharField("名称", max_length=60)
    group = models.CharField("类别", max_length=30, blank=True)
    total = ExactDecimalField("总分", null=True)
    rank = models.PositiveIntegerField("位次", null=True)
    of = models.PositiveIntegerField("参加排名", default=0)
    grade = models.CharField("等次", max_length=20, blank=True)
    eligible = models.BooleanField("可参评", default=True)

    sealed_fields = (
        "run__number", "run__result_digest", "unit__code", "code", "name", "group", "total",
        "rank", "of", "grade", "eligible", *SAID,
    )  # fmt: skip

    class Meta:
        verbose_name = "得分"
        ordering: ClassVar = ["run", "group", models.F("rank").asc(nulls_last=True), "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "code"], name="one_row_a_unit_and_run")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.total}"


class Job(models.Model):
    """A run that was asked for and how far it is. It decides nothing and is held by nothing."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="jobs", verbose_name="考核")
    purpose = models.CharField("用途", max_length=6, choices=Purpose)
    as_of = models.DateField("数据截至")
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=JobState, default=JobState.QUEUED)
    share = models.PositiveSmallIntegerField("进度（%）", default=0)
    stage = models.CharField("正在做", max_length=60, blank=True)
    asked_by = models.CharField("谁", max_length=60)
    asked = models.DateTimeField("何时")
    started = models.DateTimeField("开始", null=True)
    ended = models.DateTimeField("结束", null=True)
    problems = models.JSONField("问题", default=list)
    run = models.ForeignKey(
        Run, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="测算"
    )

    class Meta:
        verbose_name = "测算任务"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.get_state_display()}"


class RoundStep(Said):
    """What somebody did about a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps", verbose_name="考核")
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name="测算"
    )
    act = models.CharField("办理", max_length=10, choices=RoundAct)
    note = models.CharField("意见", max_length=300, blank=True)

    sealed_fields = (
        "round__scheme__code", "round__period", "run__number", "run__result_digest", "act",
        "note", *SAID,
    )  # fmt: skip

    class Meta:
        verbose_name = "考核办理"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.get_act_display()}"
