"""Addresses of claims."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import claims

ONE = "assessment/claims/<int:key>/"
CLAIMS = [
    path("assessment/claims/", claims.listing, name="claims"),
    path("assessment/claims/new/", claims.new, name="claim_new"),
    path("assessment/claims/propose/", claims.propose, name="claim_propose"),
    path(ONE, claims.one, name="claim"),
    path(f"{ONE}paper/", claims.paper, name="claim_paper"),
    path(f"{ONE}approve/", claims.approve, name="claim_approve"),
    path(f"{ONE}refuse/", claims.refuse, name="claim_refuse"),
    path(f"{ONE}withdraw/", claims.withdraw, name="claim_withdraw"),
]
