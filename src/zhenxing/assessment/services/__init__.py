"""What people do about an assessment: every act with its entry in the ledger."""

from __future__ import annotations
