"""Addresses of the hand-in."""

from __future__ import annotations

from django.urls import path

from zhenxing.reporting.views import corrections, evidence, filling, returns

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
    path("uploads/<uuid:token>/", returns.preview, name="preview"),
    path("uploads/<uuid:token>/submit/", returns.submit, name="submit"),
    path("receipts/<str:number>.json", returns.receipt_file, name="receipt_file"),
    path("receipts/<str:number>/", returns.receipt, name="receipt"),
]
