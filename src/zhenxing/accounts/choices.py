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
    """What a role does here, what it may not, and the page it lands on."""

    does: str
    never: str
    lands: str


DUTIES: dict[Role, Duty] = {
    Role.ADMINISTRATOR: Duty("管人员、岗位和单位", "看不到、也改不了任何业务数据", "单位"),
    Role.ASSESSMENT: Duty("下达目标，开关月份，看全县进度", "不替镇村填数", "全县一览"),
    Role.DEPARTMENT: Duty("核定本部门牵头的指标", "不看别的部门牵头的指标", "全县一览"),
    Role.TOWN_LEADER: Duty("看全镇进度，签发各专班的报表，签收目标", "不改任何数字", "本镇驾驶舱"),
    Role.GROUP_LEADER: Duty("审核或退回本专班的报表，分解目标", "不改下级填的数字", "本镇驾驶舱"),
    Role.REPORTER: Duty("每月25日前填报本专班指标和四段文字", "只填本专班", "本镇驾驶舱"),
    Role.VILLAGE_REPORTER: Duty("每月填本村的短表", "不看镇上和别村的数据", "我的填报"),
    Role.TOWN_OFFICE: Duty("管全镇月度填报、调度材料和通报", "不改任何数字", "本镇驾驶舱"),
    Role.SUPERVISION: Duty("看全镇进度，督查落后事项", "不改任何数字", "本镇驾驶舱"),
    Role.AUDITOR: Duty("查看一切，核验账本", "不改任何东西，也不兼任别的角色", "全县一览"),
}
