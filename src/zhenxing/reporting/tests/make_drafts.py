"""Typing a month into the page, as the tests of drafts do it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from django.test import Client

from tests import cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from zhenxing.accounts.models import User


OURS = "/returns/2023-10/T01-G3/"
WIDE = "\N{FULLWIDTH DIGIT NINE},060"
FILL, DRAFT = f"{OURS}fill/", f"{OURS}draft/"
GOOD = {
    "works.F": "9,060", "industry.F": "4065", "paid_in.F": "6720.5", "online.F": "310",
    "reserve.F": "8", "cases.F": "-3.5", "replies.F": "98.6", "done": "完成{{在建项目完成投资}}。",
    "problems": "用地手续未齐。", "measures": "11月10日前补正。",
}  # fmt: skip


def client_of(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


def send(
    client: Client, cells: Mapping[str, tuple[str, str]], base: int = 0, **more: str
) -> Answer:
    """Save as the page's script does: each place with the text that was seen there."""
    told = {name: {"before": before, "after": after} for name, (before, after) in cells.items()}
    body = json.dumps({"base_version": base, "cells": told} | more)
    return client.post(DRAFT, body, content_type="application/json", HTTP_ACCEPT="application/json")


def page_of(client: Client, texts: Mapping[str, str], **more: str) -> dict[str, str]:
    """Give what a page sends when it is sent whole, with texts typed into it."""
    shown = client.get(FILL).content.decode()
    hidden = dict(re.findall(r'name="(token|base_version|opened)" value="([^"]*)"', shown))
    state = client.get(f"{DRAFT}now/").json()
    cells = state["texts"] | dict(texts)
    return hidden | {
        "before": json.dumps(state["texts"]),
        **{f"cell:{name}": text.replace("\n", "\r\n") for name, text in cells.items()},
        **more,
    }


def fill_in(client: Client) -> None:
    assert send(client, {name: ("", text) for name, text in GOOD.items()}).status_code == 200
