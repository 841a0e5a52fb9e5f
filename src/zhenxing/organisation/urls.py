"""Addresses of the organisation part."""

from __future__ import annotations

from django.urls import path

from zhenxing.organisation.views import calendar, people, posts, units, upkeep

app_name = "organisation"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/upkeep/", upkeep.upkeep, name="upkeep"),
    path("units/<str:code>/rename/", upkeep.rename_unit, name="rename_unit"),
    path("units/<str:code>/close/", upkeep.close_unit, name="close_unit"),
    path("units/<str:code>/open-unit/", upkeep.open_unit, name="open_unit"),
    path("units/<str:code>/open-group/", upkeep.open_group, name="open_group"),
    path("groups/<str:code>/", upkeep.group, name="group"),
    path("groups/<str:code>/rename/", upkeep.rename_group, name="rename_group"),
    path("groups/<str:code>/close/", upkeep.close_group, name="close_group"),
    path("groups/<str:code>/join/", upkeep.join_group, name="join_group"),
    path("members/<int:key>/leave/", upkeep.leave_group, name="leave_group"),
    path("people/", people.people, name="people"),
    path("people.xlsx", people.people_sheet, name="people_sheet"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/enrol/", people.enrol, name="enrol"),
    path("people/of/<str:username>/", people.person, name="person"),
    path("people/of/<str:username>/correct/", people.correct_person, name="correct_person"),
    path("people/of/<str:username>/reset/", people.reset_password, name="reset_password"),
    path("people/of/<str:username>/switch/", people.switch_person, name="switch_person"),
    path("people/of/<str:username>/post/", posts.request_post, name="request_post"),
    path("posts/<int:key>/end/", posts.end_post, name="end_post"),
    path("post-requests/", posts.requests, name="requests"),
    path("post-requests/<int:key>/", posts.decide_post, name="decide_post"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/days/", calendar.propose_days, name="propose_days"),
    path("calendar/rule/", calendar.propose_rule, name="propose_rule"),
    path("calendar/<int:key>/", calendar.decide_calendar, name="decide_calendar"),
    path("demo/date/", units.demo_date, name="demo_date"),
]
