"""Addresses of rounds, runs and results, and of what is public."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import public, results, rounds

ONE = "assessment/rounds/<int:key>/"
ROUNDS = [
    path("assessment/rounds/", rounds.listing, name="rounds"),
    path("assessment/rounds/open/", rounds.begin, name="round_open"),
    path(ONE, rounds.one, name="round"),
    path(f"{ONE}table.xlsx", results.sheet, name="round_sheet"),
    path(f"{ONE}run/", rounds.run, name="round_run"),
    path(f"{ONE}mark/", rounds.mark, name="round_mark"),
    path(f"{ONE}reply/", rounds.reply, name="round_reply"),
    path(f"{ONE}reopen/", rounds.reopen, name="round_reopen"),
    path(f"{ONE}check/", rounds.check, name="round_check"),
    path(f"{ONE}publish/", rounds.publish, name="round_publish"),
    path(f"{ONE}revoke/", rounds.revoke, name="round_revoke"),
    path(f"{ONE}units/<str:code>/", results.unit, name="unit"),
    path(f"{ONE}recompute/", results.recompute, name="recompute"),
    path(f"{ONE}parcel.zip", results.parcel, name="parcel"),
    path("assessment/jobs/<int:key>/", rounds.job, name="job"),
    path("public/results/", public.listing, name="public"),
    path("public/results/<int:key>/", public.one, name="public_one"),
]
