"""What the site knows already of what was read: the target in force, the counted figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
