"""Addresses of schemes, their editions and the table editor."""

from __future__ import annotations

from django.urls import path

from zhenxing.assessment.views import editor, pasting, rounds, schemes

ALL = "assessment/schemes/"
ONE = f"{ALL}<slug:code>/"
EDITION = f"{ONE}<int:number>/"

SCHEMES = [
    path("assessment/", rounds.listing, name="home"),
    path(ALL, schemes.listing, name="schemes"),
    path(f"{ALL}draft/", schemes.draft, name="scheme_draft"),
    path(f"{ALL}paste/", pasting.paste, name="scheme_paste"),
    path(ONE, schemes.one, name="scheme"),
    path(EDITION, schemes.edition, name="edition"),
    path(f"{EDITION}scheme.docx", schemes.word, name="edition_paper"),
    path(f"{EDITION}scheme.xlsx", schemes.excel, name="edition_sheet"),
    path(f"{EDITION}scheme.yaml", schemes.text, name="edition_text"),
    path(f"{EDITION}differences/", schemes.differing, name="edition_differences"),
    path(f"{EDITION}preview/", schemes.preview, name="edition_preview"),
    path(f"{EDITION}revise/", schemes.revise, name="edition_revise"),
    path(f"{EDITION}propose/", schemes.propose, name="edition_propose"),
    path(f"{EDITION}return/", schemes.send_back, name="edition_return"),
    path(f"{EDITION}withdraw/", schemes.withdraw, name="edition_withdraw"),
    path(f"{EDITION}approve/", schemes.approve, name="edition_approve"),
    path(f"{EDITION}edit/", editor.edit, name="scheme_edit"),
    path(f"{EDITION}sheet/", editor.sheet, name="scheme_sheet"),
    path(f"{EDITION}text/", editor.text, name="scheme_text"),
    path(f"{EDITION}check/", editor.check, name="scheme_check"),
]
