"""Files in and out, kept byte for byte."""

from __future__ import annotations
