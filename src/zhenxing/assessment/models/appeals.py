"""Appeals against a first mark: with evidence, an answer, and the effect on the score shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from zhenxing.assessment.choices import AppealAct, AppealEffect, AppealRemedy, AppealState
from zhenxing.assessment.models.rounds import Round, Run
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.audit.models import Vouched
from zhenxing.documents.models import File
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Sets of appeals."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: all that were filed, or everything of the own units."""
        own = Q(unit__code__in=scope.units)
        if scope.has("K", "X"):
            return self.filter(own | ~Q(state=AppealState.DRAFT))
        answering = Q(department__code__in=scope.departments) & ~Q(state=AppealState.DRAFT)
        return self.filter(own | answering)


class Appeal(Vouched):
    """One appeal about one item (or the whole) of a first mark.

    `before` and `after` are the item's printed scores in the first mark and in the run that the
    second check confirmed; `remedy` says what changes the result where the appeal is upheld, with
    the number of the slip, claim or document; `department` is the lead department that answers
    beside the office.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="appeals", verbose_name="考核")
    run = models.ForeignKey(Run, models.PROTECT, related_name="appeals", verbose_name="初评")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("考核对象编码", max_length=30)
    item = models.CharField("考核项", max_length=60, blank=True)
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头部门"
    )
    words = models.CharField("理由", max_length=1000)
    wish = models.CharField("请求", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=AppealState, default=AppealState.DRAFT)
    drafted_by = models.CharField("拟稿人", max_length=60)
    filed_by = models.CharField("提交人", max_length=60, blank=True)
    filed_on = models.DateField("提交日期", null=True, blank=True)
    effect = models.CharField("结论", max_length=8, choices=AppealEffect, blank=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    remedy = models.CharField("怎样办理", max_length=8, choices=AppealRemedy, blank=True)
    remedy_number = models.CharField("办理编号", max_length=60, blank=True)
    answered_by = models.CharField("答复人", max_length=60, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    before = models.CharField("初评得分", max_length=30, blank=True)
    after = models.CharField("复核后得分", max_length=30, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "申诉"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=AppealState.ANSWERED)
                | (~Q(answer="") & ~Q(effect="") & ~Q(answered_by="")),
                name="an_answered_appeal_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.item}"


class AppealPaper(Said):
    """A paper that came with an appeal or its answer."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="papers", verbose_name="申诉")
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="文件")
    note = models.CharField("说明", max_length=200, blank=True)

    sealed_fields = ("appeal_id", "appeal__code", "appeal__item", "file__sha256", "note", *SAID)

    class Meta:
        verbose_name = "申诉材料"

    def __str__(self) -> str:
        return self.note or self.file.name


class AppealStep(Said):
    """What somebody did about an appeal."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="steps", verbose_name="申诉")
    act = models.CharField("办理", max_length=10, choices=AppealAct)
    note = models.CharField("意见", max_length=1000, blank=True)

    sealed_fields = ("appeal_id", "appeal__code", "appeal__item", "act", "note", *SAID)

    class Meta:
        verbose_name = "申诉办理"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.appeal} {self.get_act_display()}"
