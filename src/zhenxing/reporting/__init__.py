"""填报: calls, submissions, forms, receipts."""

from __future__ import annotations
