"""Schemes and their editions: dated text with a document number, issued by two persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from zhenxing.assessment.choices import EditionState, SchemeKind, Subjects
from zhenxing.audit.models import Vouched
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Sets of schemes."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: what one follows, and what one's village is held to."""
        if scope.has("K", "X"):
            return self
        above = Unit.objects.filter(children__code__in=scope.units)
        held_to = Q(subjects=Subjects.VILLAGES, owner__in=above)
        return self.filter(_followed(scope) | held_to)

    def followed_by(self, scope: Scope) -> Self:
        """Keep those whose rounds the person may follow from the beginning on.

        The county's schemes and those of the own town; a village reads its town's result alone.
        """
        return self if scope.has("K", "X") else self.filter(_followed(scope))

    def kept_by(self, scope: Scope) -> Self:
        """Keep those the person's office runs: the county's for K, a town's own for its S."""
        county = Q(owner__parent__isnull=True) if scope.has("K") else Q(pk__in=())
        town = Q(owner__code__in=scope.towns) if scope.has("S") else Q(pk__in=())
        return self.filter(county | town)


def _followed(scope: Scope) -> Q:
    return Q(owner__parent__isnull=True) | Q(owner__code__in=scope.towns)


class Scheme(Vouched):
    """One 考核方案 through the years: who keeps it, who is assessed, how often."""

    code = models.SlugField("编码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=16, choices=SchemeKind)
    subjects = models.CharField("考核对象", max_length=10, choices=Subjects)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="考核单位")

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "考核方案"
        ordering: ClassVar = ["kind", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_countys(self) -> bool:
        """Whether the county keeps it rather than a town."""
        return self.owner.parent_id is None


class Edition(Vouched):
    """One edition of a scheme's text. Once issued it is never written in again.

    `text` is the YAML of the scheme language, `digest` its SHA-256; `draft` counts the savings so
    that two writers do not overwrite each other; `hands` are the usernames of all who wrote in it,
    none of whom approves it; `entry` is the ledger entry that issued it.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="editions", verbose_name="方案")
    number = models.PositiveSmallIntegerField("版")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=120)
    document = models.CharField("文号", max_length=60, blank=True)
    text = models.TextField("方案")
    digest = models.CharField("SHA-256", max_length=64)
    reason = models.CharField("修订原因", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=EditionState, default=EditionState.DRAFT
    )
    draft = models.PositiveIntegerField("稿次", default=1)
    hands = models.JSONField("经手人", default=list)
    proposed_by = models.CharField("提请人", max_length=60, blank=True)
    proposed_name = models.CharField("提请人姓名", max_length=80, blank=True)
    decided_by = models.CharField("批准人", max_length=60, blank=True)
    decided_name = models.CharField("批准人姓名", max_length=80, blank=True)
    issued = models.DateField("发布日期", null=True, blank=True)
    remark = models.CharField("退回意见", max_length=200, blank=True)
    entry = models.BigIntegerField("发布时的账本序号", null=True, blank=True)

    class Meta:
        verbose_name = "方案版本"
        ordering: ClassVar = ["scheme", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_edition_a_number"),
            models.CheckConstraint(
                condition=~Q(state=EditionState.ISSUED)
                | (~Q(decided_by="") & ~Q(proposed_by="") & ~Q(decided_by=F("proposed_by"))),
                name="two_persons_issue_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.ISSUED, entry__isnull=False, issued__isnull=False)
                | (~Q(state=EditionState.ISSUED) & Q(entry__isnull=True, issued__isnull=True)),
                name="an_issued_edition_has_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written in."""
        return self.state == EditionState.DRAFT

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for the second person."""
        return self.state == EditionState.PROPOSED

    @property
    def is_issued(self) -> bool:
        """Whether rounds may stand on it."""
        return self.state == EditionState.ISSUED
