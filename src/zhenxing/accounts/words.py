"""Random words that people read off a slip or a screen and type once."""

from __future__ import annotations

import secrets

# Letters and digits that nobody takes for another.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def random_word(syllables: int) -> str:
    """Give syllables of three letters and a digit, joined by hyphens; 16 bits each."""
    return "-".join(_syllable() for _ in range(syllables))


def _syllable() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(3)) + secrets.choice(DIGITS)
