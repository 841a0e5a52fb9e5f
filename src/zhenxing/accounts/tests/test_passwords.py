"""How passwords are kept, and which are refused."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from zhenxing.accounts.models import User
from zhenxing.accounts.tests.make import PASSWORD


def test_it_is_argon2id_at_the_minimum_owasp_names() -> None:
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD + " ", kept)


@pytest.mark.parametrize(
    "good", ["Qingxi2023a", "qingxi-2023", "QINGXI-2023", "Qing-xi-zhen", "青溪Qx-2023-y"]
)
def test_three_of_four_kinds_are_enough(db: None, good: str) -> None:
    validate_password(good, User(username="somebody", name="某人"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("qingxi2023", "至少要3类；请再加上大写字母、符号中的一类"),
        ("----------", "密码只用了1类字符"),
        ("Qx-2023", "10"),
        ("Administrator-1", "登录名"),
    ],
)
def test_a_bad_one_is_refused_with_the_reason(db: None, bad: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(bad, User(username="administrator-1", name="某人"))
    assert why in "".join(refused.value.messages)


def test_the_rule_is_told_beforehand() -> None:
    assert any("至少用3类" in text for text in password_validators_help_texts())
