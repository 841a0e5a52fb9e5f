"""What can be read in a paper, what was decided about it, and where it went."""

from __future__ import annotations

from django.db import models


class ItemKind(models.TextChoices):
    """What sort of thing was read; the order is that of the list."""

    PROBLEM = "problem", "疑问"
    TARGET = "target", "目标"
    FIGURE = "figure", "数据"
    CHANGE = "change", "增减"
    RANK = "rank", "位次"
    GROUP = "group", "专班"
    DEADLINE = "deadline", "期限"
    TASK = "task", "任务"
    PROJECT = "project", "项目"


class Verdict(models.TextChoices):
    """What a person decided about an item."""

    OPEN = "open", "未处理"
    ACCEPTED = "accepted", "采纳"
    REFUSED = "refused", "不采纳"
    ASKED = "asked", "问起草单位"


class Home(models.TextChoices):
    """Where an item went or waits."""

    ISSUE = "issue", "目标下达稿"
    RETURN = "return", "填报草稿"
    REFERENCE = "reference", "参考值"
    GROUP = "group", "专班"
    CALENDAR = "calendar", "报送日历"
    TASK = "task", "任务"
    PROJECT = "project", "项目台账"
    INDICATOR = "indicator", "新指标"
    NONE = "none", "只作记录"


class IntakeState(models.TextChoices):
    """How far the reading of an upload is."""

    QUEUED = "queued", "排队"
    READING = "reading", "正在读"
    DONE = "done", "读完"
    FAILED = "failed", "没有读成"


# Who opens the pages of incoming papers, and who of them may bring one or decide, place allowing.
READERS = "KDLGFCSX"
WRITERS = "KDGFC"
