"""Programmes and chains: which there are, and what of a unit they gather."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from zhenxing.targets.choices import Thing
from zhenxing.targets.models import Label, LabelTie

if TYPE_CHECKING:
    from django.db.models import QuerySet


def labels() -> QuerySet[Label]:
    """Give every label with how many indicators it gathers; one query."""
    counted = Count("ties", filter=Q(ties__thing=Thing.INDICATOR))
    return Label.objects.select_related("lead").annotate(indicators=counted)


def codes_of(label: Label, thing: Thing = Thing.INDICATOR) -> list[str]:
    """Give the codes of the things of one kind a label gathers, in its order."""
    ties = LabelTie.objects.filter(label=label, thing=thing)
    return list(ties.order_by("position").values_list("code", flat=True))


def labels_of(code: str, thing: Thing = Thing.INDICATOR) -> list[Label]:
    """Give the labels a thing carries; one query."""
    return list(Label.objects.filter(ties__thing=thing, ties__code=code))
