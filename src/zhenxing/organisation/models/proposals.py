"""What one person proposes and a second one decides."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenxing.audit.models import Vouched
from zhenxing.organisation.choices import Decision


class Proposed(Vouched):
    """Who proposed when, who decided when and how; whoever proposed never approves."""

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时刻")
    decision = models.CharField("状态", max_length=10, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="复核人",
    )
    decided_at = models.DateTimeField("复核时刻", null=True, blank=True)
    answer = models.CharField("复核意见", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision=Decision.PENDING, decided_by__isnull=True)
                | (~Q(decision=Decision.PENDING) & Q(decided_by__isnull=False)),
                name="%(class)s_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.APPROVED) | ~Q(decided_by=F("proposed_by")),
                name="%(class)s_approved_by_another",
            ),
        ]

    @property
    def is_pending(self) -> bool:
        """Whether a second person still has to decide."""
        return self.decision == Decision.PENDING
