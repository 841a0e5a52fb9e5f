"""Each group's submission, its versions, its drafts, and uploads waiting to be handed in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.models import File
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting.choices import HANDED_IN, Status
from zhenxing.reporting.models.calls import Call, countdown

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Sets of submissions."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the submissions of the person's units; those of all for who reads every figure.

        A village's reporter has the village alone. A department or an administrator reads none:
        beside a post in a town that adds nothing. What a department confirms it sees by indicator.
        """
        if scope.reads_all_figures:
            return self
        return self.filter(group__unit__code__in=scope.units)

    def with_uploads(self) -> Self:
        """Say of each whether somebody has begun it; its `stage` asks for that."""
        uploads = Upload.objects.filter(submission=OuterRef("pk"))
        drafts = Draft.objects.filter(submission=OuterRef("pk"), revision__gt=0)
        return self.annotate(has_upload=Exists(uploads) | Exists(drafts))


class Submission(Vouched):
    """One group's hand-in for one call."""

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="submissions", verbose_name="填报任务"
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="submissions", verbose_name="专班"
    )
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.NOT_STARTED)
    latest = models.PositiveSmallIntegerField("最新版", default=0)
    extended_to = models.DateField("延期到", null=True, blank=True)

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
        """Where it stands; an upload or a draft is no act and changes nothing but this word."""
        stored = Status(self.status)
        return Status.DRAFT if stored is Status.NOT_STARTED and self.has_upload else stored

    @property
    def is_handed_in(self) -> bool:
        """Whether it was handed in and has not come back."""
        return self.status in HANDED_IN

    @property
    def due(self) -> date:
        """Its own last day: the call's, or the later one an extension gave."""
        return max(self.extended_to or self.call.due, self.call.due)

    def countdown(self, today: date) -> str:
        """Say how it stands to its own last day."""
        if self.extended_to and self.call.closed_on is None and today >= self.call.opens:
            return f"已延期：{countdown(self.due, today)}"
        return self.call.countdown(today)


class Version(Sealed):
    """What was handed in at one moment; never changed.

    `opened_at` is when the reporter first opened the form, `claimed_at` the moment a form filled
    offline says it was finished; `at` is when it was received. Lateness goes by `at` alone, until
    the office rules otherwise in the open.
    """

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
    due = models.DateField("当时的截止", null=True, blank=True)
    opened_at = models.DateTimeField("打开表的时刻", null=True, blank=True)
    claimed_at = models.DateTimeField("自称填好的时刻", null=True, blank=True)

    sealed_fields = (
        "submission__call__period", "submission__group__code", "number", "values", "parts",
        "file__sha256", "by", "by_name", "at", "business_date", "on_time", "key", "receipt",
        "due", "opened_at", "claimed_at",
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

    @property
    def minutes(self) -> int | None:
        """How long the form was open before it was handed in, in whole minutes."""
        if self.opened_at is None or self.opened_at > self.at:
            return None
        return int((self.at - self.opened_at).total_seconds() // 60)


class Upload(models.Model):
    """A form read and shown for checking; nothing counts until it is handed in.

    `file` is empty where the form was filled on the page. `told` keeps what else the hand-in will
    say of itself: when the form was opened, when an offline form claims to have been finished.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="uploads", verbose_name="填报"
    )
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    base_version = models.PositiveSmallIntegerField("基于第几版")
    content = models.JSONField("读出的内容")
    told = models.JSONField("自述", default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="谁"
    )
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "待提交的表"

    def __str__(self) -> str:
        return str(self.token)


class Draft(models.Model):
    """What a group has typed so far, cell by cell; counts for nothing until it is handed in.

    One for all of a group's reporters. `cells` holds the text as typed by cell name, `revision`
    grows with every saving, `set_aside` keeps what somebody typed where somebody else was first.
    """

    submission = models.OneToOneField(
        Submission, models.CASCADE, related_name="draft", verbose_name="填报"
    )
    cells = models.JSONField("各格", default=dict)
    set_aside = models.JSONField("另存的文字", default=list)
    base_version = models.PositiveSmallIntegerField("基于第几版", default=0)
    revision = models.PositiveIntegerField("第几次保存", default=0)
    opened_at = models.DateTimeField("打开表的时刻", null=True)
    by_name = models.CharField("最后由谁", max_length=80, blank=True)
    at = models.DateTimeField("最后保存", null=True)

    class Meta:
        verbose_name = "草稿"

    def __str__(self) -> str:
        return f"{self.submission} 草稿"


class Evidence(Sealed):
    """A paper behind a number: only ever added."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="evidence", verbose_name="填报"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指标"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="文件")
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    at = models.DateTimeField("何时")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "submission__call__code", "submission__group__code", "indicator__code", "file__sha256",
        "note", "by", "by_name", "at", "business_date",
    )  # fmt: skip

    class Meta:
        verbose_name = "佐证"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} {self.file}"
