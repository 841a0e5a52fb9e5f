"""The guide: our Markdown as pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from zhenxing.accounts import guide

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Give a guide of three pages."""
    settings.GUIDE_DIR = tmp_path
    (tmp_path / "a-forms.md").write_text("# 填报\n\n见[开始](start.md#one)。\n", "utf-8")
    (tmp_path / "start.md").write_text(
        "# 十分钟上手\n\n## 一\n\n| 项 | 数 |\n|---|--:|\n| 粮食 | 10780 |\n", "utf-8"
    )
    (tmp_path / "untitled.md").write_text("没有标题\n", "utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_first_steps_come_first() -> None:
    assert [page.title for page in guide.pages()] == ["十分钟上手", "填报", "untitled"]


@pytest.mark.usefixtures("folder")
def test_a_table_carries_no_style() -> None:
    first = guide.pages()[0]
    assert "<h1" not in first.html
    assert '<td align="right">10780</td>' in first.html
    assert "style=" not in first.html


@pytest.mark.usefixtures("folder")
def test_a_link_to_another_file_leads_to_its_page() -> None:
    assert 'href="/help/start/#one"' in guide.pages()[1].html


@pytest.mark.usefixtures("folder")
def test_a_picture_is_taken_from_the_file_server_and_nothing_else_is() -> None:
    text = "![一](../pictures/cockpit.png) ![二](../../secret.png) ![三](../pictures/../a.png)"
    html = guide.GuidePage("start", "十分钟上手", text).html
    assert 'src="/static/guide/cockpit.png"' in html
    assert html.count("/static/") == 1


def test_every_picture_of_the_guide_is_there_to_be_served() -> None:
    named = [
        name
        for page in guide.pages()
        for name in re.findall(r'src="/static/(guide/[^"]+)"', page.html)
    ]
    assert len(named) >= 3
    assert [name for name in named if finders.find(name) is None] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_a_visitor_may_read_it(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert "<h1>十分钟上手</h1>" in page
    assert 'href="/help/a-forms/"' in page
    assert "<h1>填报</h1>" in client.get("/help/a-forms/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("slug", ["nothing", "..%2F..%2Fsecret", "start.md"])
def test_what_is_no_page_is_not_there(client: Client, slug: str) -> None:
    assert client.get(f"/help/{slug}/").status_code == 404


@pytest.mark.django_db
def test_an_empty_folder_says_what_to_do(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.GUIDE_DIR = tmp_path
    assert "ZHENXING_GUIDE" in client.get("/help/").content.decode()
