"""Addresses of the uses of results."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import uses

ONE = "assessment/uses/<int:key>/"
OF_ROUND = "assessment/rounds/<int:key>/uses/"

USES = [
    path("assessment/uses/", uses.listing, name="uses"),
    path(f"{OF_ROUND}new/", uses.new, name="use_new"),
    path(f"{OF_ROUND}propose/", uses.propose, name="use_propose"),
    path(ONE, uses.one, name="use"),
    path(f"{ONE}hear/", uses.hear, name="use_hear"),
    path(f"{ONE}approve/", uses.approve, name="use_approve"),
    path(f"{ONE}decline/", uses.decline, name="use_decline"),
    path(f"{ONE}fulfil/", uses.fulfil, name="use_fulfil"),
    path(f"{ONE}withdraw/", uses.withdraw, name="use_withdraw"),
    path(f"{ONE}voucher/", uses.voucher, name="use_voucher"),
    path(f"{ONE}paper.docx", uses.paper, name="use_paper"),
]
