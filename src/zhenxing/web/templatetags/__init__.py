"""What templates call."""

from __future__ import annotations
