"""The one password that all identities of a demo site share, so that they can sign.

It stands in a file beside the site's keys, for its owner only; the database keeps its hash.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from zhenxing.accounts.models import User
from zhenxing.accounts.words import random_word

FILE = "demo-password"
SYLLABLES = 3


def ensure() -> str:
    """Give every offered identity the site's word, made once; quick where they have it already."""
    word = read() or _make()
    people = list(User.objects.filter(demo_order__isnull=False))
    without = [person.pk for person in people if not person.check_password(word)]
    if without:
        User.objects.filter(pk__in=without).update(password=make_password(word))
    return word


def read() -> str:
    """Give the word, or nothing where none was made."""
    path = _path()
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _make() -> str:
    word = random_word(SYLLABLES)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(word, encoding="ascii")
    return word


def _path() -> Path:
    return Path(settings.KEY_DIR) / FILE
