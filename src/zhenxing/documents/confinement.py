"""What runs inside the child process: limits first, then the parser over the bytes on stdin.

Started as `python -I confinement.py MODULE:FUNCTION MEMORY SECONDS`, so that it needs nothing from
the environment to find its parsers; the answer goes to stdout as JSON. Knows neither Django nor the
site's settings.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

EXIT_MEMORY = 71
EXIT_FAULT = 70
CPU_SHARE = 0.8  # the processor limit strikes before the wall limit


def confine(memory: int, seconds: float) -> None:
    """Set the limits of this very process; on Windows only the caller's wall limit holds."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # does not exist on Windows

    processor = max(1, int(seconds * CPU_SHARE))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(parser: str, memory: str, seconds: str) -> int:
    """Confine the process, parse stdin, print the answer; give the exit code."""
    confine(int(memory), float(seconds))
    os.chdir(os.sep)
    module, _, name = parser.partition(":")
    try:
        answer = getattr(import_module(module), name)(sys.stdin.buffer.read())
        said = json.dumps(answer).encode("ascii")
    except MemoryError:
        return EXIT_MEMORY
    except Exception:  # noqa: BLE001  # whatever foreign bytes may raise is the parent's to word
        return EXIT_FAULT
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    os._exit(main(*sys.argv[1:]))
