"""Set up and run zhenxing with a bare Python: `./run` calls this; on Windows, `py bootstrap.py`.

Standard library only, like bootstrap_steps.py, which holds the steps of a set-up. Nothing is
written outside the repository and the data folder.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from bootstrap_steps import (
    PYTHON,
    ROOT,
    Stop,
    become,
    browser,
    prepare,
    prepare_demo,
    prepare_packages,
    prepare_spark,
    python,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FULLY_COVERED = "src/zhenxing/engine/*,src/zhenxing/*/access.py,src/zhenxing/audit/*"
PORTS_TRIED = 100
APART = "src/zhenxing/cli", "src/zhenxing/engine"  # what makes the second half as long as the first
HALVES = (("src", *(f"--ignore={name}" for name in APART)), ("tests", *APART))
CHECKS = {
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "ruff check": ("-m", "ruff", "check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    "makemigrations": ("-m", "django", "makemigrations", "--check", "--dry-run"),
    "mkdocs": ("-m", "mkdocs", "build", "--strict", "--quiet"),
}

HELP = """\
./run [start]       装好并打开演示县的网站    set up, then serve the demo county (PORT, or 8000)
./run setup         只装好，不打开            set up only
./run test [ARGS]   全部测试和覆盖率          every test, with coverage; with ARGS, pytest alone
./run check         静态检查                  format, lint, types, layers, migrations, docs
./run trial NAME …  长时间试验                one of the long trials in tests/trials
./run benchmark NAME  测速                    one of the scripts in benchmarks
./run zhenxing …    命令行                    the command line
./run help          本说明                    this text"""


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    name, *rest = arguments or ["start"]
    commands: dict[str, Callable[[list[str]], int]] = {
        "start": start,
        "setup": setup,
        "test": test,
        "check": check,
        "trial": trial,
        "benchmark": benchmark,
        "zhenxing": command_line,
        "help": tell_commands,
        "-h": tell_commands,
        "--help": tell_commands,
    }
    try:
        if name not in commands:
            raise Stop(f"没有「{name}」这个命令：\n{HELP}", f"There is no command {name!r}.")
        return commands[name](rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def tell_commands(_arguments: list[str]) -> int:
    print(HELP)
    return 0


def setup(_arguments: list[str]) -> int:
    """Prepare all that the demo site needs."""
    began = time.monotonic()
    prepare("base")
    prepare_demo()
    say(f"准备就绪，用时 {time.monotonic() - began:.1f} 秒", "ready")
    return 0


def start(_arguments: list[str]) -> int:
    """Serve the demo county on loopback until the user stops it."""
    port = free_port(os.environ.get("PORT") or "8000")
    setup([])
    say(f"打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 停止", "open the address, Ctrl+C stops")
    return become([
        *(str(PYTHON), "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
        *("--blocking-threads", "8", "--log-level", "error", "zhenxing.config.wsgi:application"),
    ])  # fmt: skip


def test(arguments: list[str]) -> int:
    """Run every test with branch coverage and its two bars; with arguments, pytest alone."""
    prepare("test")
    prepare_spark()
    os.environ["ZHENXING_CHROMIUM"] = browser()
    if arguments:
        return become([str(PYTHON), "-m", "pytest", *arguments])
    return (
        python("-m", "coverage", "erase")
        or side_by_side()
        or python("-m", "coverage", "combine", "--quiet")
        or python("-m", "coverage", "report")
        or python("-m", "coverage", "report", f"--include={FULLY_COVERED}", "--fail-under=100")
    )


def side_by_side() -> int:
    """Run the halves of the tests at once: each has a data folder and databases of its own.

    The first half's words come as they are said, the other's when both have ended.
    """
    first, second = ([str(PYTHON), "-m", "coverage", "run", "-m", "pytest", *h] for h in HALVES)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(second, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT) as other,
    ):
        failed = subprocess.run(first, cwd=ROOT, check=False).returncode
        failed = other.wait() or failed
        said.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(said, sys.stdout.buffer)
    return failed


def check(_arguments: list[str]) -> int:
    """Run what can be said about the code without running it; tell every failure, not the first."""
    prepare("test")
    failed = []
    with tempfile.TemporaryDirectory() as empty:
        os.environ |= {"ZHENXING_DATA": empty, "NO_MKDOCS_2_WARNING": "1"}
        for name, arguments in CHECKS.items():
            say(name, "")
            if python(*arguments):
                failed.append(name)
    if failed:
        raise Stop(f"没有通过：{'、'.join(failed)}", f"{len(failed)} of {len(CHECKS)} failed.")
    say(f"{len(CHECKS)} 项检查全部通过", f"all {len(CHECKS)} checks passed")
    return 0


def trial(arguments: list[str]) -> int:
    """Run one of the long trials, each a module that exits 0 only if all held."""
    trials = sorted(p.stem for p in (ROOT / "tests/trials").glob("[a-z]*.py"))
    if not arguments or arguments[0] not in trials:
        known = " ".join(trials) or "—"
        raise Stop(f"请写出试验的名称：{known}", f"Name one of these trials: {known}")
    prepare("test")
    os.chdir(ROOT)
    return become([str(PYTHON), "-m", f"tests.trials.{arguments[0]}", *arguments[1:]])


def benchmark(arguments: list[str]) -> int:
    """Run one of the scripts that print figures of speed, beside the packages they compare with."""
    scripts = sorted(p.stem for p in (ROOT / "benchmarks").glob("[a-z]*.py"))
    if not arguments or arguments[0] not in scripts:
        known = " ".join(scripts)
        raise Stop(f"请写出测速的名称：{known}", f"Name one of these benchmarks: {known}")
    prepare("base")
    prepare_packages("benchmarks")
    return become([str(PYTHON), str(ROOT / f"benchmarks/{arguments[0]}.py"), *arguments[1:]])


def command_line(arguments: list[str]) -> int:
    """Run `zhenxing` where the user stands, so that the files he names are his."""
    prepare("base")
    return become([str(PYTHON), "-P", "-m", "zhenxing.cli", *arguments])


def free_port(wanted: str) -> int:
    """Give the wanted port, or the next one nobody listens on."""
    if not wanted.isascii() or not wanted.isdigit() or not 0 < int(wanted) < 2**16:
        raise Stop(f"PORT 要写 1—65535 的数，现在是「{wanted}」。", "PORT is a number up to 65535.")
    for port in range(int(wanted), min(int(wanted) + PORTS_TRIED, 2**16)):
        with socket.socket() as probe:
            if os.name != "nt":  # there the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stop(
        f"从 {wanted} 起的 {PORTS_TRIED} 个端口都被占用，请用 PORT 另指一个。", "No free port."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
