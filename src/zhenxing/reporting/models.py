"""A month's call, each group's submission, its versions, and uploads waiting to be handed in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import File
from zhenxing.kernel.wording import short_date
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting.choices import CallState, Status

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class Call(Vouched):
    """The county asks for one month; every group of every town hands in once."""

    period = models.CharField("期间", max_length=12, unique=True)
    opens = models.DateField("开始")
    due = models.DateField("截止")
    closed_on = models.DateField("关闭", null=True, blank=True)
    closing_entry = models.BigIntegerField("关闭时的账本序号", null=True, blank=True)

    class Meta:
        verbose_name = "填报任务"
        ordering: ClassVar = ["-period"]

    def __str__(self) -> str:
        return self.period

    def state(self, today: date) -> CallState:
        """Say whether the month is open on the business day."""
        if self.closed_on is not None:
            return CallState.CLOSED
        return CallState.OPEN if self.opens <= today else CallState.PLANNED

    def countdown(self, today: date) -> str:
        """Say how the month stands to its deadline on the business day."""
        if self.closed_on is not None:
            return f"已于{short_date(self.closed_on)}关闭"
        if today < self.opens:
            return f"{short_date(self.opens)}开始，{short_date(self.due)}24时截止"
        days = (self.due - today).days
        if days < 0:
            return f"{short_date(self.due)}已截止{-days}天，仍收表，记为逾期"
        left = f"还有{days}天" if days else "就是今天"
        return f"{short_date(self.due)}24时截止，{left}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Sets of submissions."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the submissions of the person's towns; those of all for who reads every figure.

        A department or an administrator reads none: beside a post in a town that adds nothing.
        """
        if scope.reads_all_figures:
            return self
        return self.filter(group__unit__code__in=scope.towns)

    def with_uploads(self) -> Self:
        """Say of each whether somebody has begun it; its `stage` asks for that."""
        uploads = Upload.objects.filter(submission=OuterRef("pk"))
        return self.annotate(has_upload=Exists(uploads))


class Submission(Vouched):
    """One group's hand-in for one month."""

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="submissions", verbose_name="填报任务"
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="submissions", verbose_name="专班"
    )
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.NOT_STARTED)
    latest = models.PositiveSmallIntegerField("最新版", default=0)

    has_upload: bool  # where the set was asked `with_uploads`

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "填报"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "group"], name="one_submission_a_group_and_call"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.group}"

    @property
    def stage(self) -> Status:
        """Where it stands; an upload is no act and changes nothing here, it only makes a draft."""
        stored = Status(self.status)
        return Status.DRAFT if stored is Status.NOT_STARTED and self.has_upload else stored


class Version(Sealed):
    """What was handed in at one moment; never changed."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="versions", verbose_name="填报"
    )
    number = models.PositiveSmallIntegerField("版")
    values = models.JSONField("各指标数")
    parts = models.JSONField("四段文字")
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    at = models.DateTimeField("何时")
    business_date = models.DateField("业务日期")
    on_time = models.BooleanField("按时")
    key = models.UUIDField("幂等键", unique=True)
    receipt = models.CharField("回执编号", max_length=40, unique=True)

    sealed_fields = (
        "submission__call__period", "submission__group__code", "number", "values", "parts",
        "file__sha256", "by", "by_name", "at", "business_date", "on_time", "key", "receipt",
    )  # fmt: skip

    class Meta:
        verbose_name = "填报版本"
        ordering: ClassVar = ["submission", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.label}"

    @property
    def label(self) -> str:
        """Which version it is, in words."""
        return f"第{self.number}版"


class Upload(models.Model):
    """A form read and shown for checking; nothing counts until it is handed in."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="uploads", verbose_name="填报"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="文件")
    base_version = models.PositiveSmallIntegerField("基于第几版")
    content = models.JSONField("读出的内容")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="谁"
    )
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "待提交的表"

    def __str__(self) -> str:
        return str(self.token)
