"""Claims: bonus, penalty, veto and counted matters, each with its paper and a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhenxing.assessment.choices import ClaimKind, ClaimState
from zhenxing.audit.models import Vouched
from zhenxing.documents.models import File
from zhenxing.organisation.models import Unit
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Sets of claims."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: all, the own departments', or those about own units."""
        if scope.has("K", "X"):
            return self
        return self.filter(
            Q(unit__code__in=scope.units)
            | Q(department__code__in=scope.departments)
            | Q(proposed_by=scope.username)
        )

    def known_on(self, day: date) -> Self:
        """Keep what stood as approved at the end of that business day."""
        return self.filter(state=ClaimState.APPROVED, decided_on__lte=day)


class Claim(Vouched):
    """One matter about one unit: approved by a second person it is an event of the engine.

    `number` is the event's id: one matter once, whatever its papers. `code` is the key of who is
    assessed (a unit's code, or a working group's), `unit` the unit it belongs to.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("考核对象编码", max_length=30)
    kind = models.CharField("类别", max_length=8, choices=ClaimKind)
    event = models.CharField("事项", max_length=40)
    day = models.DateField("发生日期")
    amount = ExactDecimalField("金额或数量", null=True, blank=True)
    words = models.CharField("情况", max_length=300)
    document = models.CharField("依据文号", max_length=60, blank=True)
    paper = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据"
    )
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出部门"
    )
    state = models.CharField("状态", max_length=10, choices=ClaimState, default=ClaimState.PROPOSED)
    proposed_by = models.CharField("提出人", max_length=60)
    proposed_name = models.CharField("提出人姓名", max_length=80)
    proposed_on = models.DateField("提出日期")
    decided_by = models.CharField("复核人", max_length=60, blank=True)
    decided_name = models.CharField("复核人姓名", max_length=80, blank=True)
    decided_on = models.DateField("复核日期", null=True, blank=True)
    remark = models.CharField("复核意见", max_length=200, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "事项认定"
        ordering: ClassVar = ["-day", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ClaimState.APPROVED)
                | (
                    ~Q(decided_by="")
                    & ~Q(decided_by=F("proposed_by"))
                    & Q(decided_on__isnull=False)
                ),
                name="two_persons_approve_a_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
