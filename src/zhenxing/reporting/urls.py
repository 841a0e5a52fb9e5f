"""Addresses of the hand-in."""

from __future__ import annotations

from django.urls import path

from zhenxing.reporting.views import (
    asking,
    calls,
    completeness,
    corrections,
    evidence,
    extending,
    filling,
    returns,
)

app_name = "reporting"
urlpatterns = [
    path("returns/", returns.listing, name="list"),
    path("returns/<str:period>/<str:group>/", returns.one, name="one"),
    path("returns/<str:period>/<str:group>/form.xlsx", returns.form, name="form"),
    path("returns/<str:period>/<str:group>/upload/", returns.upload, name="upload"),
    path("returns/<str:period>/<str:group>/fill/", filling.fill, name="fill"),
    path("returns/<str:period>/<str:group>/fill/save/", filling.save, name="save"),
    path("returns/<str:period>/<str:group>/fill/hand-in/", filling.hand_in, name="hand_in"),
    path("returns/<str:period>/<str:group>/fill/aside/", filling.aside, name="aside"),
    path("returns/<str:period>/<str:group>/draft/", filling.draft, name="draft"),
    path("returns/<str:period>/<str:group>/draft/now/", filling.draft_state, name="draft_state"),
    path("returns/<str:period>/<str:group>/evidence/", evidence.add, name="evidence_add"),
    path("evidence/<int:number>/", evidence.file, name="evidence"),
    path("corrections/", corrections.listing, name="slips"),
    path("corrections/pattern/", corrections.pattern, name="slip_pattern"),
    path(
        "corrections/new/<str:group>/<str:indicator>/<str:period>/",
        corrections.new,
        name="slip_new",
    ),
    path(
        "corrections/new/<str:group>/<str:indicator>/<str:period>/propose/",
        corrections.propose,
        name="slip_propose",
    ),
    path("corrections/<str:number>.docx", corrections.paper, name="slip_paper"),
    path("corrections/<str:number>/", corrections.one, name="slip"),
    path("corrections/<str:number>/sign/", corrections.sign, name="slip_sign"),
    path("corrections/<str:number>/verify/", corrections.verify, name="slip_verify"),
    path("corrections/<str:number>/approve/", corrections.approve, name="slip_approve"),
    path("corrections/<str:number>/refuse/", corrections.refuse, name="slip_refuse"),
    path(
        "corrections/<str:number>/evidence/<int:paper>/",
        corrections.evidence,
        name="slip_evidence",
    ),
    path("calls/", calls.listing, name="calls"),
    path("calls/new/", asking.new, name="call_new"),
    path("calls/propose/", asking.propose, name="call_propose"),
    path("calls/<str:code>/", calls.one, name="call"),
    path("calls/<str:code>/closing/", calls.propose_closing, name="call_closing"),
    path("calls/<str:code>/close/", calls.close, name="call_close"),
    path("calls/<str:code>/urge/", calls.urge, name="urge"),
    path("calls/<str:code>/approve/", asking.approve, name="call_approve"),
    path("calls/<str:code>/refuse/", asking.refuse, name="call_refuse"),
    path("urgings/<int:number>/read/", calls.read_urging, name="urging_read"),
    path("returns/<str:period>/<str:group>/extension/", extending.page, name="extension"),
    path("returns/<str:period>/<str:group>/extension/ask/", extending.ask, name="extension_ask"),
    path("extensions/<int:number>/support/", extending.support, name="extension_support"),
    path("extensions/<int:number>/grant/", extending.grant, name="extension_grant"),
    path("extensions/<int:number>/refuse/", extending.refuse, name="extension_refuse"),
    path("completeness/", completeness.overview, name="completeness"),
    path("completeness/<str:code>/", completeness.unit, name="completeness_unit"),
    path("uploads/<uuid:token>/", returns.preview, name="preview"),
    path("uploads/<uuid:token>/submit/", returns.submit, name="submit"),
    path("receipts/<str:number>.json", returns.receipt_file, name="receipt_file"),
    path("receipts/<str:number>/ruling/", calls.rule, name="ruling"),
    path("receipts/<str:number>/", returns.receipt, name="receipt"),
]
