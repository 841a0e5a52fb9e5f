"""Addresses of the hand-in."""

from __future__ import annotations

from django.urls import path

from zhenxing.reporting.views import returns

app_name = "reporting"
urlpatterns = [
    path("returns/", returns.listing, name="list"),
    path("returns/<str:period>/<str:group>/", returns.one, name="one"),
    path("returns/<str:period>/<str:group>/form.xlsx", returns.form, name="form"),
    path("returns/<str:period>/<str:group>/upload/", returns.upload, name="upload"),
    path("uploads/<uuid:token>/", returns.preview, name="preview"),
    path("uploads/<uuid:token>/submit/", returns.submit, name="submit"),
    path("receipts/<str:number>.json", returns.receipt_file, name="receipt_file"),
    path("receipts/<str:number>/", returns.receipt, name="receipt"),
]
