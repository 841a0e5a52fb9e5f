"""Addresses of the hand-in."""

from __future__ import annotations

from django.urls import path

from zhenxing.reporting import views

app_name = "reporting"
urlpatterns = [
    path("returns/", views.listing, name="list"),
    path("returns/<str:period>/<str:group>/", views.one, name="one"),
    path("returns/<str:period>/<str:group>/form.xlsx", views.form, name="form"),
    path("returns/<str:period>/<str:group>/upload/", views.upload, name="upload"),
    path("uploads/<uuid:token>/", views.preview, name="preview"),
    path("uploads/<uuid:token>/submit/", views.submit, name="submit"),
    path("receipts/<str:number>.json", views.receipt_file, name="receipt_file"),
    path("receipts/<str:number>/", views.receipt, name="receipt"),
]
