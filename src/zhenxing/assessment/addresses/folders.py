"""Addresses of self-scores and evidence folders."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import folders

ALL = "assessment/rounds/<int:key>/folders/"
ONE = f"{ALL}<str:code>/"
PAPER = "assessment/item-papers/<int:number>/"
FOLDERS = [
    path("assessment/folders/", folders.mine, name="folders_mine"),
    path(ALL, folders.listing, name="folders"),
    path(ONE, folders.one, name="folder"),
    path(f"{ONE}save/", folders.save, name="folder_save"),
    path(f"{ONE}papers/", folders.add, name="folder_papers"),
    path(f"{ONE}sign/", folders.sign, name="folder_sign"),
    path(PAPER, folders.paper, name="item_paper"),
    path(f"{PAPER}take-back/", folders.take_back, name="item_paper_back"),
]
