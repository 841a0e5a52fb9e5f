"""What an administrator writes before a loss is accepted."""

from __future__ import annotations

from django import forms

LONGEST = 500


class LossForm(forms.Form):
    """The reason; how long it must be is the act's own rule."""

    reason = forms.CharField(
        label="原因",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "field field-lines"}),
    )
