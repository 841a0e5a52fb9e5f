"""The zhenxing command."""

from __future__ import annotations
