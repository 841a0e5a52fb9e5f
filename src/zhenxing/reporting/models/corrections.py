"""The only way to change a number after its month is closed: a slip with four signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import File
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.organisation.models import Unit, WorkingGroup
from zhenxing.reporting.choices import ReturnReason, SlipMove, SlipState
from zhenxing.reporting.models.life import WHO, Signed
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope


class SlipQuerySet(models.QuerySet["CorrectionSlip"]):
    """Sets of correction slips."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the slips of the person's units, a department's those of its indicators."""
        if scope.reads_all_figures:
            return self
        return self.filter(
            Q(unit__code__in=scope.units) | Q(indicator__lead__code__in=scope.departments)
        )


class CorrectionSlip(Vouched):
    """更正单: old value, new value, reason, evidence, and how far its signatures have come."""

    number = models.CharField("编号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="+", verbose_name="专班")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="指标")
    period = models.CharField("期间", max_length=12)
    figure = models.ForeignKey(
        Figure, models.PROTECT, null=True, related_name="+", verbose_name="原来作数的一条"
    )
    old = ExactDecimalField("原数", null=True)
    new = ExactDecimalField("新数")
    reason = models.CharField("更正原因", max_length=300)
    state = models.CharField("状态", max_length=10, choices=SlipState)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "更正单"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "period"],
                condition=Q(state__in=["proposed", "signed", "verified"]),
                name="one_open_slip_a_figure",
            )
        ]

    def __str__(self) -> str:
        return self.number


class SlipStep(Signed):
    """One signature on a slip, or the refusal that ends it."""

    slip = models.ForeignKey(
        CorrectionSlip, models.PROTECT, related_name="steps", verbose_name="更正单"
    )
    move = models.CharField("动作", max_length=10, choices=SlipMove)
    reason = models.CharField("原因", max_length=12, choices=ReturnReason, blank=True)
    text = models.TextField("意见", blank=True)

    sealed_fields = ("slip__number", "move", "reason", "text", *WHO)

    class Meta:
        verbose_name = "更正单签署"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.slip} {self.get_move_display()}"


class SlipEvidence(Sealed):
    """A paper behind a correction."""

    slip = models.ForeignKey(
        CorrectionSlip, models.PROTECT, related_name="evidence", verbose_name="更正单"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="文件")

    sealed_fields = ("slip__number", "file__sha256")

    class Meta:
        verbose_name = "更正佐证"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.slip} {self.file}"
