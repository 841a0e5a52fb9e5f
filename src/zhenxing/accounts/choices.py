"""The roles: one letter each, as the permission matrix names them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Duty:
    """What a role does here, and what it may not."""

    does: str
    never: str


DUTIES: dict[Role, Duty] = {
    Role.ADMINISTRATOR: Duty("管人员、岗位和单位", "看不到、也改不了任何业务数据"),
    Role.ASSESSMENT: Duty("看全县各镇进度、位次和报送情况", "不替镇村填数"),
    Role.DEPARTMENT: Duty("看本部门牵头指标的各镇数据，并作核定", "不看别的部门牵头的指标"),
    Role.TOWN_LEADER: Duty("看全镇进度、亮灯和报送，签发", "不改任何数字"),
    Role.GROUP_LEADER: Duty("审核本专班报表，退回须写明原因", "不改下级填的数字"),
    Role.REPORTER: Duty("每月25日前填报本专班指标和四段文字", "只填本专班"),
    Role.VILLAGE_REPORTER: Duty("填本村台账", "只看本村"),
    Role.TOWN_OFFICE: Duty("管全镇月度填报、催报、调度材料和通报", "不改任何数字"),
    Role.SUPERVISION: Duty("督查、核查、考核专班和村", "不改任何数字"),
    Role.AUDITOR: Duty("查看一切，重算、核验账本", "不改任何东西，也不兼任别的角色"),
}
