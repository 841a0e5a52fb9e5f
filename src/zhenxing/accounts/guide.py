"""The users' guide: our own Markdown files, turned into pages of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import markdown
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

# The first steps, then each duty in the order of a month, then the site's keepers.
ORDER = (
    "start", "reporter", "village", "leader", "town-leader", "office", "department",
    "reading", "assessment", "scoring", "schemes", "administrator", "auditor", "packs", "service",
    "upgrade",
)  # fmt: skip
EXTENSIONS = ["tables", "toc", "fenced_code", "sane_lists"]
# A style attribute on a cell would be refused by the site's content policy.
OPTIONS = {"tables": {"use_align_attribute": True}}
_TITLE = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
_PICTURE = re.compile(r'src="\.\./pictures/(?P<name>[a-z0-9-]+\.png)"')
_NEIGHBOUR = re.compile(r'href="(?P<slug>[a-z0-9-]+)\.md(?P<place>#[^"]*)?"')


@dataclass(frozen=True)
class GuidePage:
    """One file of the guide."""

    slug: str
    title: str
    text: str

    @property
    def html(self) -> str:
        """The page's body, without its title; links and pictures lead to the site's addresses."""
        body = _TITLE.sub("", self.text, count=1)
        html = markdown.markdown(body, extensions=EXTENSIONS, extension_configs=OPTIONS)
        html = _PICTURE.sub(_picture, html)
        return _NEIGHBOUR.sub(_link, html)


def pages() -> list[GuidePage]:
    """Give the guide's pages in their order; a page without a place comes last, by file name."""
    return [_page(file) for file in sorted(Path(settings.GUIDE_DIR).glob("*.md"), key=_place)]


def _place(file: Path) -> tuple[int, str]:
    place = ORDER.index(file.stem) if file.stem in ORDER else len(ORDER)
    return (place, file.stem)


def _page(file: Path) -> GuidePage:
    text = file.read_text(encoding="utf-8")
    found = _TITLE.search(text)
    return GuidePage(file.stem, found["title"].strip() if found else file.stem, text)


def _picture(found: re.Match[str]) -> str:
    address = static(f"guide/{found['name']}")
    return f'src="{address}"'


def _link(found: re.Match[str]) -> str:
    address = reverse("accounts:guide_page", args=[found["slug"]])
    return f'href="{address}{found["place"] or ""}"'
