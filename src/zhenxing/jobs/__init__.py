"""What has to be done every day, once, whoever comes first."""

from __future__ import annotations
