"""Addresses of the targets part."""

from __future__ import annotations

from django.urls import path

from zhenxing.targets.views import breakdowns, county, issues, labels, responsibility, towns

TOWN = "targets/towns/<str:code>/"
ONE = f"{TOWN}indicators/<str:indicator>/"
ISSUE = "targets/issues/<int:key>/"
MADE = "targets/breakdowns/<int:key>/"

app_name = "targets"
urlpatterns = [
    path("targets/", county.home, name="home"),
    path("targets/county/", county.matrix, name="county"),
    path("targets/issues/", issues.listing, name="issues"),
    path("targets/issues/draft/", issues.draft, name="issue_draft"),
    path(ISSUE, issues.one, name="issue"),
    path(f"{ISSUE}lines.xlsx", issues.sheet, name="issue_sheet"),
    path(f"{ISSUE}heading/", issues.heading, name="issue_heading"),
    path(f"{ISSUE}lines/", issues.lines, name="issue_lines"),
    path(f"{ISSUE}upload/", issues.upload, name="issue_upload"),
    path(f"{ISSUE}propose/", issues.propose, name="issue_propose"),
    path(f"{ISSUE}return/", issues.send_back, name="issue_return"),
    path(f"{ISSUE}withdraw/", issues.withdraw, name="issue_withdraw"),
    path(f"{ISSUE}approve/", issues.approve, name="issue_approve"),
    path(TOWN, towns.listing, name="town"),
    path(f"{TOWN}acknowledge/", towns.acknowledge, name="acknowledge"),
    path(f"{TOWN}tasks/", towns.tasks, name="tasks"),
    path(f"{TOWN}tasks.xlsx", towns.tasks_sheet, name="tasks_sheet"),
    path(f"{TOWN}tasks.docx", towns.tasks_paper, name="tasks_paper"),
    path(f"{TOWN}labels/", labels.listing, name="labels"),
    path(f"{TOWN}labels/<str:label>/", labels.one, name="label"),
    path(f"{TOWN}responsibility/", responsibility.listing, name="responsibility"),
    path(f"{TOWN}responsibility/set/", responsibility.assign, name="assign"),
    path(ONE, towns.one, name="one"),
    path(f"{ONE}breakdown/<str:axis>/", breakdowns.edit, name="breakdown"),
    path(f"{ONE}breakdown/<str:axis>/save/", breakdowns.save, name="break_down"),
    path(f"{MADE}adopt/", breakdowns.adopt, name="adopt"),
    path(f"{MADE}return/", breakdowns.hand_back, name="hand_back"),
    path(f"{MADE}sign/", breakdowns.sign, name="sign"),
    path("targets/leaders/<str:username>/", responsibility.leader, name="leader"),
]
