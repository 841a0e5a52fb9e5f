"""Kinds of 单位 and the roles inside a 专班."""

from __future__ import annotations

from django.db import models

from zhenxing.accounts.choices import Role


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


# Where a post of each role may be (the permission matrix; one kind of unit a role).
SEATS: dict[Role, UnitKind] = {
    Role.ADMINISTRATOR: UnitKind.COUNTY,
    Role.ASSESSMENT: UnitKind.COUNTY,
    Role.AUDITOR: UnitKind.COUNTY,
    Role.DEPARTMENT: UnitKind.DEPARTMENT,
    Role.TOWN_LEADER: UnitKind.TOWN,
    Role.GROUP_LEADER: UnitKind.TOWN,
    Role.REPORTER: UnitKind.TOWN,
    Role.TOWN_OFFICE: UnitKind.TOWN,
    Role.SUPERVISION: UnitKind.TOWN,
    Role.VILLAGE_REPORTER: UnitKind.VILLAGE,
}
# Under what a new unit of a kind may be set up; a county comes from its pack alone.
PARENTS: dict[UnitKind, UnitKind] = {
    UnitKind.DEPARTMENT: UnitKind.COUNTY,
    UnitKind.TOWN: UnitKind.COUNTY,
    UnitKind.VILLAGE: UnitKind.TOWN,
    UnitKind.OFFICE: UnitKind.TOWN,
}
# The key of the group that stands for a village's short form (T01-V01-GV); its reporters are the
# village's.
VILLAGE_FORM = "GV"
GROUP_ROLES = (Role.REPORTER, Role.GROUP_LEADER)


class Decision(models.TextChoices):
    """What became of something that needs a second person."""

    PENDING = "pending", "待复核"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "已驳回"
    WITHDRAWN = "withdrawn", "已撤回"


class CalendarMatter(models.TextChoices):
    """What of the calendar is to change."""

    DAYS = "days", "放假安排"
    DUE = "due", "截止规则"
