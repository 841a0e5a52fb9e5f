"""What was read in a paper, accepted line by line into targets, figures and drafts."""

from __future__ import annotations
