"""What a parser may do at its worst; each runs in the confined child of the real sandbox."""

from __future__ import annotations

import os
import signal
import sys
import time


def echo(data: bytes) -> dict[str, object]:
    """Behave."""
    return {"size": len(data), "environment": sorted(os.environ), "folder": str(os.getcwd())}  # noqa: PTH109  # what the child sees


def eat_memory(_: bytes) -> int:
    """Ask for more and more."""
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def burn(_: bytes) -> None:
    """Never stop computing."""
    while True:
        pass


def sleep(_: bytes) -> None:
    """Never come back."""
    time.sleep(600)


def crash(_: bytes) -> None:
    """Die as C code dies."""
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(_: bytes) -> None:
    """Die as an allocator dies."""
    os.abort()


def leave(_: bytes) -> None:
    """Go without a word."""
    os._exit(0)


def fail(_: bytes) -> None:
    """Raise."""
    raise ValueError("不懂")


def recurse(data: bytes) -> object:
    """Go ever deeper."""
    return recurse(data)


def babble(_: bytes) -> None:
    """Say what is no JSON, and call it success."""
    sys.stdout.write("{oops")
    sys.stdout.flush()
    os._exit(0)


def flood(_: bytes) -> None:
    """Say more than anybody wants to hear."""
    while True:
        sys.stdout.write("9" * 1024 * 1024)


def write_file(_: bytes) -> bool:
    """Try to leave something on the disk."""
    path = f"/tmp/zhenxing-misdeed-{os.getpid()}"  # noqa: S108  # the point is that it stays empty
    try:
        with open(path, "wb") as file:  # noqa: PTH123  # as a parser would
            file.write(b"x" * 100)
    except OSError:
        return False
    finally:
        os.unlink(path)  # noqa: PTH108  # as a parser would
    return True


def spawn(_: bytes) -> None:
    """Start a child that keeps the pipe open, and leave it behind."""
    if os.fork() == 0:
        time.sleep(600)
