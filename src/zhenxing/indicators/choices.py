"""Legal values of the dictionary, targets and figures."""

from __future__ import annotations

from django.db import models

READERS = "KDLGFCSX"
# Who may teach the dictionary at all; a department its own indicators.
TEACHERS = "KD"
# Where figures come from; a pack names the same.
SOURCES = ("统计局", "部门", "台账", "估算")


class Kind(models.TextChoices):
    """What an indicator measures."""

    FLOW = "flow", "流量"
    STOCK = "stock", "存量"
    RATE = "rate", "比率"


class Nature(models.TextChoices):
    """Where figures lawfully come from (the Statistics Law, articles 14 and 28)."""

    SURVEY = "统计调查", "统计调查"
    RECORD = "部门行政记录", "部门行政记录"
    WORK = "工作报送", "工作报送"


class Reading(models.TextChoices):
    """What a month's figure says."""

    CUMULATIVE = "cumulative", "当年累计"
    CURRENT = "current", "当期"
    AS_IS = "as_is", "期末"


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", "越高越好"
    LOWER = "lower", "越低越好"


class Evidence(models.TextChoices):
    """Whether a figure needs a paper behind it."""

    REQUIRED = "required", "必须"
    OPTIONAL = "optional", "可选"
    NONE = "none", "不需要"


class TargetKind(models.TextChoices):
    """What a target is set on."""

    VALUE = "value", "数值"
    GROWTH = "growth", "增速"
    RANK = "rank", "位次"
    RANGE = "range", "区间"
    GRADE = "grade", "等次"
    GAP = "gap", "差距"


class Comparator(models.TextChoices):
    """How a figure is held against its target."""

    AT_LEAST = ">=", "不低于"
    AT_MOST = "<=", "不高于"
    EQUAL = "=", "为"
    ABOUT = "~", "约"


class StandingChoice(models.TextChoices):
    """A figure's standing, from the weightiest down; engine.standing says which one counts."""

    CONFIRMED = "confirmed", "核定"
    IMPORTED = "imported", "初始导入"
    CORRECTION = "correction", "更正"
    SIGNED = "signed", "签发"
    SUBMITTED = "submitted", "提交"
    ROLLUP = "rollup", "台账"
    FLASH = "flash", "快报"


class VintageChoice(models.TextChoices):
    """How far a figure is from final."""

    FLASH = "flash", "快报"
    PRELIMINARY = "preliminary", "初步"
    FINAL = "final", "终值"


class Absent(models.TextChoices):
    """Why a figure has no value."""

    MISSING = "missing", "缺"
    MASKED = "masked", "未公开"
    RECALLED = "recalled", "撤回"
