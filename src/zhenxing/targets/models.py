"""Issues of targets, what was said about them, breakdowns, labels, lines of responsibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.indicators.models import Indicator, Target
from zhenxing.organisation.models import Unit, WorkingGroup
from zhenxing.store.fields import ExactDecimalField
from zhenxing.targets.choices import Axis, IssueState, LabelKind, Manner, Step, Thing, Way

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope

SAID_BY = ("by", "by_name", "recorded", "business_date")


class IssueQuerySet(models.QuerySet["Issue"]):
    """Sets of issues."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may open: all, or those of one's own department."""
        if scope.reads_all_figures:
            return self
        return self.filter(department__code__in=scope.departments)


class Issue(Vouched):
    """One 下达: document, dates, lines. A draft counts for nothing until a second person approves.

    `lines` are objects of `unit, indicator, kind, comparator, written`: what a cell said, kept as
    it was written. `hands` are the usernames of all who wrote in it; none of them approves it.
    """

    document = models.CharField("文号", max_length=60)
    issued = models.DateField("下达日期")
    year = models.PositiveSmallIntegerField("年度")
    note = models.CharField("说明", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    lines = models.JSONField("各项", default=list)
    state = models.CharField("状态", max_length=10, choices=IssueState, default=IssueState.DRAFT)
    edition = models.PositiveIntegerField("稿次", default=1)
    hands = models.JSONField("经手人", default=list)
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出部门"
    )
    proposed_by = models.CharField("提请人", max_length=60, blank=True)
    proposed_name = models.CharField("提请人姓名", max_length=80, blank=True)
    decided_by = models.CharField("批准人", max_length=60, blank=True)
    decided_name = models.CharField("批准人姓名", max_length=80, blank=True)
    decided_on = models.DateField("批准日期", null=True, blank=True)
    remark = models.CharField("退回意见", max_length=200, blank=True)
    entry = models.BigIntegerField("下达时的账本序号", null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "目标下达"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=IssueState.APPROVED)
                | (~Q(decided_by="") & ~Q(proposed_by="") & ~Q(decided_by=F("proposed_by"))),
                name="two_persons_issue_a_target",
            ),
            models.CheckConstraint(
                condition=Q(state=IssueState.APPROVED, entry__isnull=False)
                | (~Q(state=IssueState.APPROVED) & Q(entry__isnull=True)),
                name="an_approved_issue_has_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return self.document

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written in."""
        return self.state == IssueState.DRAFT

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for the second person."""
        return self.state == IssueState.PROPOSED

    @property
    def is_approved(self) -> bool:
        """Whether its targets count."""
        return self.state == IssueState.APPROVED


class Acknowledgement(Sealed):
    """A town leader has taken note of one version of a target (签收)."""

    target = models.OneToOneField(
        Target, models.PROTECT, related_name="acknowledgement", verbose_name="目标"
    )
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "target__unit__code", "target__indicator__code", "target__year", "target__kind",
        "target__version", *SAID_BY,
    )  # fmt: skip

    class Meta:
        verbose_name = "目标签收"

    def __str__(self) -> str:
        return f"{self.target} {self.by_name}"


