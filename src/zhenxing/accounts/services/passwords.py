"""One's own password, and the one word of a demo site."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhenxing.accounts import demo_password, passwords
from zhenxing.accounts.models import User
from zhenxing.accounts.services.door import MUST_CHANGE, reauthenticate
from zhenxing.accounts.services.refusals import RefusedError
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from zhenxing.audit.models import Actor
    from zhenxing.web.http import Request

WHERE = "新密码"
FIELDS = ["password", "past_passwords", "must_change", "password_since"]


def change_password(request: Request, *, old: str, new: str, by: Actor) -> None:
    """Change the signed-in person's password; every other session of theirs ends.

    Raises RefusedError for a wrong old password or a new one that the rules refuse.
    """
    person = cast("User", request.user)
    if person.demo_order is not None:
        raise RefusedError(
            Problem(WHERE, "演示身份共用一个演示口令，不能单独改", "请用真实账号的站点试改密码")
        )
    wrong = reauthenticate(request, old)
    if wrong is not None:
        raise RefusedError(
            Problem("现在的密码", wrong.what.replace("没有签名", "没有改"), wrong.next)
        )
    with audit.act(
        "accounts.password.changed", subject=person.username, by=by, moment=request.moment
    ) as act:
        kept = User.objects.select_for_update().get(pk=person.pk)
        _validate(new, kept)
        passwords.replace(kept, new, request.moment.at)
        kept.save(update_fields=FIELDS)
        act.vouch(kept)
    update_session_auth_hash(request, kept)
    request.session.pop(MUST_CHANGE, None)


def give_demo_password() -> str:
    """Let every identity of a demo site sign with the site's one word; give the word."""
    return demo_password.ensure()


def _validate(new: str, person: User) -> None:
    try:
        validate_password(new, person)
    except ValidationError as refused:
        problems = [Problem(WHERE, text.rstrip("。"), "请换一个") for text in refused.messages]
        raise RefusedError(*problems) from None
