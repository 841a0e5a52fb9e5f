"""Each page's median time, warm, on the demo county, with an empty page as the unit.

    .venv/bin/python benchmarks/pages.py [--rounds 30]

The demo county is set up in a folder of its own. Pages are asked for in this process, through all
of the site's middleware, interleaved round by round; the empty page is the frame around a refusal.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

EMPTY = "/no-such-page/"
PAGES = {
    "h00-assessment": ("/county/", "/towns/T01/", "/towns/T01/indicators/", "/ledger/"),
    "t01-office": ("/towns/T01/", "/towns/T01/indicators/paid_in/", "/returns/", "/units/T01/"),
    "t01-g3-reporter": ("/returns/2023-10/T01-G3/",),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ZHENXING_DATA": folder,
            "ZHENXING_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "zhenxing.config.settings",
        }
        clients = _prepared()
        times, queries = _measured(clients, rounds)
    _print(times, queries)


def _prepared() -> dict[str, Client]:
    import django  # noqa: PLC0415  # the environment above must stand first

    django.setup()
    from django.test import Client  # noqa: PLC0415  # needs the apps

    from zhenxing.accounts.models import User  # noqa: PLC0415  # needs the apps
    from zhenxing.cli.__main__ import main as command  # noqa: PLC0415  # needs the apps

    command(["setup-demo"])
    clients = {}
    for name in PAGES:
        clients[name] = Client()
        clients[name].force_login(
            User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
    return clients


Times = dict[tuple[str, str], list[float]]


def _measured(clients: dict[str, Client], rounds: int) -> tuple[Times, dict[tuple[str, str], int]]:
    from django.db import connection  # noqa: PLC0415  # needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # the same

    asked = [(name, path) for name, paths in PAGES.items() for path in (EMPTY, *paths)]
    queries: dict[tuple[str, str], int] = {}
    for name, path in asked:
        clients[name].get(path)
        with CaptureQueriesContext(connection) as counted:
            clients[name].get(path)
        queries[name, path] = len(counted)
    times: Times = {key: [] for key in asked}
    for _ in range(rounds):
        for name, path in asked:
            started = time.perf_counter()
            clients[name].get(path)
            times[name, path].append(time.perf_counter() - started)
    return times, queries


def _print(times: Times, queries: dict[tuple[str, str], int]) -> None:
    print(f"{'who':18}{'page':36}{'queries':>8}{'median ms':>11}{'worst ms':>10}{'× empty':>9}")
    for (name, path), each in times.items():
        unit = statistics.median(times[name, EMPTY])
        middle = statistics.median(each)
        print(
            f"{name:18}{path:36}{queries[name, path]:8}{middle * 1000:11.1f}"
            f"{max(each) * 1000:10.1f}{middle / unit:9.1f}"
        )


if __name__ == "__main__":
    main()
