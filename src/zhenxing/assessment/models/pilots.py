"""Pilot towns: applications, the proposal of the chosen, who is a pilot from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhenxing.assessment.choices import ApplicationState, PilotCategory, ProposalState
from zhenxing.assessment.models.rounds import Round, Run
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.audit.models import Vouched
from zhenxing.documents.models import File
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Sets of applications."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: all that were filed, or everything of the own town."""
        own = Q(unit__code__in=scope.towns)
        if scope.has("K", "X"):
            return self.filter(own | ~Q(state=ApplicationState.DRAFT))
        return self.filter(own)


class Application(Vouched):
    """A town nominates itself in a selection; written by the town, signed by its leader."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="applications", verbose_name="遴选"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="镇")
    category = models.CharField("申报类别", max_length=8, choices=PilotCategory)
    statement = models.CharField("申报理由", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    written_by = models.CharField("拟稿人", max_length=60)
    signed_by = models.CharField("签发人", max_length=60, blank=True)
    filed_on = models.DateField("申报日期", null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "试点申报"
        ordering: ClassVar = ["round", "unit"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_application_a_town"),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.FILED)
                | (~Q(signed_by="") & ~Q(signed_by=F("written_by"))),
                name="the_leader_signs_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_category_display()}"


class ApplicationPaper(Said):
    """A paper that came with an application."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="papers", verbose_name="申报"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="文件")
    note = models.CharField("说明", max_length=200, blank=True)

    sealed_fields = ("application_id", "application__unit__code", "file__sha256", "note", *SAID)

    class Meta:
        verbose_name = "申报材料"

    def __str__(self) -> str:
        return self.note or self.file.name


class PilotProposal(Vouched):
    """Whom the office proposes after a selection: `picks` are `{code, category}`."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals", verbose_name="遴选")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="结果")
    picks = models.JSONField("建议名单", default=list)
    words = models.CharField("理由", max_length=1000, blank=True)
    document = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ProposalState, default=ProposalState.PROPOSED
    )
    proposed_by = models.CharField("提出人", max_length=60)
    proposed_on = models.DateField("提出日期")
    decided_by = models.CharField("批准人", max_length=60, blank=True)
    decided_on = models.DateField("批准日期", null=True, blank=True)
    remark = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "试点建议名单"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ProposalState.APPROVED)
                | (~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
                name="two_persons_choose_pilots",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.get_state_display()}"


class PilotQuerySet(models.QuerySet["Pilot"]):
    """Sets of pilot towns."""

    def on(self, day: date) -> Self:
        """Keep the towns that are pilots on the day; `until` is the last day."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class Pilot(Vouched):
    """A town is a pilot from a day on, by a document; two years below standard end it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="镇")
    category = models.CharField("类别", max_length=8, choices=PilotCategory)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="pilots", verbose_name="遴选"
    )
    document = models.CharField("文号", max_length=60)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    ended = models.CharField("退出原因", max_length=200, blank=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = "试点镇"
        ordering: ClassVar = ["category", "unit"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until__isnull=True), name="one_open_pilot_a_town"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_category_display()}"
