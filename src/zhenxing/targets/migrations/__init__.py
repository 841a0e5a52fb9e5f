"""Migrations of the targets part."""

from __future__ import annotations
