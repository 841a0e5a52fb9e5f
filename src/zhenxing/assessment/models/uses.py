"""结果运用: rewards, commendations, talks, replacements, tolerance; as records, from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhenxing.assessment.choices import UseAct, UseKind, UseState
from zhenxing.assessment.models.rounds import Round
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.audit.models import Vouched
from zhenxing.documents.models import File
from zhenxing.organisation.models import Unit
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope


class UseQuerySet(models.QuerySet["Use"]):
    """Sets of uses of results."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: the own office's, all for the auditor, the own units'."""
        if scope.has("K", "X"):
            return self
        return self.filter(unit__code__in=scope.units)


class Use(Vouched):
    """One consequence of one published result for one unit; units only, never persons."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="uses", verbose_name="考核")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("考核对象编码", max_length=30)
    kind = models.CharField("类别", max_length=12, choices=UseKind)
    condition = models.CharField("条件", max_length=200)
    words = models.CharField("内容", max_length=300)
    amount = ExactDecimalField("金额（万元）", null=True, blank=True)
    document = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=UseState, default=UseState.PROPOSED)
    heard_on = models.DateField("听证日期", null=True, blank=True)
    hearing = models.CharField("听证情况", max_length=500, blank=True)
    proposed_by = models.CharField("提出人", max_length=60)
    proposed_on = models.DateField("提出日期")
    decided_by = models.CharField("批准人", max_length=60, blank=True)
    decided_on = models.DateField("批准日期", null=True, blank=True)
    done_on = models.DateField("兑现日期", null=True, blank=True)
    voucher = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="兑现凭据"
    )
    reason = models.CharField("撤销原因", max_length=200, blank=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = "结果运用"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=[UseState.APPROVED, UseState.DONE])
                | (~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
                name="two_persons_approve_a_use",
            ),
            models.CheckConstraint(
                condition=~Q(kind=UseKind.TOLERANCE, state__in=[UseState.APPROVED, UseState.DONE])
                | Q(heard_on__isnull=False),
                name="tolerance_is_heard_before_it_is_granted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"


class UseStep(Said):
    """What somebody did about a use of a result."""

    use = models.ForeignKey(Use, models.PROTECT, related_name="steps", verbose_name="结果运用")
    act = models.CharField("办理", max_length=10, choices=UseAct)
    note = models.CharField("意见", max_length=500, blank=True)

    sealed_fields = ("use_id", "use__code", "use__kind", "act", "note", *SAID)

    class Meta:
        verbose_name = "结果运用办理"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.use} {self.get_act_display()}"
