"""What is asked about holidays and the due rule."""

from __future__ import annotations

from datetime import date

from django import forms

from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation.forms.fields import choice, words

LONGEST_NAME = 30
FEWEST_WORDS = 2
WORKED = {"上班": True, "放假": False}
REST = (("next", "顺延到下一工作日"), ("previous", "提前到上一工作日"), ("keep", "不变"))
COUNTS = (("1", "含当日"), ("0", "不含当日"))
MONTHS = (("0", "当月"), ("1", "次月"))

Day = tuple[date, bool, str]


class DaysForm(forms.Form):
    """A year's exceptions, a line each: the day, whether it is worked, its name."""

    days = forms.CharField(
        label="每天一行：日期 放假或上班 名称",
        widget=forms.Textarea(attrs={"class": "field field-lines", "rows": 14}),
        error_messages={"required": "请按通知逐天填写，一天一行。"},
    )
    basis = words("依据", 120, hint="例如：国办发明电〔2022〕16号")

    def clean_days(self) -> list[Day]:
        """Read the lines; say which one cannot be understood."""
        read, wrong = [], []
        for number, line in enumerate(self.cleaned_data["days"].splitlines(), 1):
            if line.strip():
                try:
                    read.append(_day(line))
                except ValueError:
                    wrong.append(
                        f"第{number}行「{line.strip()[:40]}」看不懂；写成"
                        "“2023-10-07 上班 国庆节调休”这样。"
                    )
        if wrong:
            raise forms.ValidationError(wrong)
        return read


class DueRuleForm(forms.Form):
    """By which day a call is due, and when it opens."""

    months_after = choice("哪个月", MONTHS)
    day = forms.IntegerField(
        label="截止日",
        min_value=1,
        max_value=31,
        widget=forms.NumberInput(attrs={"class": "field"}),
        error_messages={"required": "请填截止日。", "invalid": "截止日写1到31的数。"},
    )
    inclusive = choice("当日", COUNTS)
    on_rest_day = choice("逢休息日", REST)
    opens = forms.IntegerField(
        label="每月几日开始填报",
        min_value=1,
        max_value=28,
        widget=forms.NumberInput(attrs={"class": "field"}),
        error_messages={"required": "请填开始日。", "invalid": "开始日写1到28的数。"},
    )
    basis = words("依据", 120, hint="规定截止日的文件和文号")

    @property
    def rule(self) -> DueRule:
        """Give the rule this form states."""
        said = self.cleaned_data
        return DueRule(
            day=said["day"],
            inclusive=said["inclusive"] == "1",
            on_rest_day=said["on_rest_day"],
            months_after=int(said["months_after"]),
        )


def stated(rule: DueRule, opens: int, basis: str) -> dict[str, object]:
    """Give what the form of a rule first shows."""
    return {
        "months_after": str(rule.months_after),
        "day": rule.day,
        "inclusive": "1" if rule.inclusive else "0",
        "on_rest_day": rule.on_rest_day,
        "opens": opens,
        "basis": basis,
    }


def _day(line: str) -> Day:
    """Read one line; raises ValueError where it is none."""
    told, worked, *name = line.split(maxsplit=FEWEST_WORDS)
    if worked not in WORKED or not name or len(name[0]) > LONGEST_NAME:
        raise ValueError(line)
    return date.fromisoformat(told), WORKED[worked], name[0]
