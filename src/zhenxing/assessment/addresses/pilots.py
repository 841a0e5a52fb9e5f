"""Addresses of pilot towns, their selection and their replacement."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import pilots

ONE = "assessment/pilots/<int:key>/"
SELECTION = "assessment/pilots/selections/<int:key>/"
PROPOSAL = f"{SELECTION}proposals/<int:number>/"
APPLICATION = "assessment/pilots/applications/<int:key>/"

PILOTS = [
    path("assessment/pilots/", pilots.listing, name="pilots"),
    path(f"{ONE}replace/", pilots.replace, name="pilot_replace"),
    path(f"{ONE}end/<int:use>/", pilots.end, name="pilot_end"),
    path(SELECTION, pilots.selection, name="selection"),
    path(f"{SELECTION}towns/<str:code>/apply/", pilots.write, name="application_write"),
    path(f"{SELECTION}propose/", pilots.propose, name="pilots_propose"),
    path(f"{PROPOSAL}approve/", pilots.approve, name="pilots_approve"),
    path(f"{PROPOSAL}decline/", pilots.decline, name="pilots_decline"),
    path(APPLICATION, pilots.application, name="application"),
    path(f"{APPLICATION}sign/", pilots.sign, name="application_sign"),
    path(f"{APPLICATION}withdraw/", pilots.withdraw, name="application_withdraw"),
    path(f"{APPLICATION}papers/<int:number>/", pilots.paper, name="application_paper"),
]
