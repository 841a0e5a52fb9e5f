"""Addresses of the papers."""

from __future__ import annotations

from django.urls import path

from zhenxing.papers import views

app_name = "papers"
urlpatterns = [
    path("towns/<str:code>/notice/<str:period>.docx", views.notice, name="notice"),
]
