"""The product as a whole, on the demo county: who may what, how often pages ask."""

from __future__ import annotations
