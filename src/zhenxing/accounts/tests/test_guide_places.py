"""The guide that is delivered: every duty has its page, and nothing in it leads nowhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from zhenxing.accounts import guide

LAST = ("packs", "service", "upgrade")
PAGES = [page.slug for page in guide.pages()]
LINK = re.compile(r"\]\((?P<to>[^)\s]+)\)")
PATH = re.compile(r"`(?P<path>/[a-z][a-z0-9/-]*/)`")
# What stands after 点 in bold is a button or a link; the numbers and names in it differ.
BUTTON = re.compile(r"点\*\*(?P<name>[^*]+)\*\*")
DIFFERS = re.compile(r"……|某月|\d+")


def text_of(slug: str) -> str:
    """Give a page as it is written."""
    return (Path(settings.GUIDE_DIR) / f"{slug}.md").read_text(encoding="utf-8")


def headings(slug: str) -> set[str]:
    """Give the places of a page that a link can lead to."""
    html = next(page.html for page in guide.pages() if page.slug == slug)
    return {unescape(found) for found in re.findall(r'<h[2-6] id="([^"]+)"', html)}


def test_every_duty_has_its_page_in_the_order_of_a_month() -> None:
    assert tuple(PAGES) == guide.ORDER


def test_a_page_without_a_place_comes_last() -> None:
    assert [guide.ORDER.index(slug) for slug in PAGES] == sorted(range(len(PAGES)))


@pytest.mark.parametrize("slug", PAGES)
def test_every_link_and_picture_leads_somewhere(slug: str) -> None:
    folder = Path(settings.GUIDE_DIR)
    lost = []
    for found in LINK.finditer(text_of(slug)):
        to, _, place = found["to"].partition("#")
        if to.startswith("/"):
            resolve(to)
        elif to.endswith(".md"):
            here = (folder / to).is_file() and (not place or place in headings(to[:-3]))
            lost += [] if here else [found["to"]]
        elif not to.startswith("https://") and not (folder / to).is_file():
            lost.append(found["to"])
    assert lost == []


@pytest.mark.parametrize("slug", PAGES)
def test_every_address_of_the_site_that_is_written_down_exists(slug: str) -> None:
    lost = []
    for found in PATH.finditer(text_of(slug)):
        try:
            resolve(found["path"])
        except Resolver404:
            lost.append(found["path"])
    kept = [path for path in lost if not path.startswith(("/srv/", "/backup/", "/etc/", "/var/"))]
    assert kept == []


def test_every_picture_is_used_and_small() -> None:
    folder = Path(settings.GUIDE_PICTURES)
    root = folder.parents[1]
    texts = [text_of(slug) for slug in PAGES]
    texts += [
        (root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    ]
    written = "\n".join(texts)
    pictures = sorted(folder.glob("*.png"))
    assert [file.name for file in pictures if f"pictures/{file.name}" not in written] == []
    assert [file.name for file in pictures if file.stat().st_size > 250 * 1024] == []


@pytest.mark.parametrize("slug", [slug for slug in PAGES if slug not in LAST])
def test_a_button_that_the_guide_names_is_on_some_page(slug: str) -> None:
    source = Path(settings.GUIDE_DIR).parents[1] / "src" / "zhenxing"
    files = [*source.rglob("*.html"), *source.glob("*/choices.py"), *source.glob("*/forms/*.py")]
    files += source.glob("*/views/*.py")
    shown = "".join(file.read_text(encoding="utf-8") for file in files)
    named = {found["name"] for found in BUTTON.finditer(text_of(slug))}
    lost = {name for name in named for piece in DIFFERS.split(name) if piece not in shown}
    assert lost == set()
