"""The dictionary of indicators, the targets set on them, and every figure ever known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, cast

from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import File
from zhenxing.engine.targets import Target as Aim
from zhenxing.indicators.choices import (
    Absent,
    Comparator,
    Direction,
    Evidence,
    Kind,
    Nature,
    Reading,
    StandingChoice,
    TargetKind,
    VintageChoice,
)
from zhenxing.organisation.models import Unit, WorkingGroup
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.engine.targets import Comparator as EngineComparator
    from zhenxing.engine.targets import TargetKind as EngineKind
    from zhenxing.web.scope import Scope


RowT = TypeVar("RowT", bound=models.Model)


class IndicatorField(Vouched):
    """A field of work under which indicators stand together (农业生产, 招商引资 …)."""

    code = models.CharField("编码", max_length=30, unique=True)
    name = models.CharField("领域", max_length=30)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "领域"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class Curve(Vouched):
    """A plan curve other than the linear one: twelve cumulated percents with their basis."""

    code = models.CharField("编码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=60)
    shares = models.JSONField("各月累计占比")
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "计划曲线"

    def __str__(self) -> str:
        return self.name


class Indicator(Vouched):
    """One 指标: what it means, where it comes from, when it is published."""

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    field = models.ForeignKey(
        IndicatorField, models.PROTECT, related_name="indicators", verbose_name="领域"
    )
    measure = models.CharField("计量单位", max_length=20)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    kind = models.CharField("类型", max_length=8, choices=Kind)
    reading = models.CharField("月度数口径", max_length=12, choices=Reading)
    direction = models.CharField("方向", max_length=8, choices=Direction, default=Direction.HIGHER)
    nature = models.CharField("数据性质", max_length=12, choices=Nature)
    source = models.CharField("来源", max_length=20)
    lead = models.ForeignKey(
        Unit, models.PROTECT, related_name="led_indicators", verbose_name="主管部门"
    )
    definition = models.CharField("口径", max_length=300)
    growth = models.CharField("增速", max_length=10, default="computed")
    release = models.JSONField("发布日历")
    curve = models.ForeignKey(
        Curve, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="计划曲线"
    )
    rank_by = models.CharField("排名依据", max_length=12, default="completion")
    headline = models.PositiveSmallIntegerField("热力表次序", null=True, blank=True)
    leading = models.JSONField("先行指标", default=list)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="其中"
    )
    plausible_low = ExactDecimalField("合理下限", null=True, blank=True)
    plausible_high = ExactDecimalField("合理上限", null=True, blank=True)
    evidence = models.CharField("佐证", max_length=10, choices=Evidence, default=Evidence.OPTIONAL)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "指标"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class Synonym(Vouched):
    """Another name an indicator goes by in papers, taught by a person; the reader knows it then."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="synonyms", verbose_name="指标"
    )
    name = models.CharField("别名", max_length=60, unique=True)
    basis = models.CharField("出自", max_length=200)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    since = models.DateField("起")

    class Meta:
        verbose_name = "指标别名"
        ordering: ClassVar = ["indicator", "name"]

    def __str__(self) -> str:
        return self.name


class Charge(Vouched):
    """A working group answers for an indicator, and fills it in where the law lets it."""

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="charges", verbose_name="专班"
    )
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="charges", verbose_name="指标"
    )
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "指标分工"
        ordering: ClassVar = ["group", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "indicator"], name="one_charge_a_group_and_indicator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.indicator}"


class LampRules(Vouched):
    """The county's lamp rules as their YAML text, dated."""

    text = models.TextField("规则")
    basis = models.CharField("依据", max_length=120)
    since = models.DateField("起")

    class Meta:
        verbose_name = "亮灯规则"
        ordering: ClassVar = ["since"]

    def __str__(self) -> str:
        return self.basis


class UnitScoped(models.QuerySet[RowT]):
    """Rows that belong to a unit and an indicator."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the rows the person may read: all, a department's indicators, or the own units'."""
        if scope.reads_all_figures:
            return self
        return self.filter(
            Q(indicator__lead__code__in=scope.departments) | Q(unit__code__in=scope.units)
        )


class TargetQuerySet(UnitScoped["Target"]):
    """Sets of targets."""


class Target(Sealed):
    """An aim set by an act: one version, never changed, replaced only by the next."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets", verbose_name="单位")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name="指标"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("目标类型", max_length=8, choices=TargetKind)
    comparator = models.CharField("比较", max_length=2, choices=Comparator)
    value = ExactDecimalField("目标值", null=True)
    high = ExactDecimalField("上限", null=True)
    masked = models.BooleanField("未公开", default=False)
    no_task = models.BooleanField("无任务", default=False)
    text = models.CharField("原文", max_length=60, blank=True)
    document = models.CharField("文号", max_length=60)
    issued = models.DateField("下达")
    version = models.PositiveSmallIntegerField("版", default=1)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = TargetQuerySet.as_manager()

    sealed_fields = (
        "unit__code", "indicator__code", "year", "kind", "comparator", "value", "high",
        "masked", "no_task", "text", "document", "issued", "version", "reason",
    )  # fmt: skip

    class Meta:
        verbose_name = "目标任务"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "year", "kind", "version"],
                name="one_version_of_a_target",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(masked=True)
                | Q(no_task=True)
                | (Q(kind=TargetKind.GRADE) & ~Q(text="")),
                name="a_target_has_a_value_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator} {self.year}"

    @property
    def aim(self) -> Aim:
        """The target as the engine takes it."""
        return Aim(
            kind=cast("EngineKind", self.kind),
            comparator=cast("EngineComparator", self.comparator),
            value=self.value,
            high=self.high,
            masked=self.masked,
            no_task=self.no_task,
            text=self.text,
        )


class FigureQuerySet(UnitScoped["Figure"]):
    """Sets of figures."""

    def known_on(self, day: date) -> Self:
        """Keep what was known at the end of that business day."""
        return self.filter(business_date__lte=day)


class Figure(Sealed):
    """One value of one indicator, unit and period; a change is a new row."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="figures", verbose_name="单位")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name="指标"
    )
    period = models.CharField("期间", max_length=12)
    value = ExactDecimalField("数值", null=True)
    absent = models.CharField("无数原因", max_length=8, choices=Absent, blank=True)
    growth_given = ExactDecimalField("给出的同比（%）", null=True)
    standing = models.CharField("取值身份", max_length=12, choices=StandingChoice)
    vintage = models.CharField("版本", max_length=12, choices=VintageChoice)
    business_date = models.DateField("业务日期")
    recorded = models.DateTimeField("记入时刻")
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="文件"
    )
    cell = models.CharField("单元格", max_length=60, blank=True)
    document = models.CharField("依据", max_length=80, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = FigureQuerySet.as_manager()

    sealed_fields = (
        "unit__code", "indicator__code", "period", "value", "absent", "growth_given", "standing",
        "vintage", "business_date", "recorded", "by", "by_name", "file__sha256", "cell",
        "document", "reason",
    )  # fmt: skip

    class Meta:
        verbose_name = "数据"
        indexes: ClassVar = [
            models.Index(fields=["period", "indicator"], name="figure_period_indicator"),
            models.Index(fields=["unit", "indicator", "period"], name="figure_unit_indicator"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, absent="")
                | (Q(value__isnull=True) & ~Q(absent="")),
                name="a_figure_has_a_value_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator} {self.period}"
