"""What the assessed bring for each item: their own score and its evidence, signed by the leader."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhenxing.assessment.models.rounds import Round
from zhenxing.assessment.models.said import SAID, Said
from zhenxing.documents.models import File
from zhenxing.store.fields import ExactDecimalField

PLACE = ("round__scheme__code", "round__period", "code")


class SelfScore(Said):
    """One version of what a unit gives itself for an item; the latest counts."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="self_scores", verbose_name="考核"
    )
    code = models.CharField("单位编码", max_length=30)
    item = models.CharField("考核项", max_length=60)
    version = models.PositiveSmallIntegerField("版")
    score = ExactDecimalField("自评分", null=True)
    words = models.CharField("说明", max_length=500, blank=True)

    sealed_fields = (*PLACE, "item", "version", "score", "words", *SAID)

    class Meta:
        verbose_name = "自评"
        ordering: ClassVar = ["round", "code", "item", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "code", "item", "version"], name="one_version_of_a_self_score"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.item} {self.score}"


class ItemPaper(Said):
    """A paper in the evidence folder of an item; `takes_back` names the one it withdraws."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="item_papers", verbose_name="考核"
    )
    code = models.CharField("单位编码", max_length=30)
    item = models.CharField("考核项", max_length=60)
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by",
        verbose_name="撤回",
    )  # fmt: skip

    sealed_fields = (*PLACE, "item", "file__sha256", "note", "takes_back_id", *SAID)

    class Meta:
        verbose_name = "佐证材料"
        ordering: ClassVar = ["round", "code", "item", "pk"]

    def __str__(self) -> str:
        return self.note or self.item


class SelfSigning(Said):
    """The leader has signed a unit's self-scores; from then on nothing is added to them."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="self_signings", verbose_name="考核"
    )
    code = models.CharField("单位编码", max_length=30)
    total = ExactDecimalField("自评合计", null=True)

    sealed_fields = (*PLACE, "total", *SAID)

    class Meta:
        verbose_name = "自评签发"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "code"], name="one_signing_of_self_scores")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.total}"
