"""Files that came in, kept byte for byte under their hash; papers, and what was read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.documents.choices import PaperKind
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope

SAID_BY = ("by", "by_name", "recorded", "business_date")


class File(Vouched):
    """One stored file; the bytes lie in FILE_DIR under the hash and are never changed."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("字节")
    kind = models.CharField("类型", max_length=10)
    by = models.CharField("谁", max_length=60)
    at = models.DateTimeField("何时")

    comes_by_acts = False  # an upload waits here, and counts only once an act refers to it

    class Meta:
        verbose_name = "文件"
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.name


class PaperQuerySet(models.QuerySet["Paper"]):
    """Sets of papers."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the own unit's papers and those sent round to the person.

        The assessment office and the auditors read all papers of the county and its towns.
        """
        if scope.reads_all_figures:
            return self
        mine = Q(unit__code__in=scope.towns | scope.departments | {scope.unit})
        shown = Circulation.objects.filter(person__username=scope.username).values("paper")
        return self.filter(mine | Q(pk__in=shown))


class Paper(Vouched):
    """One paper a unit took in: its file, and what the register of incoming papers says of it.

    `unit` is whose register it stands in; `about` is the unit its targets and figures are of
    unless a fact says otherwise; `issuer` is who wrote it, in the paper's words.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="papers", verbose_name="文件")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers", verbose_name="收文单位")
    about = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="所述单位")
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("来文单位", max_length=80, blank=True)
    kind = models.CharField("文种", max_length=8, choices=PaperKind, default=PaperKind.OTHER)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    received = models.DateField("收文日期")
    note = models.CharField("拟办意见", max_length=500, blank=True)
    by = models.CharField("登记人", max_length=60)
    by_name = models.CharField("登记人（姓名单位）", max_length=80)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "来文"
        ordering: ClassVar = ["-received", "-pk"]

    def __str__(self) -> str:
        return self.title


class PaperReading(Sealed):
    """What the reader gave for a paper: the text its offsets count, and the facts as JSON.

    `result` is `reading.results.Reading.as_json()` written with sorted keys; `places` leads offsets
    back to page and paragraph (`Loaded.marks`). A paper read anew has another version.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="readings", verbose_name="来文")
    version = models.PositiveSmallIntegerField("版")
    engine = models.CharField("程序版本", max_length=20)
    year = models.PositiveSmallIntegerField("按哪年读", null=True)
    text = models.TextField("文字")
    places = models.JSONField("页和段", default=list)
    result = models.TextField("读出的事")
    by = models.CharField("谁", max_length=60)
    by_name = models.CharField("谁（姓名单位）", max_length=80)
    recorded = models.DateTimeField("记入时刻")
    business_date = models.DateField("业务日期")

    sealed_fields = (
        "paper_id", "paper__file__sha256", "version", "engine", "year", "text", "places", "result",
        *SAID_BY,
    )  # fmt: skip

    class Meta:
        verbose_name = "读文"
        ordering: ClassVar = ["paper", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "version"], name="one_version_of_a_reading")
        ]

    def __str__(self) -> str:
        return f"{self.paper} 第{self.version}版"


class Circulation(Vouched):
    """A paper sent round to one person (传阅), until when, and when it was read."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="circulations", verbose_name="来文"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="传阅给谁"
    )
    wish = models.CharField("要求", max_length=200, blank=True)
    due = models.DateField("限期", null=True, blank=True)
    by = models.CharField("谁送", max_length=60)
    by_name = models.CharField("谁送（姓名单位）", max_length=80)
    sent = models.DateField("送出日期")
    read_at = models.DateTimeField("阅知时刻", null=True, blank=True)
    read_on = models.DateField("阅知日期", null=True, blank=True)
    remark = models.CharField("阅知意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "传阅"
        ordering: ClassVar = ["paper", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "person"], name="once_round_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.person}"
