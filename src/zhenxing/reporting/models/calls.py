"""What the county asks for: every month of every group, and now and then something besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Vouched
from zhenxing.kernel.periods import Period
from zhenxing.kernel.wording import short_date
from zhenxing.reporting.choices import CallKind, CallState

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class CallQuerySet(models.QuerySet["Call"]):
    """Sets of calls."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the months, and of what is asked besides what concerns the person's own units."""
        if scope.sees_county:
            return self
        own = Q(proposed_by=scope.username) & ~Q(proposed_by="")
        asked = Q(pk__in=self.filter(submissions__group__unit__code__in=scope.units).values("pk"))
        return self.filter(Q(kind=CallKind.MONTHLY) | own | asked)


class Call(Vouched):
    """The county asks for one month; every group of every town hands in once.

    `code` stands in addresses and on forms: a month's call has its period there. A temporary call
    asks the groups it was made for about the indicators in `asked`, needs a second person's
    approval, and expires.
    """

    code = models.CharField("编号", max_length=16, unique=True)
    kind = models.CharField("类型", max_length=10, choices=CallKind, default=CallKind.MONTHLY)
    period = models.CharField("期间", max_length=12)
    title = models.CharField("名称", max_length=60, blank=True)
    opens = models.DateField("开始")
    due = models.DateField("截止")
    rule = models.JSONField("截止规则", default=dict, blank=True)
    asked = models.JSONField("所问指标", default=list, blank=True)
    groups = models.JSONField("所问专班", default=list, blank=True)
    reason = models.CharField("事由和依据", max_length=300, blank=True)
    expires = models.DateField("到期", null=True, blank=True)
    proposed_by = models.CharField("提出人", max_length=60, blank=True)
    approved_by = models.CharField("批准人", max_length=60, blank=True)
    refused = models.CharField("未批准的原因", max_length=300, blank=True)
    closing_proposed_by = models.CharField("提出关闭的人", max_length=60, blank=True)
    closing_proposed_on = models.DateField("提出关闭", null=True, blank=True)
    closed_on = models.DateField("关闭", null=True, blank=True)
    closing_entry = models.BigIntegerField("关闭时的账本序号", null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "填报任务"
        ordering: ClassVar = ["-period", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(kind=CallKind.MONTHLY),
                name="one_monthly_call_a_period",
            ),
            models.CheckConstraint(
                condition=Q(kind=CallKind.MONTHLY) | Q(expires__isnull=False),
                name="a_temporary_call_expires",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def month(self) -> Period:
        """The month it asks for."""
        return Period.parse(self.period)

    @property
    def name(self) -> str:
        """What it is called: the month, and the title of what was asked besides."""
        return f"{self.month.label} {self.title}" if self.title else f"{self.month.label}填报"

    @property
    def is_temporary(self) -> bool:
        """Whether it was made once, besides the months."""
        return self.kind == CallKind.TEMPORARY

    def state(self, today: date) -> CallState:
        """Say whether the month is open on the business day."""
        if self.is_temporary and not self.approved_by:
            return CallState.REFUSED if self.refused else CallState.PROPOSED
        if self.expires is not None and today > self.expires:
            return CallState.EXPIRED
        if self.closed_on is not None:
            return CallState.CLOSED
        return CallState.OPEN if self.opens <= today else CallState.PLANNED

    def countdown(self, today: date) -> str:
        """Say how the month stands to its deadline on the business day."""
        if self.closed_on is not None:
            return f"已于{short_date(self.closed_on)}关闭"
        state = self.state(today)
        if state not in {CallState.OPEN, CallState.PLANNED}:
            return state.label
        if today < self.opens:
            return f"{short_date(self.opens)}开始，{short_date(self.due)}24时截止"
        return countdown(self.due, today)


def countdown(due: date, today: date) -> str:
    """Say how far a last day is from the business day."""
    days = (due - today).days
    if days < 0:
        return f"{short_date(due)}已截止{-days}天，仍收表，记为逾期"
    left = f"还有{days}天" if days else "就是今天"
    return f"{short_date(due)}24时截止，{left}"
