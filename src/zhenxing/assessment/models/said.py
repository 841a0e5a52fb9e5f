"""Who said something and when, as columns of what only grows."""

from __future__ import annotations

from django.db import models

from zhenxing.audit.models import Sealed

SAID = ("by", "by_name", "recorded", "business_date")


class Said(Sealed):
    """A sealed row that says who wrote it, at which moment and on which business date."""

    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    class Meta:
        abstract = True
