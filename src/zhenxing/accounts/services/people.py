"""Who may sign in: people enrolled, disabled and enabled, words for the first sign-in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from zhenxing.accounts import passwords
from zhenxing.accounts.models import User
from zhenxing.accounts.services.refusals import RefusedError
from zhenxing.accounts.words import random_word
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenxing.audit.models import Actor
    from zhenxing.kernel.moments import Moment

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SYLLABLES = 4
ONE_TIME_DAYS = passwords.ONE_TIME_LIFE.days
PASSWORD = ["password", "past_passwords", "must_change", "password_since"]


def enrol(
    *, username: str, name: str, phone: str = "", by: Actor, moment: Moment
) -> tuple[User, str]:
    """Make somebody who may sign in; give them with the word for the first sign-in.

    Nothing keeps the word: whoever asked shows it once and hands it over on paper.
    """
    person = User(username=username, name=name, phone=phone, active_since=localdate(moment.at))
    word = random_word(SYLLABLES)
    passwords.hand_out(person, word, moment.at)
    with audit.act(
        "accounts.person.enrolled",
        subject=username,
        by=by,
        moment=moment,
        details={"name": name, "phone": bool(phone)},
    ) as act:
        refused = list(_against_name(username, name))
        if refused:
            raise RefusedError(*refused)
        person.save(force_insert=True)
        act.vouch(person)
    return person, word


def correct(person: User, *, name: str, phone: str, by: Actor, moment: Moment) -> None:
    """Write a person's name and telephone anew."""
    if not name:
        raise RefusedError(_NAMELESS)
    before = User.objects.get(pk=person.pk)
    details = {"name": [before.name, name], "phone_changed": before.phone != phone}
    with audit.act(
        "accounts.person.corrected", subject=person.username, by=by, moment=moment, details=details
    ) as act:
        person.name, person.phone = name, phone
        person.save(update_fields=["name", "phone"])
        act.vouch(person)


def reset_password(person: User, *, by: Actor, moment: Moment) -> str:
    """Take a person's password and sessions away; give the word for the next sign-in.

    Whoever had signed in before signs nothing for a day: a reset is no way to another's signature.
    """
    refused = [*_against_self(person, by), *_against_demo(person)]
    if refused:
        raise RefusedError(*refused)
    word = random_word(SYLLABLES)
    with audit.act("accounts.password.reset", subject=person.username, by=by, moment=moment) as act:
        person.refresh_from_db()
        passwords.hand_out(person, word, moment.at)
        person.reset_at = moment.at if person.last_login else None
        person.save(update_fields=[*PASSWORD, "reset_at"])
        act.vouch(person)
    return word


def disable(person: User, *, reason: str, by: Actor, moment: Moment) -> None:
    """Keep a person out from the next request on; whatever they did stays theirs."""
    refused = [*_against_self(person, by), *_without_reason(reason)]
    if not person.is_active:
        refused.append(Problem(person.name, "已经停用了", "不必再停用"))
    if refused:
        raise RefusedError(*refused)
    _switch(person, on=False, reason=reason, by=by, moment=moment)


def enable(person: User, *, reason: str, by: Actor, moment: Moment) -> None:
    """Let a disabled person in again; the password is the one they had."""
    refused = [*_against_self(person, by), *_without_reason(reason)]
    if person.is_active:
        refused.append(Problem(person.name, "没有停用", "不必启用"))
    if refused:
        raise RefusedError(*refused)
    person.active_since = localdate(moment.at)
    _switch(person, on=True, reason=reason, by=by, moment=moment)


def _switch(person: User, *, on: bool, reason: str, by: Actor, moment: Moment) -> None:
    with audit.act(
        "accounts.person.enabled" if on else "accounts.person.disabled",
        subject=person.username,
        by=by,
        moment=moment,
        details={"reason": reason},
    ) as act:
        person.is_active = on
        person.save(update_fields=["is_active", "active_since"])
        act.vouch(person)


_NAMELESS = Problem("姓名", "没有填写", "请填写真实姓名")


def _against_name(username: str, name: str) -> Iterator[Problem]:
    if not USERNAME.fullmatch(username):
        yield Problem(
            "登录名",
            f"「{username}」不合写法，只能用小写字母、数字、点、横线，2至40位，字母或数字开头",
            "请改登录名",
        )
    elif User.objects.filter(username=username).exists():
        yield Problem("登录名", f"「{username}」已经有人用了", "请换一个；同一个人不必建两个账号")
    if not name:
        yield _NAMELESS


def _against_self(person: User, by: Actor) -> Iterator[Problem]:
    if person.username == by.username:
        yield Problem(person.name, "不能改自己的账号和权限", "请另一位县级管理员办理")


def _against_demo(person: User) -> Iterator[Problem]:
    if person.demo_order is not None:
        yield Problem(person.name, "是演示身份，共用演示口令", "请先另建人员再试")


def _without_reason(reason: str) -> Iterator[Problem]:
    if not reason.strip():
        yield Problem("原因", "没有填写", "请写一句为什么，它会记入账本")
