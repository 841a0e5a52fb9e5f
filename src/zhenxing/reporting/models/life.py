"""What was done to a submission, line by line: reviews, signatures, returns, confirmations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.indicators.models import Indicator
from zhenxing.reporting.choices import ExtensionState, Move, ReturnReason, Status
from zhenxing.reporting.models.submissions import Submission, Version
from zhenxing.store.fields import ExactDecimalField

WHO = ("by", "by_name", "role", "at", "business_date")


class Signed(Sealed):
    """A sealed line with who wrote it, as what, and when."""

    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    role = models.CharField("角色", max_length=1)
    at = models.DateTimeField("何时")
    business_date = models.DateField("业务日期")

    class Meta:
        abstract = True


class Step(Signed):
    """One move of a submission; a hand-in is its version and has no step."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="steps", verbose_name="填报"
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="steps", verbose_name="对哪一版"
    )
    move = models.CharField("动作", max_length=10, choices=Move)
    before = models.CharField("之前", max_length=12, choices=Status)
    after = models.CharField("之后", max_length=12, choices=Status)
    reason = models.CharField("退回原因", max_length=12, choices=ReturnReason, blank=True)
    text = models.TextField("意见", blank=True)

    sealed_fields = (
        "submission__call__code", "submission__group__code", "version__receipt", "move", "before",
        "after", "reason", "text", *WHO,
    )  # fmt: skip

    class Meta:
        verbose_name = "办理记录"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(move=Move.RETURN) | (~models.Q(reason="") & ~models.Q(text="")),
                name="a_return_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.get_move_display()}"


class Confirmation(Signed):
    """The lead department's own value beside the town's; the confirmed one counts."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="confirmations", verbose_name="填报"
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="confirmations", verbose_name="对哪一版"
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="指标")
    period = models.CharField("期间", max_length=12)
    reported = ExactDecimalField("镇里报的数", null=True)
    value = ExactDecimalField("核定的数")
    reason = models.CharField("与报数不同的原因", max_length=200, blank=True)

    sealed_fields = (
        "submission__call__code", "submission__group__code", "version__receipt",
        "indicator__code", "period", "reported", "value", "reason", *WHO,
    )  # fmt: skip

    class Meta:
        verbose_name = "核定"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reported=models.F("value"), reported__isnull=False)
                | ~models.Q(reason=""),
                name="another_value_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.indicator}"


class Urging(Signed):
    """An office urged a group to hand in; `read_at` on its mark says that it arrived."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="urgings", verbose_name="填报"
    )
    text = models.CharField("内容", max_length=200)

    sealed_fields = ("submission__call__code", "submission__group__code", "text", *WHO)

    class Meta:
        verbose_name = "催报"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} 催报"


class UrgingRead(Signed):
    """A reporter has seen an urging."""

    urging = models.ForeignKey(Urging, models.PROTECT, related_name="readings", verbose_name="催报")

    sealed_fields = ("urging_id", *WHO)

    class Meta:
        verbose_name = "催报已读"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.urging} 已读"


class Extension(Vouched):
    """A wish for more days, asked before the day; two offices say yes, or one says no."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="extensions", verbose_name="填报"
    )
    until = models.DateField("延到")
    reason = models.CharField("原因", max_length=200)
    state = models.CharField("状态", max_length=10, choices=ExtensionState)
    asked_by = models.CharField("申请人", max_length=60)
    asked_by_name = models.CharField("申请人（姓名单位）", max_length=80)
    asked_on = models.DateField("申请日")
    proposed_by = models.CharField("镇里同意的人", max_length=60, blank=True)
    proposed_by_name = models.CharField("镇里同意的人（姓名单位）", max_length=80, blank=True)
    decided_by = models.CharField("批准人", max_length=60, blank=True)
    decided_by_name = models.CharField("批准人（姓名单位）", max_length=80, blank=True)
    decided_on = models.DateField("批准日", null=True, blank=True)
    answer = models.CharField("批复", max_length=200, blank=True)

    class Meta:
        verbose_name = "延期"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(state__in=["asked", "proposed"]),
                name="one_open_extension_a_submission",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} 延到{self.until}"


class Ruling(Signed):
    """The assessment office ruled on the lateness of a form that was filled offline."""

    version = models.OneToOneField(
        Version, models.PROTECT, related_name="ruling", verbose_name="哪一版"
    )
    counts_as_on_time = models.BooleanField("视为按时")
    reason = models.CharField("理由", max_length=200)

    sealed_fields = ("version__receipt", "counts_as_on_time", "reason", *WHO)

    class Meta:
        verbose_name = "迟交认定"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.version} 认定"
