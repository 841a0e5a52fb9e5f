"""Legal values of issues, breakdowns and labels; who may open the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Mapping

READERS = "KDLGFCSX"
COUNTY_READERS = "KDX"
PREPARERS = "KD"
SPLITTERS = "KCGF"

GRADES = ("优秀", "良好", "合格", "不合格")


class IssueState(models.TextChoices):
    """Where an issue stands between the first line written and the act that makes it count."""

    DRAFT = "draft", "拟稿"
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已下达"
    WITHDRAWN = "withdrawn", "已作废"


# What may follow what; an approved issue is never undone, only adjusted by another.
MOVES: Final[Mapping[IssueState, frozenset[IssueState]]] = {
    IssueState.DRAFT: frozenset({IssueState.PROPOSED, IssueState.WITHDRAWN}),
    IssueState.PROPOSED: frozenset({IssueState.DRAFT, IssueState.APPROVED}),
    IssueState.APPROVED: frozenset(),
    IssueState.WITHDRAWN: frozenset(),
}


class Axis(models.TextChoices):
    """Along what a target is broken down."""

    MONTH = "month", "按月"
    QUARTER = "quarter", "按季"
    UNIT = "unit", "按村和站所"
    GROUP = "group", "按专班"
    PERSON = "person", "按人"


class Way(models.TextChoices):
    """Where the parts of a breakdown came from."""

    CURVE = "curve", "按计划曲线"
    EVEN = "even", "平均"
    HAND = "hand", "手工"


class Manner(models.TextChoices):
    """How parts make up their target; engine.breakdown reckons by it."""

    SUM = "sum", "相加"
    PATH = "path", "逐期到达"
    EACH = "each", "各自达到"


class Step(models.TextChoices):
    """What somebody did about a breakdown after it was written."""

    ADOPTED = "adopted", "采纳"
    RETURNED = "returned", "退回"
    SIGNED = "signed", "签认"


class LabelKind(models.TextChoices):
    """What a label gathers."""

    PROGRAMME = "programme", "专项"
    CHAIN = "chain", "产业链"


class Thing(models.TextChoices):
    """What a label may be tied to."""

    INDICATOR = "indicator", "指标"
