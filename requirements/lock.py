"""Write the locks anew: the newest versions pyproject.toml allows, with their hashes and no host.

Run it with any Python that has venv: `python3 requirements/lock.py`; then `./run test`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Each lock and what it resolves; the test lock keeps to the versions of the site's lock.
LOCKS = {
    "base": ("pyproject.toml", "--group=install"),
    "test": ("pyproject.toml", "--group=install", "--group=test", "-c=requirements/base.txt"),
    "benchmarks": ("--group=benchmarks", "-c=requirements/test.txt"),
    "node": ("--group=node",),
    "spark": ("--group=spark", "-c=requirements/test.txt"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        python = str(Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python")
        run(python, "-m", "pip", "install", "--quiet", "uv")
        for name, sources in LOCKS.items():
            target = HERE / f"{name}.txt"
            target.unlink(missing_ok=True)
            run(
                *(python, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-header"),
                *("--python-version=3.11", "--generate-hashes", *sources),
                *("-o", target.relative_to(HERE.parent).as_posix()),
            )


def run(*command: str) -> None:
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    subprocess.run(command, cwd=HERE.parent, env=environment, check=True)


if __name__ == "__main__":
    main()
