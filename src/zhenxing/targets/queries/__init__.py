"""Questions about targets: what is in force, plans by month, issues, breakdowns, labels, lines."""

from __future__ import annotations

from zhenxing.targets.access import Seats
from zhenxing.targets.cells import Line as IssueLine
from zhenxing.targets.cells import read_number
from zhenxing.targets.queries.checks import Ground, ground
from zhenxing.targets.queries.county import Matrix, matrix
from zhenxing.targets.queries.detail import Detail, detail, signed_steps
from zhenxing.targets.queries.force import (
    breakdowns_in_force,
    held,
    level,
    targets_in_force,
    visible_targets,
)
from zhenxing.targets.queries.issues import Reading, Told, lines_in, read
from zhenxing.targets.queries.labels import codes_of, labels, labels_of
from zhenxing.targets.queries.lines import Line, charges_of, lines_of
from zhenxing.targets.queries.plan import Months, Plan, manner_of, month_plan, months_of
from zhenxing.targets.queries.posts import seats
from zhenxing.targets.queries.town import (
    Aimed,
    Issued,
    documents,
    is_acknowledged,
    is_signed,
    town_targets,
)

__all__ = [
    "Aimed",
    "Detail",
    "Ground",
    "IssueLine",
    "Issued",
    "Line",
    "Matrix",
    "Months",
    "Plan",
    "Reading",
    "Seats",
    "Told",
    "breakdowns_in_force",
    "charges_of",
    "codes_of",
    "detail",
    "documents",
    "ground",
    "held",
    "is_acknowledged",
    "is_signed",
    "labels",
    "labels_of",
    "level",
    "lines_in",
    "lines_of",
    "manner_of",
    "matrix",
    "month_plan",
    "months_of",
    "read",
    "read_number",
    "seats",
    "signed_steps",
    "targets_in_force",
    "town_targets",
    "visible_targets",
]  # fmt: skip
