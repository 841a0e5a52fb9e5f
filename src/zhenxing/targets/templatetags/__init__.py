"""What templates of the targets part call."""

from __future__ import annotations
