"""What a password must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractBaseUser

LEAST_KINDS = 3
KINDS: dict[str, Callable[[str], bool]] = {
    "大写字母": str.isupper,
    "小写字母": str.islower,
    "数字": str.isdigit,
    "符号": lambda letter: not letter.isalnum(),
}


class ThreeKindsValidator:
    """Ask for three of four kinds of characters (GB/T 22239, 身份鉴别)."""

    def validate(
        self, password: str, user: AbstractBaseUser | None = None
    ) -> None:  # Django passes it
        """Raise ValidationError naming the kinds that are there and those that are missing."""
        missing = [name for name, is_kind in KINDS.items() if not any(map(is_kind, password))]
        if len(KINDS) - len(missing) < LEAST_KINDS:
            raise ValidationError(
                f"密码只用了{len(KINDS) - len(missing)}类字符，至少要{LEAST_KINDS}类；"
                f"请再加上{'、'.join(missing)}中的一类。",
                code="too_few_kinds",
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        return f"密码至少10位，{'、'.join(KINDS)}中至少用{LEAST_KINDS}类。"
