"""The roles: one letter each, as the permission matrix names them."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Who a person is in the system; a public visitor has no role."""

    ADMINISTRATOR = "A", "县级管理员"
    ASSESSMENT = "K", "考核办"
    DEPARTMENT = "D", "主管部门"
    TOWN_LEADER = "L", "镇党委书记、镇长"
    GROUP_LEADER = "G", "分管领导、专班组长"
    REPORTER = "F", "填报员、专班联络员"
    VILLAGE_REPORTER = "V", "村级填报员"
    TOWN_OFFICE = "C", "综合协调专班"
    SUPERVISION = "S", "督查考核专班"
    AUDITOR = "X", "审计"
