"""Addresses of appeals."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import appeals

ONE = "assessment/appeals/<int:key>/"
OF_ROUND = "assessment/rounds/<int:key>/appeals/<str:code>/"

APPEALS = [
    path("assessment/appeals/", appeals.listing, name="appeals"),
    path(f"{OF_ROUND}new/", appeals.new, name="appeal_new"),
    path(f"{OF_ROUND}draft/", appeals.draft, name="appeal_draft"),
    path(ONE, appeals.one, name="appeal"),
    path(f"{ONE}save/", appeals.save, name="appeal_save"),
    path(f"{ONE}file/", appeals.file, name="appeal_file"),
    path(f"{ONE}withdraw/", appeals.withdraw, name="appeal_withdraw"),
    path(f"{ONE}answer/", appeals.answer, name="appeal_answer"),
    path(f"{ONE}papers/<int:number>/", appeals.paper, name="appeal_paper"),
]
