"""Addresses of a paper's card in the register."""

from __future__ import annotations

from django.urls import path

from zhenxing.adoption.views import register

ONE = "readings/<int:key>/register/"

REGISTER = [
    path(ONE, register.card, name="register"),
    path(f"{ONE}change/", register.change, name="change"),
    path(f"{ONE}send/", register.send, name="send"),
    path(f"{ONE}seen/", register.seen, name="seen"),
    path(f"{ONE}recall/<int:copy>/", register.recall, name="recall"),
    path(f"{ONE}follow/", register.follow, name="follow"),
]
