"""Addresses of the office forms."""

from __future__ import annotations

from django.urls import path

from zhenxing.reuse import cell_views, views

app_name = "reuse"
urlpatterns = [
    path("reuse/", views.listing, name="list"),
    path("reuse/new/", views.new, name="new"),
    path("reuse/register/", views.register, name="register"),
    path("reuse/<str:code>/", views.one, name="one"),
    path("reuse/<str:code>/filled.xlsx", views.filled, name="filled"),
    path("reuse/<str:code>/original.xlsx", views.original, name="original"),
    path("reuse/<str:code>/send/", views.send, name="send"),
    path("reuse/<str:code>/sent/<int:number>/", views.sent, name="sent"),
    path("reuse/<str:code>/sent/<int:number>.xlsx", views.sent_file, name="sent_file"),
    path("reuse/<str:code>/particulars/", views.particulars, name="particulars"),
    path("reuse/<str:code>/amend/", views.amend, name="amend"),
    path("reuse/<str:code>/stop/", views.stop, name="stop"),
    path("reuse/<str:code>/cells/", cell_views.cells, name="cells"),
    path("reuse/<str:code>/cells/assign/", cell_views.assign, name="assign"),
    path("reuse/<str:code>/cells/accept/", cell_views.accept, name="accept"),
    path("reuse/<str:code>/cells/release/", cell_views.release, name="release"),
]
