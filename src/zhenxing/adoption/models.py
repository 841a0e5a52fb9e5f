"""Items read in papers, what was decided about them, and where they went."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.adoption.choices import Home, IntakeState, ItemKind, Verdict
from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import Paper, PaperReading
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import Unit
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope

SAID_BY = ("by", "by_name", "recorded", "business_date")


class Intake(models.Model):
    """A paper that is being read, and how far that is; the reading itself is sealed."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="intakes", verbose_name="来文")
    state = models.CharField("状态", max_length=8, choices=IntakeState, default=IntakeState.QUEUED)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    stage = models.CharField("在做什么", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("按哪年读", null=True, blank=True)
    encoding = models.CharField("文字编码", max_length=10, blank=True)
    problems = models.JSONField("问题", default=list)
    asked_by = models.CharField("谁要读", max_length=60)
    asked = models.DateTimeField("何时")
    reading = models.ForeignKey(
        PaperReading, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="读文"
    )

    class Meta:
        verbose_name = "读文进度"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.paper} {self.get_state_display()}"


class ItemQuerySet(models.QuerySet["Item"]):
    """Sets of items."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the items of papers the person may read."""
        return self.filter(reading__paper__in=Paper.objects.visible_to(scope))


class Item(Vouched):
    """One thing read in a paper, tied to its characters, with what a person decided about it.

    `start`, `end` and `quote` never change: `text[start:end] == quote`. `said` is the thing as
    the reader gave it (`results.Fact`, `Group`, `Deadline`, `Task`, `Project` or a problem, as
    JSON) and never changes either; the columns beside it are what a person made of it. `split_of`
    is the item a part was split from. `number` is the mark beside the text, from 1.
    """

    reading = models.ForeignKey(
        PaperReading, models.PROTECT, related_name="items", verbose_name="读文"
    )
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=8, choices=ItemKind)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    quote = models.CharField("原文", max_length=500)
    section = models.CharField("所在", max_length=120, blank=True)
    said = models.JSONField("读出", default=dict)
    doubt = models.CharField("疑问", max_length=300, blank=True)
    split_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆自"
    )

    subject = models.CharField("事", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指标"
    )
    comparator = models.CharField("关系", max_length=2, blank=True)
    value = ExactDecimalField("值", null=True, blank=True)
    high = ExactDecimalField("上限", null=True, blank=True)
    measure = models.CharField("计量单位", max_length=20, blank=True)
    masked = models.BooleanField("未公开", default=False)
    is_growth = models.BooleanField("是增速", default=False)
    period = models.CharField("期间", max_length=10, blank=True)

    verdict = models.CharField("处理", max_length=8, choices=Verdict, default=Verdict.OPEN)
    note = models.CharField("意见", max_length=300, blank=True)
    edition = models.PositiveIntegerField("稿次", default=1)
    decided_by = models.CharField("处理人", max_length=60, blank=True)
    decided_name = models.CharField("处理人（姓名单位）", max_length=80, blank=True)
    decided_on = models.DateField("处理日期", null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "读出的事"
        ordering: ClassVar = ["reading", "number", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.OPEN, decided_by="")
                | (~Q(verdict=Verdict.OPEN) & ~Q(decided_by="")),
                name="a_decided_item_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="a_span_does_not_run_backwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Placement(Sealed):
    """Where an accepted item went: the tie from a target or figure back to the paper's words.

    `unit`, `indicator`, `period` (of a target: its year) and `aspect` (a target's kind, else
    empty) are the place; `reference` is the issue, submission or code it was written into.
    """

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="placements", verbose_name="读出的事"
    )
    home = models.CharField("去处", max_length=10, choices=Home)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="+", verbose_name="指标"
    )
    period = models.CharField("期间", max_length=10, blank=True)
    aspect = models.CharField("目标类型", max_length=8, blank=True)
    written = models.CharField("写成", max_length=80)
    value = ExactDecimalField("值", null=True)
    reference = models.CharField("编号", max_length=60, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "item_id", "home", "unit__code", "indicator__code", "period", "aspect", "written", "value",
        "reference", *SAID_BY,
    )  # fmt: skip

    class Meta:
        verbose_name = "采纳去处"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "indicator", "period"])]

    def __str__(self) -> str:
        return f"{self.item} {self.get_home_display()}"


class FollowUp(Sealed):
    """What followed from an incoming paper, in a person's words, with where it may be seen."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="followups", verbose_name="来文")
    words = models.CharField("办理情况", max_length=300)
    address = models.CharField("在哪里看", max_length=200, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = ("paper_id", "words", "address", *SAID_BY)

    class Meta:
        verbose_name = "办理情况"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.words
