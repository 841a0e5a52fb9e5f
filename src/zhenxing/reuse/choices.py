"""What a cell of an office form can take, of which period, and how often a form is asked for."""

from __future__ import annotations

from django.db import models

READERS = "KDLGFCSX"
WRITERS = "KDFC"


class Frequency(models.TextChoices):
    """How often an office asks for its form."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季"
    HALF = "half", "每半年"
    YEAR = "year", "每年"
    ONCE = "once", "一次性"


class Item(models.TextChoices):
    """What goes into a cell."""

    VALUE = "value", "本期值"
    LAST_YEAR = "last_year", "上年同期"
    GROWTH = "growth", "同比"
    TARGET = "target", "年度目标"
    COMPLETION = "completion", "完成率"
    LEAD = "lead", "序时进度差"
    PLACE = "place", "位次"
    PERIOD = "period", "期间文字"
    UNIT_NAME = "unit_name", "单位名称"
    DATE = "date", "填表日期"


class Rule(models.TextChoices):
    """Which period, seen from the month the form is filled for."""

    TO_DATE = "to_date", "本年至本月"
    TO_LAST_MONTH = "to_last_month", "本年至上月"
    MONTH = "month", "本月"
    LAST_MONTH = "last_month", "上月"
    QUARTER = "quarter", "本季"


class Kind(models.TextChoices):
    """What stands in a filled cell."""

    NUMBER = "number", "数"
    TEXT = "text", "文字"
    BLANK = "blank", "空"


OF_INDICATOR = frozenset(
    {
        Item.VALUE,
        Item.LAST_YEAR,
        Item.GROWTH,
        Item.TARGET,
        Item.COMPLETION,
        Item.LEAD,
        Item.PLACE,
    }
)
# A rate, a lead, a rank and a target speak of the year so far, as everywhere else on the site.
TO_DATE_RULES = (Rule.TO_DATE, Rule.TO_LAST_MONTH)
RULES_OF: dict[Item, tuple[Rule, ...]] = {
    Item.VALUE: tuple(Rule),
    Item.LAST_YEAR: tuple(Rule),
    Item.GROWTH: TO_DATE_RULES,
    Item.TARGET: TO_DATE_RULES,
    Item.COMPLETION: TO_DATE_RULES,
    Item.LEAD: TO_DATE_RULES,
    Item.PLACE: TO_DATE_RULES,
    Item.PERIOD: tuple(Rule),
    Item.UNIT_NAME: (Rule.TO_DATE,),
    Item.DATE: (Rule.TO_DATE,),
}
PERCENT, POINTS = "%", "个百分点"
# What an item is measured in where it is not the indicator's own measure.
MEASURE_OF = {Item.GROWTH: PERCENT, Item.COMPLETION: PERCENT, Item.LEAD: POINTS, Item.PLACE: "位"}
DECIMALS_OF = {Item.GROWTH: 1, Item.COMPLETION: 2, Item.LEAD: 2, Item.PLACE: 0}
MOST_DECIMALS = 4
