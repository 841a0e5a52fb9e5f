"""Official papers and tables as values, written to bytes: Word in GB/T 9704 layout, and Excel."""

from __future__ import annotations
