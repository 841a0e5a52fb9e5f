"""What is known of papers and of what was read in them."""

from __future__ import annotations
