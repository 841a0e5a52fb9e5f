"""What is asked about an office form, and about one of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from zhenxing.reuse.choices import MOST_DECIMALS, OF_INDICATOR, Frequency, Item, Rule
from zhenxing.reuse.services import Assignment, Particulars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.organisation.models import Unit

FIELD = {"class": "field"}


class ParticularsForm(forms.Form):
    """Name, asking office, frequency, paper and term of a form."""

    name = forms.CharField(
        label="表名",
        max_length=80,
        widget=forms.TextInput(FIELD),
        error_messages={"required": "请填写表名，如“重点项目月报”。"},
    )
    office = forms.CharField(
        label="要表单位",
        max_length=60,
        widget=forms.TextInput(FIELD),
        error_messages={"required": "请填写是哪个单位要的表。"},
    )
    frequency = forms.ChoiceField(
        label="频率", choices=Frequency.choices, widget=forms.Select(FIELD)
    )
    document = forms.CharField(
        label="文号", max_length=60, required=False, widget=forms.TextInput(FIELD)
    )
    expires = forms.DateField(
        label="有效期至",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=FIELD | {"type": "date"}),
        error_messages={"invalid": "日期写成2023-12-31这样。"},
    )

    @property
    def said(self) -> Particulars:
        """What was answered."""
        return Particulars(**self.cleaned_data)


class StopForm(forms.Form):
    """Why a form is no longer filled."""

    reason = forms.CharField(
        label="原因",
        max_length=100,
        widget=forms.TextInput(FIELD),
        error_messages={"required": "请写一句为什么停用，它会记入账本。"},
    )


class RegisterForm(ParticularsForm):
    """The same with the file, and for which unit where the person keeps the forms of several."""

    unit = forms.ChoiceField(label="填表单位", widget=forms.Select(FIELD))
    file = forms.FileField(
        label="空表（.xlsx，10MB以内）",
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={
            "required": "请选空表的文件。",
            "empty": "文件是空的，没有一个字节；请重新选。",
            "invalid": "文件没有传完整；请重新选。",
        },
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **more: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **more)
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  # made so above
        choice.choices = [(unit.code, unit.name) for unit in units]

    @property
    def said(self) -> Particulars:
        """What was answered, without file and unit."""
        names = ("name", "office", "frequency", "document", "expires")
        return Particulars(**{name: self.cleaned_data[name] for name in names})


class CellForm(forms.Form):
    """What one cell takes."""

    sheet = forms.CharField(max_length=40, widget=forms.HiddenInput())
    cell = forms.RegexField(
        "^[A-Za-z]{1,3}[0-9]{1,4}$",
        label="单元格",
        widget=forms.TextInput(FIELD | {"autocomplete": "off"}),
        error_messages={
            "required": "请在表里点一格，或写C4这样的格。",
            "invalid": "单元格写成C4这样。",
        },
    )
    item = forms.ChoiceField(label="取什么", choices=Item.choices, widget=forms.Select(FIELD))
    indicator = forms.ChoiceField(label="指标", required=False, widget=forms.Select(FIELD))
    unit = forms.ChoiceField(label="单位", required=False, widget=forms.Select(FIELD))
    rule = forms.ChoiceField(
        label="期间", choices=Rule.choices, initial=Rule.TO_DATE, widget=forms.Select(FIELD)
    )
    measure = forms.CharField(
        label="计量单位",
        max_length=20,
        required=False,
        widget=forms.TextInput(FIELD | {"placeholder": "不填即指标自己的"}),
    )
    decimals = forms.IntegerField(
        label="小数位",
        required=False,
        min_value=0,
        max_value=MOST_DECIMALS,
        widget=forms.NumberInput(FIELD | {"placeholder": "不填即指标自己的"}),
        error_messages={
            "invalid": "小数位写整数。",
            "max_value": f"小数位最多{MOST_DECIMALS}位。",
            "min_value": "小数位不能是负数。",
        },
    )
    spread = forms.BooleanField(label="同列各镇：每行按行首的镇名取数", required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  # Django's own
        indicators: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        **more: Any,  # noqa: ANN401  # Django's own
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (("indicator", indicators), ("unit", units)):
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)  # noqa: S101  # made so above
            choice.choices = [("", "——"), *choices]
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]
            del self.fields["spread"]

    def clean(self) -> dict[str, Any]:
        """Ask for an indicator and a unit where the item speaks of one."""
        given = super().clean() or self.cleaned_data
        if given.get("item") in OF_INDICATOR:
            if not given.get("indicator"):
                self.add_error("indicator", "请选指标。")
            if not given.get("unit") and not given.get("spread"):
                self.add_error("unit", "请选单位。")
        return given

    @property
    def said(self) -> Assignment:
        """What was answered."""
        given = self.cleaned_data
        return Assignment(
            sheet=given["sheet"],
            cell=given["cell"].upper(),
            item=Item(given["item"]),
            rule=Rule(given["rule"]),
            indicator=given["indicator"],
            unit=given["unit"],
            measure=given["measure"],
            decimals=given["decimals"],
        )


class SendingForm(forms.Form):
    """To whom a form went, and a word about it."""

    office = forms.CharField(
        label="报给", max_length=60, required=False, widget=forms.TextInput(FIELD)
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, widget=forms.TextInput(FIELD)
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput())
    period = forms.CharField(max_length=12, widget=forms.HiddenInput())
