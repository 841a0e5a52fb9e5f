"""Journeys in a real browser against a real site."""

from __future__ import annotations
