"""What is asked at the door, and of whoever changes the password."""

from __future__ import annotations

from django import forms


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="登录名",
        max_length=60,
        widget=forms.TextInput(
            attrs={"class": "field", "autocomplete": "username", "autofocus": True}
        ),
        error_messages={"required": "请填写登录名。"},
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "field", "autocomplete": "current-password"}),
        error_messages={"required": "请填写密码。"},
    )


def _secret(label: str, autocomplete: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "field", "autocomplete": autocomplete}),
        error_messages={"required": missing},
    )


class PasswordForm(forms.Form):
    """The password there is, and the new one twice."""

    password = _secret("现在的密码", "current-password", "请填写现在的密码。")
    new = _secret("新密码", "new-password", "请填写新密码。")
    again = _secret("再输一次新密码", "new-password", "请再输一次新密码。")

    def clean_again(self) -> str:
        """Refuse two that differ."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError("两次输入的新密码不一样，请重新输入。")
        return again
