"""What is asked about people and their posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from zhenxing.accounts.choices import Role
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.forms.fields import (
    GroupChoice,
    UnitChoice,
    choice,
    day,
    offer,
    offer_open,
    words,
)
from zhenxing.organisation.models import PostRequest
from zhenxing.organisation.services import Answer

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.accounts.models import User
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.forms.fields import Asked
    from zhenxing.web.scope import Scope

STATES = (("active", "在用"), ("disabled", "已停用"), ("none", "没有岗位"))


class PeopleFilter(forms.Form):
    """Role, unit and state; what cannot be understood counts as not said."""

    role = choice("角色", Role.choices, required=False)
    unit = choice("单位", (), required=False)
    state = choice("状态", STATES, required=False)

    def __init__(self, asked: Asked, units: list[tuple[str, str]]) -> None:
        super().__init__(asked)
        offer(self, "unit", [("", "全部单位"), *units])
        self.full_clean()

    @property
    def asked(self) -> dict[str, str]:
        """What was understood."""
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class PersonForm(forms.Form):
    """Somebody new."""

    username = words("登录名", 40, hint="小写字母、数字、点、横线")
    name = words("姓名", 40)
    phone = words("电话", 30, required=False, hint="可不填；别人只看到中间打星号的")


class DetailsForm(forms.Form):
    """Somebody's name and telephone."""

    name = words("姓名", 40)
    phone = words("电话", 30, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = words("原因", 200, hint="例如：调离、退休、返岗")


class PostForm(forms.Form):
    """A post as it should be."""

    role = choice("角色", Role.choices)
    unit = UnitChoice("单位")
    group = GroupChoice()
    title = words("岗位名称", 60, required=False, hint="例如：稳投资专班联络员")
    document = words("文号", 60, required=False, hint="县级管理员、考核办、审计必填")
    since = day("起日", required=False)
    until = day("止日", required=False)

    def __init__(self, asked: Asked = None, *, on: date) -> None:
        super().__init__(asked, initial={"since": on})
        offer_open(self, "unit", on)
        offer_open(self, "group", on)

    def wanted(self, person: User, today: date) -> PostRequest:
        """Give the request this form makes."""
        said = self.cleaned_data
        return PostRequest(
            person=person,
            role=said["role"],
            unit=said["unit"],
            group=said["group"],
            title=said["title"],
            document=said["document"],
            since=said["since"] or today,
            until=said["until"],
        )


class EndForm(forms.Form):
    """The last day of a post, and why."""

    until = day("最后一天")
    reason = words("原因", 200)


class AnswerForm(forms.Form):
    """What a second person decides."""

    decision = forms.ChoiceField(
        choices=[each for each in Decision.choices if each[0] != Decision.PENDING],
        error_messages={
            "required": "没有选批准还是驳回。",
            "invalid_choice": "只能批准、驳回或撤回。",
        },
    )
    answer = words("意见", 200, required=False, hint="驳回必填")

    def given(self, scope: Scope, moment: Moment) -> Answer:
        """Give the decision with who makes it."""
        said = self.cleaned_data
        return Answer(Decision(said["decision"]), scope, moment, said["answer"])

    @property
    def said(self) -> str:
        """Everything that was wrong, in a line."""
        return " ".join(str(each) for errors in self.errors.values() for each in errors)
