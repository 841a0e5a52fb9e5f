"""Two papers in the demo county: one in our town's register, one in a foreign town's."""

from __future__ import annotations

from zhenxing.accounts.models import User
from zhenxing.adoption.tests import make

KEEPERS = {"T01": "t01-office", "T02": "t02-office"}


def bring() -> None:
    """Register and read a plan in each of the two towns; ours is paper 1, the foreign one 2."""
    for unit, keeper in KEEPERS.items():
        person = User.objects.get(username=keeper)
        paper = make.registered(person, name=f"{unit}.docx", unit=unit, about=unit)
        make.read(person, paper)
