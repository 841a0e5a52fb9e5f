"""When rounds begin by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhenxing.assessment.choices import Every
from zhenxing.assessment.models.schemes import Scheme
from zhenxing.audit.models import Vouched


class Schedule(Vouched):
    """A scheme's rhythm: so many days after the period's end a round begins and is first run."""

    scheme = models.OneToOneField(
        Scheme, models.PROTECT, related_name="schedule", verbose_name="方案"
    )
    every = models.CharField("多久一次", max_length=8, choices=Every)
    days_after = models.PositiveSmallIntegerField("期满后几日")
    gather_days = models.PositiveSmallIntegerField("自评和评分几日", default=5)
    reply_days = models.PositiveSmallIntegerField("申诉几日", default=5)
    since = models.DateField("起")
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "考核排期"
        ordering: ClassVar = ["scheme"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.get_every_display()}"
