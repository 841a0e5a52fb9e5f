"""What the demo page asks before it moves the day."""

from __future__ import annotations

from django import forms


class BusinessDateForm(forms.Form):
    """The new day and why."""

    to = forms.DateField(
        label="改到",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "field"}),
        error_messages={
            "required": "请选一个日期。",
            "invalid": "日期写成 2023-10-20 这样。",
        },
    )
    reason = forms.CharField(
        label="原因",
        max_length=100,
        widget=forms.TextInput(attrs={"class": "field", "placeholder": "例如：看截止后的样子"}),
        error_messages={"required": "请写一句为什么改日期，它会记入账本。"},
    )
