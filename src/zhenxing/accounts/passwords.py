"""What a password must look like, how long it lasts, which ones were used before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from zhenxing.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    Words = Callable[[], Iterable[str]]

# GB/T 22239 asks for kinds of characters and regular change, ASVS 6.2 forbids both: a site chooses.
DENGBAO, ASVS = "dengbao", "asvs"
LEAST_LENGTH = {DENGBAO: 10, ASVS: 12}
LEAST_KINDS = 3
LAST_REFUSED = 5
EXPIRES_AFTER = timedelta(days=90)
ONE_TIME_LIFE = timedelta(days=7)
KINDS: dict[str, Callable[[str], bool]] = {
    "大写字母": str.isupper,
    "小写字母": str.islower,
    "数字": str.isdigit,
    "符号": lambda letter: not letter.isalnum(),
}
_own_words: list[Words] = []


def local_words_from(words: Words) -> None:
    """Let the part that knows the county say which names everybody here would try first."""
    _own_words[:] = [words]


def is_expired(person: User, at: datetime) -> bool:
    """Whether the password is due for a change; under ASVS none ever is."""
    if settings.PASSWORD_PROFILE != DENGBAO or person.demo_order is not None:
        return False
    return person.password_since is not None and at - person.password_since >= EXPIRES_AFTER


def is_stale_word(person: User, at: datetime) -> bool:
    """Whether the one-time word on the slip has lain about for too long to be taken."""
    since = person.password_since
    return person.must_change and since is not None and at - since >= ONE_TIME_LIFE


def replace(person: User, new: str, at: datetime) -> None:
    """Put a person's own new password in place of the old one, which is remembered as used."""
    person.past_passwords = [person.password, *person.past_passwords][:LAST_REFUSED]
    person.set_password(new)
    person.must_change, person.password_since = False, at


def hand_out(person: User, word: str, at: datetime) -> None:
    """Give a person a word for one sign-in; what was used before stays refused."""
    if person.has_usable_password():
        person.past_passwords = [person.password, *person.past_passwords][:LAST_REFUSED]
    person.set_password(word)
    person.must_change, person.password_since = True, at


class LengthValidator:
    """Ask for as many characters as the site's profile says."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError saying how many are missing."""
        least = LEAST_LENGTH[settings.PASSWORD_PROFILE]
        if len(password) < least:
            raise ValidationError(
                f"密码只有{len(password)}位，至少要{least}位。", code="password_too_short"
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        return f"密码至少{LEAST_LENGTH[settings.PASSWORD_PROFILE]}位。"


class ThreeKindsValidator:
    """Ask for three of four kinds of characters (GB/T 22239, 身份鉴别), where the site does."""

    def validate(
        self, password: str, user: AbstractBaseUser | None = None
    ) -> None:  # Django passes it
        """Raise ValidationError naming the kinds that are there and those that are missing."""
        missing = [name for name, is_kind in KINDS.items() if not any(map(is_kind, password))]
        if settings.PASSWORD_PROFILE == DENGBAO and len(KINDS) - len(missing) < LEAST_KINDS:
            raise ValidationError(
                f"密码只用了{len(KINDS) - len(missing)}类字符，至少要{LEAST_KINDS}类；"
                f"请再加上{'、'.join(missing)}中的一类。",
                code="too_few_kinds",
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        if settings.PASSWORD_PROFILE == DENGBAO:
            return f"{'、'.join(KINDS)}中至少用{LEAST_KINDS}类。"
        return "越长越好，不要求混用字符种类。"


class LocalWordsValidator:
    """Refuse what is a name of this county with digits and signs around it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError naming the word."""
        letters = "".join(filter(str.isalpha, password)).casefold()
        words = {word.casefold() for words in _own_words for word in words()} | {"zhenxing", "镇兴"}
        if letters in words:
            raise ValidationError(
                f"密码只是「{letters}」加数字或符号，是别人最先试的；请换一个。", code="local_word"
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        return "不能只是本县、本镇的名称或拼音加数字、符号。"


class FormerPasswordValidator:
    """Refuse the present password, and the last ones where the site's profile says so."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError if the password was used before."""
        if user is None or not user.pk:
            return
        person = cast("User", user)
        former = person.past_passwords if settings.PASSWORD_PROFILE == DENGBAO else []
        used = [person.password, *former][:LAST_REFUSED]
        if any(check_password(password, kept) for kept in used):
            raise ValidationError("这个密码用过了，请换一个没有用过的。", code="former_password")

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        if settings.PASSWORD_PROFILE == DENGBAO:
            return f"不能与最近{LAST_REFUSED}次用过的相同；每{EXPIRES_AFTER.days}天要换一次。"
        return "不能与现在的相同；不要求定期更换。"
