"""Addresses of panels and judged marks."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import marks

ROUND = "assessment/rounds/<int:key>/"
PANEL = f"{ROUND}panels/<str:item>/"
MARKS = [
    path("assessment/marks/", marks.mine, name="marks_mine"),
    path(f"{ROUND}marks/", marks.grid, name="marks"),
    path(f"{ROUND}marks/save/", marks.save, name="marks_save"),
    path(f"{ROUND}marks/hand-in/", marks.hand_in, name="marks_hand_in"),
    path(f"{ROUND}panels/", marks.panels, name="panels"),
    path(PANEL, marks.panel, name="panel"),
    path(f"{PANEL}set/", marks.set_panel, name="panel_set"),
    path(f"{PANEL}close/", marks.close, name="panel_close"),
]
