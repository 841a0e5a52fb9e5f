"""Kinds of 单位 and the roles inside a 专班."""

from __future__ import annotations

from django.db import models


class UnitKind(models.TextChoices):
    """What a unit is."""

    COUNTY = "county", "县"
    DEPARTMENT = "department", "部门"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"
    OFFICE = "office", "站所"


class GroupRole(models.TextChoices):
    """What a member is inside a working group."""

    LEADER = "组长", "组长"
    DEPUTY = "副组长", "副组长"
    MEMBER = "成员", "成员"
    OFFICE_HEAD = "办公室主任", "办公室主任"
    OFFICE_DEPUTY = "办公室副主任", "办公室副主任"
    LIAISON = "联络员", "联络员"
