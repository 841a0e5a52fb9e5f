"""Which days are worked, and what is proposed to change about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhenxing.audit.models import Vouched
from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation.choices import CalendarMatter
from zhenxing.organisation.models.proposals import Proposed


class CalendarDay(Vouched):
    """A day that is not what its weekday says: a holiday or a make-up workday."""

    day = models.DateField("日期", primary_key=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=30)
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = "调休"
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(Vouched):
    """Whether a year's holidays have been announced."""

    year = models.PositiveSmallIntegerField("年", primary_key=True)
    announced = models.BooleanField("已公布")
    basis = models.CharField("依据", max_length=80, blank=True)

    class Meta:
        verbose_name = "放假安排"
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarProposal(Proposed):
    """A year's holidays, or the due rule, as one person wants them and a second may approve.

    `content` is the whole of it as it would stand: `{"announced": …, "days": [[day, worked, name],
    …]}` for a year, the words of `Site.due_rule` for the rule.
    """

    matter = models.CharField("事项", max_length=10, choices=CalendarMatter)
    year = models.PositiveSmallIntegerField("年", null=True, blank=True)
    content = models.JSONField("内容")
    basis = models.CharField("依据", max_length=120)

    class Meta(Proposed.Meta):
        verbose_name = "日历申请"

    @property
    def rule(self) -> DueRule:
        """The due rule that is proposed."""
        said = self.content
        return DueRule(
            day=said["day"],
            inclusive=said["inclusive"],
            on_rest_day=said["on_rest_day"],
            months_after=said["months_after"],
        )

    def __str__(self) -> str:
        return (
            f"{self.year}年{self.get_matter_display()}"
            if self.year
            else str(self.get_matter_display())
        )
