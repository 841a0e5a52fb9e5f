"""Addresses of the accounts part."""

from __future__ import annotations

from django.urls import path

from zhenxing.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/", views.password, name="password"),
    path("password/change/", views.change_password, name="change_password"),
    path("demo/", views.demo, name="demo"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("help/", views.guide, name="guide"),
    path("help/<slug:slug>/", views.guide_page, name="guide_page"),
]
