"""What is asked about units, groups and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from zhenxing.accounts.models import User
from zhenxing.organisation.choices import PARENTS, GroupRole, UnitKind
from zhenxing.organisation.forms.fields import UnitChoice, choice, day, offer, offer_open, words
from zhenxing.organisation.models import Membership, Unit, WorkingGroup

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.organisation.forms.fields import Asked


class UnitForm(forms.Form):
    """A unit to be set up below another."""

    kind = choice("类型", ())
    code = words("编码", 20, hint="例如 T01-V09；用过的不能再用")
    name = words("名称", 60)
    short = words("简称", 30, required=False)
    pinyin = words("拼音", 60, required=False)
    opened = day("设立日期")
    document = words("文号", 60)

    def __init__(self, asked: Asked = None, *, above: Unit, on: date) -> None:
        super().__init__(asked, initial={"opened": on})
        self.above = above
        below = [of for of, parent in PARENTS.items() if parent == above.kind]
        offer(self, "kind", [(of.value, of.label) for of in below])

    @property
    def new(self) -> Unit:
        """Give the unit this form makes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        return Unit(parent=self.above, **said)

    @staticmethod
    def fits(above: Unit) -> bool:
        """Whether anything can be set up below this unit."""
        return UnitKind(above.kind) in PARENTS.values()


class GroupForm(forms.Form):
    """A working group to be set up."""

    key = words("类", 10, hint="例如 G8")
    name = words("名称", 60)
    purpose = words("职责", 300, required=False)
    home = words("办公室设在", 60, required=False)
    opened = day("成立日期")
    document = words("文号", 60)

    def __init__(self, asked: Asked = None, *, of: Unit, on: date) -> None:
        super().__init__(asked, initial={"opened": on})
        self.of = of

    @property
    def new(self) -> WorkingGroup:
        """Give the group this form makes; its code is the unit's with the key."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        return WorkingGroup(unit=self.of, code=f"{self.of.code}-{said['key']}", **said)


class RenameForm(forms.Form):
    """Another name."""

    name = words("新名称", 60)
    document = words("文号", 60)


class CloseForm(forms.Form):
    """The first day something is no longer there."""

    on = day("撤销日期")
    document = words("文号", 60)


class MemberForm(forms.Form):
    """Somebody who joins a group."""

    username = words("登录名", 40, hint="人员页上的登录名")
    role = choice("职务", GroupRole.choices)
    home = UnitChoice("所在单位", required=False)
    since = day("起日")

    def __init__(self, asked: Asked = None, *, of: WorkingGroup, on: date) -> None:
        super().__init__(asked, initial={"since": on})
        self.of = of
        offer_open(self, "home", on)

    def clean_username(self) -> User:
        """Give the person of the name."""
        name = self.cleaned_data["username"]
        person = User.objects.filter(username=name).first()
        if person is None:
            raise forms.ValidationError(f"没有登录名「{name}」；请到人员页核对，或先新建人员。")
        return person

    @property
    def new(self) -> Membership:
        """Give the place this form makes."""
        said = self.cleaned_data
        return Membership(
            group=self.of,
            person=said["username"],
            role=said["role"],
            home=said["home"],
            since=said["since"],
        )


class LeaveForm(forms.Form):
    """The last day in a group."""

    until = day("最后一天")
