"""Fields as these forms write them: a label, a width, and a sentence for what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms

from zhenxing.organisation.models import Unit, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet

    Asked = Mapping[str, Any] | None

NOT_A_DAY = "日期写成 2023-10-20 这样。"


def words(label: str, longest: int, *, required: bool = True, hint: str = "") -> forms.CharField:
    """Give a line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.TextInput(attrs={"class": "field", "placeholder": hint}),
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}最多{longest}字，请写短些。",
        },
    )


def day(label: str, *, required: bool = True) -> forms.DateField:
    """Give a date."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "field"}),
        error_messages={"required": f"请选{label}。", "invalid": NOT_A_DAY},
    )


def choice(
    label: str, choices: Iterable[tuple[str, str]], *, required: bool = True
) -> forms.ChoiceField:
    """Give one of a few words."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", "请选择" if required else "全部"), *choices],
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"required": f"请选{label}。", "invalid_choice": f"{label}没有这一项。"},
    )


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic when it runs
    """A unit, with the town a village lies in."""

    def __init__(self, label: str, *, required: bool = True) -> None:
        super().__init__(
            Unit.objects.select_related("parent"),
            label=label,
            required=required,
            to_field_name="code",
            empty_label="请选择" if required else "全部",
            widget=forms.Select(attrs={"class": "field"}),
            error_messages={
                "required": f"请选{label}。",
                "invalid_choice": "没有这个单位，可能已撤销；请重新选。",
            },
        )

    def label_from_instance(self, obj: Unit) -> str:
        """Write a village with its town."""
        return (
            f"{obj.parent.name}{obj.name}"
            if obj.parent and obj.town_code == obj.parent.code
            else obj.name
        )


class GroupChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic when it runs
    """A working group, with the unit it belongs to."""

    def __init__(self) -> None:
        super().__init__(
            WorkingGroup.objects.select_related("unit"),
            label="专班",
            required=False,
            to_field_name="code",
            empty_label="不属于专班",
            widget=forms.Select(attrs={"class": "field"}),
            error_messages={"invalid_choice": "没有这个专班，可能已撤销；请重新选。"},
        )

    def label_from_instance(self, obj: WorkingGroup) -> str:
        """Write a group with its unit."""
        return f"{obj.unit}{obj}"


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let a field of one of a few words offer these."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def offer_open(form: forms.Form, name: str, on: date) -> None:
    """Let a field of units or groups offer those that exist on the day."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = cast("QuerySet[Any]", field.queryset).open_on(on)  # type: ignore[attr-defined]  # of units or groups
