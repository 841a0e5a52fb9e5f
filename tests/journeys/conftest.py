"""A real site in its own process with the demo county, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def environment(data: Path) -> dict[str, str]:
    """Give the environment of a site whose data lie in a folder, and nothing of this process's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"ZHENXING_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}


@dataclass(frozen=True)
class Site:
    """A running site."""

    address: str
    data: Path

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `zhenxing …` beside the site, as an office would on the server."""
        return subprocess.run(  # our own command line
            [sys.executable, "-m", "zhenxing.cli", *words],
            env=environment(self.data),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the demo county up once; each site gets its own copy."""
    data = tmp_path_factory.mktemp("demo")
    subprocess.run(  # our own command line
        [sys.executable, "-m", "zhenxing.cli", "setup-demo"],
        env=environment(data),
        check=True,
        timeout=300,
    )
    return data


def free_port() -> int:
    """Give a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a fresh copy of the demo county to the tests of one module."""
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demo_data, data)
    port = free_port()
    server = subprocess.Popen(  # the server of the project
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            "8",
            "zhenxing.config.wsgi:application",
        ],
        env=environment(data),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield Site(address, data)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the site stopped while starting"
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)  # noqa: S310  # loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site did not answer within 20 seconds")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the Chromium that `./run test` found; its event loop ends with these tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["ZHENXING_CHROMIUM"], args=list(QUIET)
        )
        yield started
        started.close()


@dataclass
class Window:
    """One person's browser window; remembers what the browser complained about."""

    page: Page
    site: Site
    complaints: list[str]

    def open(self, path: str) -> Page:
        """Go to a path of the site."""
        self.page.goto(self.site.address + path)
        return self.page


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Callable[..., Window]]:
    """Open windows, each signed in by one click on the demo page as the person named."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []

    def opened(username: str, size: ViewportSize | None = None) -> Window:
        context = browser.new_context(viewport=size or DESK, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        seen = Window(page, site, [])
        page.on("console", lambda said: _note(seen, said.type, said.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        windows.append(seen)
        seen.open("/demo/")
        page.locator(f'button[name=username][value="{username}"]').click()
        page.wait_for_url(lambda url: not url.endswith("/demo/"))
        return seen

    yield opened
    for context in contexts:
        context.close()
    assert [w.complaints for w in windows if w.complaints] == []


def _note(window: Window, kind: str, text: str) -> None:
    """Keep errors, but not the browser's line about an answer that says 4xx on purpose."""
    if kind == "error" and "the server responded with a status of 4" not in text:
        window.complaints.append(text)
