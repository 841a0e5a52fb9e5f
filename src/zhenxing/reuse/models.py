"""A form that another office asks for, what its cells take, and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import File
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import Unit
from zhenxing.reuse.choices import MOST_DECIMALS, OF_INDICATOR, Frequency, Item, Rule

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class TemplateQuerySet(models.QuerySet["Template"]):
    """Sets of forms."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the forms of the person's towns and departments; all for who reads every figure."""
        if scope.reads_all_figures:
            return self
        return self.filter(unit__code__in=scope.towns | scope.departments)


class Template(Vouched):
    """One office form as it was brought, and which unit fills it."""

    code = models.CharField("编号", max_length=30, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="office_forms", verbose_name="填表单位"
    )
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("表名", max_length=80)
    office = models.CharField("要表单位", max_length=60)
    frequency = models.CharField("频率", max_length=8, choices=Frequency, default=Frequency.MONTH)
    document = models.CharField("文号", max_length=60, blank=True)
    expires = models.DateField("有效期至", null=True, blank=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="空表")
    registered = models.DateField("登记日期")
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    stopped = models.DateField("停用", null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "外表"
        ordering: ClassVar = ["unit", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"], name="one_office_form_a_unit_and_number"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_expired(self, day: date) -> bool:
        """Whether the paper it is asked under no longer holds on the day."""
        return self.expires is not None and self.expires < day

    def state(self, day: date) -> str:
        """Say how it stands on the day."""
        if self.stopped is not None:
            return "已停用"
        return "已过期" if self.is_expired(day) else "在用"


class Mapped(Vouched):
    """What one cell takes; released, it stays as a row that takes nothing."""

    template = models.ForeignKey(
        Template, models.PROTECT, related_name="cells", verbose_name="外表"
    )
    sheet = models.CharField("工作表", max_length=40)
    cell = models.CharField("单元格", max_length=10)
    item = models.CharField("取什么", max_length=12, choices=Item)
    rule = models.CharField("期间", max_length=14, choices=Rule, default=Rule.TO_DATE)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指标"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    measure = models.CharField("计量单位", max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = "外表单元格"
        ordering: ClassVar = ["template", "sheet", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["template", "sheet", "cell"], name="one_meaning_an_office_form_cell"
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, unit__isnull=False)
                | ~Q(item__in=sorted(OF_INDICATOR)),
                name="a_figure_has_indicator_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=MOST_DECIMALS), name="office_form_decimals_are_few"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.place}"

    @property
    def place(self) -> str:
        """The cell with its sheet."""
        return f"{self.sheet}!{self.cell}"

    @property
    def words(self) -> str:
        """What the cell takes, in words."""
        said = Item(self.item).label
        if self.indicator is None:
            return said
        of = f"{self.unit}　" if self.unit_id != self.template.unit_id else ""
        return f"{of}{self.indicator}　{said}（{Rule(self.rule).label}）"

    @property
    def brief(self) -> str:
        """What the cell takes, short enough to stand in it."""
        is_usual = self.indicator is None or self.rule == Rule.TO_DATE
        return Item(self.item).label + ("" if is_usual else f"（{Rule(self.rule).label}）")


class Sent(Sealed):
    """What a form said when it went out: every value by its cell, and the file itself."""

    template = models.ForeignKey(
        Template, models.PROTECT, related_name="sendings", verbose_name="外表"
    )
    number = models.PositiveSmallIntegerField("第几次")
    period = models.CharField("期间", max_length=12)
    values = models.JSONField("各格的数")
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="报出的文件")
    office = models.CharField("报给", max_length=60)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    at = models.DateTimeField("何时")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "template__code", "number", "period", "values", "file__sha256", "office", "note", "by",
        "by_name", "at", "business_date",
    )  # fmt: skip

    class Meta:
        verbose_name = "外表报出"
        ordering: ClassVar = ["template", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="one_sending_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="sendings_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.period} 第{self.number}次"
