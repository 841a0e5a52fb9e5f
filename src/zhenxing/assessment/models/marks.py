"""Judged marks: who rates an item, what each gave, blind until all are in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zhenxing.assessment.models.rounds import Round
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.audit.models import Vouched


class Panel(Vouched):
    """The raters of one item of a round. Closed once all are in, or by the office with a reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="panels", verbose_name="考核")
    item = models.CharField("考核项", max_length=60)
    due = models.DateField("评分截止", null=True, blank=True)
    closed = models.DateField("结束", null=True, blank=True)
    reason = models.CharField("提前结束的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "评分组"
        ordering: ClassVar = ["round", "item"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "item"], name="one_panel_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.item}"


class Rater(Vouched):
    """A person who rates for a panel. `recused` are codes of units the person does not rate."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="raters", verbose_name="评分组")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评委"
    )
    rater_class = models.CharField("评委类别", max_length=30, blank=True)
    recused = models.JSONField("回避的单位", default=list)

    class Meta:
        verbose_name = "评委"
        ordering: ClassVar = ["panel", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "person"], name="one_seat_a_rater")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.panel}"


class Mark(Said):
    """What a rater gave a unit: a number or a grade word as written; the latest version counts."""

    rater = models.ForeignKey(Rater, models.PROTECT, related_name="marks", verbose_name="评委")
    code = models.CharField("单位编码", max_length=30)
    version = models.PositiveSmallIntegerField("版")
    value = models.CharField("评分", max_length=20)
    note = models.CharField("理由", max_length=300, blank=True)

    sealed_fields = (
        "rater__panel__round__scheme__code", "rater__panel__round__period", "rater__panel__item",
        "rater__person__username", "rater__rater_class", "code", "version", "value", "note", *SAID,
    )  # fmt: skip

    class Meta:
        verbose_name = "评分"
        ordering: ClassVar = ["rater", "code", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rater", "code", "version"], name="one_version_of_a_mark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class MarkSheet(Said):
    """A rater has handed in all marks of a panel; nothing is changed after it."""

    rater = models.OneToOneField(Rater, models.PROTECT, related_name="sheet", verbose_name="评委")

    sealed_fields = (
        "rater__panel__round__scheme__code", "rater__panel__round__period", "rater__panel__item",
        "rater__person__username", *SAID,
    )  # fmt: skip

    class Meta:
        verbose_name = "交卷"

    def __str__(self) -> str:
        return f"{self.rater}"
