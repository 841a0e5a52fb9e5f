"""Changes to targets: issued by two persons, acknowledged, broken down, answered for."""

from __future__ import annotations

from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets.services.acknowledging import acknowledge
from zhenxing.targets.services.assigning import Answer, assign
from zhenxing.targets.services.breaking import (
    Piece,
    Share,
    adopt,
    break_down,
    groups_of,
    hand_back,
    sign,
)
from zhenxing.targets.services.headings import read_heading
from zhenxing.targets.services.issuing import (
    Heading,
    approve,
    draft,
    propose,
    put_lines,
    save_heading,
    send_back,
    withdraw,
)

__all__ = [
    "ActRefusedError",
    "Answer",
    "Heading",
    "Piece",
    "Share",
    "acknowledge",
    "adopt",
    "approve",
    "assign",
    "break_down",
    "draft",
    "groups_of",
    "hand_back",
    "propose",
    "put_lines",
    "read_heading",
    "save_heading",
    "send_back",
    "sign",
    "withdraw",
]