class Breakdown(Sealed):
    """One version of how one version of a target is broken down along an axis.

    `proposed` ones count only once somebody with the right has adopted them. `remainder` is what
    the parts leave of the target; none where each part stands alone.
    """

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="breakdowns", verbose_name="目标"
    )
    axis = models.CharField("分解", max_length=8, choices=Axis)
    version = models.PositiveSmallIntegerField("版")
    way = models.CharField("方法", max_length=8, choices=Way)
    manner = models.CharField("合成", max_length=6, choices=Manner)
    proposed = models.BooleanField("待采纳", default=False)
    remainder = ExactDecimalField("余数", null=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "target__unit__code", "target__indicator__code", "target__year", "target__kind",
        "target__version", "axis", "version", "way", "manner", "proposed", "remainder", "reason",
        *SAID_BY,
    )  # fmt: skip

    class Meta:
        verbose_name = "目标分解"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "axis", "version"], name="one_version_of_a_breakdown"
            ),
            models.CheckConstraint(
                condition=Q(manner=Manner.EACH, remainder__isnull=True)
                | (~Q(manner=Manner.EACH) & Q(remainder__isnull=False)),
                name="a_breakdown_says_what_is_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.get_axis_display()}"


class Part(Sealed):
    """One part of a breakdown: its share of the target, with measures, deadline and person."""

    breakdown = models.ForeignKey(
        Breakdown, models.PROTECT, related_name="parts", verbose_name="分解"
    )
    key = models.CharField("编码", max_length=60)
    name = models.CharField("名称", max_length=80)
    position = models.PositiveSmallIntegerField("次序")
    value = ExactDecimalField("任务数")
    measures = models.CharField("措施", max_length=200, blank=True)
    deadline = models.DateField("完成时限", null=True)
    person = models.CharField("责任人", max_length=60, blank=True)

    sealed_fields = (
        "breakdown_id", "breakdown__axis", "breakdown__version", "key", "name", "position",
        "value", "measures", "deadline", "person",
    )  # fmt: skip

    class Meta:
        verbose_name = "分解各项"
        ordering: ClassVar = ["breakdown", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breakdown", "key"], name="one_part_a_key")
        ]

    def __str__(self) -> str:
        return self.name


class BreakdownStep(Sealed):
    """What somebody did about a breakdown: adopted, returned, signed; once each."""

    breakdown = models.ForeignKey(
        Breakdown, models.PROTECT, related_name="steps", verbose_name="分解"
    )
    step = models.CharField("步骤", max_length=10, choices=Step)
    note = models.CharField("意见", max_length=200, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "breakdown_id", "breakdown__target__unit__code", "breakdown__target__indicator__code",
        "breakdown__axis", "breakdown__version", "step", "note", *SAID_BY,
    )  # fmt: skip

    class Meta:
        verbose_name = "分解办理"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breakdown", "step"], name="each_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.breakdown} {self.get_step_display()}"


class Label(Vouched):
    """A programme or a chain that cuts across fields: 四大产业, 天麻产业链."""

    code = models.CharField("编码", max_length=30, unique=True)
    kind = models.CharField("类别", max_length=10, choices=LabelKind)
    name = models.CharField("名称", max_length=60)
    basis = models.CharField("依据", max_length=120)
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头部门"
    )
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "专项和产业链"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class LabelTie(Vouched):
    """A label on a thing, named by its kind and code, so that later parts may be labelled too."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="ties", verbose_name="标签")
    thing = models.CharField("对象", max_length=12, choices=Thing)
    code = models.CharField("编码", max_length=40)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "标签所及"
        ordering: ClassVar = ["label", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "thing", "code"], name="one_tie_a_thing")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.code}"


class GradeQuota(Vouched):
    """The greatest share of units that may have a grade or a better one, in percent."""

    grade = models.CharField("等次", max_length=10, unique=True)
    share = ExactDecimalField("名额（%）")
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "等次名额"

    def __str__(self) -> str:
        return self.grade


class ResponsibilityQuerySet(models.QuerySet["ResponsibilityLine"]):
    """Sets of lines of responsibility."""

    def valid_on(self, day: date) -> Self:
        """Keep the lines that hold on the day; `until` is their last day."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class ResponsibilityLine(Vouched):
    """Who answers for an indicator of a unit: in whole, first, directly; by which group."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="responsibility", verbose_name="指标"
    )
    whole = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="分管领导（负总责）",
    )  # fmt: skip
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="第一责任人",
    )  # fmt: skip
    direct = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="直接责任人",
    )  # fmt: skip
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专班"
    )
    document = models.CharField("文号", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "责任链条"
        ordering: ClassVar = ["unit", "indicator", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "since"], name="one_line_a_day_it_begins"
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator"],
                condition=Q(until__isnull=True),
                name="one_open_line_of_responsibility",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_line_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=False) | Q(first__isnull=False) | Q(direct__isnull=False),
                name="a_line_names_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator}"
