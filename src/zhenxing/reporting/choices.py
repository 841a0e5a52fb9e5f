"""States of a call and of a submission."""

from __future__ import annotations

from django.db import models


class CallState(models.TextChoices):
    """Whether a month may still be handed in."""

    PLANNED = "planned", "未开始"
    OPEN = "open", "填报中"
    CLOSED = "closed", "已关闭"


class Status(models.TextChoices):
    """Where a group's submission stands."""

    NOT_STARTED = "not_started", "未开始"
    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已提交"


PARTS = {
    "done": "完成情况",
    "problems": "存在问题",
    "measures": "下步措施",
    "suggestions": "意见建议",
}

READERS = "KLGFCSX"
WRITERS = "F"
