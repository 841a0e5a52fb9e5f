"""Addresses of incoming papers and of what was read in them."""

from __future__ import annotations

from django.urls import path

from zhenxing.adoption.views import deciding, papers, placing, reading

ONE = "readings/<int:key>/"

READING = [
    path("readings/", papers.listing, name="papers"),
    path("readings/new/", papers.new, name="new"),
    path("readings/bring/", papers.bring, name="bring"),
    path(ONE, reading.one, name="reading"),
    path(f"{ONE}progress/", papers.progress, name="progress"),
    path(f"{ONE}again/", papers.again, name="again"),
    path(f"{ONE}file/", papers.original, name="original"),
    path(f"{ONE}sheet/", reading.sheet, name="sheet"),
    path(f"{ONE}decide/", deciding.decide, name="decide"),
    path(f"{ONE}correct/", deciding.correct, name="correct"),
    path(f"{ONE}split/", deciding.split, name="split"),
    path(f"{ONE}add/", deciding.add, name="add"),
    path(f"{ONE}targets/", placing.targets, name="place_targets"),
    path(f"{ONE}references/", placing.references, name="place_references"),
    path(f"{ONE}figures/", placing.figures, name="place_figures"),
]
