"""Run a parser of foreign files in a process of its own, which may die without harm.

The child gets no environment, no open files but the upload and the pipe of its answer, and limits
on memory, processor and wall time. Whatever it does, the caller gets an `Answer` or a `Death`.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import BoundedSemaphore, Event, Timer
from typing import Any

from zhenxing.documents import confinement
from zhenxing.documents.confinement import EXIT_MEMORY

ANSWER_BYTES = 16 * 1024 * 1024

logger = logging.getLogger(__name__)

# A crowd at the deadline waits here instead of multiplying the memory limit; whoever waits too long
# is sent away, so that slow files do not hold every thread of the site.
PLACES = max(2, os.cpu_count() or 1)
PATIENCE = 20.0  # seconds
_SLOTS = BoundedSemaphore(PLACES)


class Death(StrEnum):
    """The ways in which a child ends without an answer, or does not even begin."""

    MEMORY = "memory"
    TIME = "time"
    CRASH = "crash"
    CROWD = "crowd"
    GARBAGE = "garbage"


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of address space, seconds of wall time."""

    memory: int
    seconds: float


@dataclass(frozen=True)
class Answer:
    """What the parser returned: values as JSON holds them."""

    value: Any


def run(parser: str, data: bytes, limits: Limits) -> Answer | Death:
    """Call `package.module:function` with the bytes in a limited child process."""
    if not _SLOTS.acquire(timeout=PATIENCE):
        logger.warning("parser %s: no place free for %d bytes", parser, len(data))
        return Death.CROWD
    try:
        said, code, late = _asked(parser, data, limits)
    except OSError:
        logger.exception("no process for parser %s", parser)
        return Death.CRASH
    finally:
        _SLOTS.release()
    death = _death(said, code, late=late)
    if death is None:
        try:
            return Answer(json.loads(said))
        except (ValueError, RecursionError):
            death = Death.GARBAGE
    logger.warning("parser %s died of %s (exit %s) over %d bytes", parser, death, code, len(data))
    return death


def _asked(parser: str, data: bytes, limits: Limits) -> tuple[bytes, int, bool]:
    """Run the child; give the bytes it said, its exit code and whether it was stopped for time."""
    late = Event()
    with tempfile.TemporaryFile() as upload:
        upload.write(data)
        upload.seek(0)
        child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            _command(parser, limits),
            stdin=upload,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
            start_new_session=True,
        )
    timer = Timer(limits.seconds, _stop, (child, late))
    timer.daemon = True
    timer.start()
    try:
        with child:
            said = child.stdout.read(ANSWER_BYTES + 1) if child.stdout else b""
            if len(said) > ANSWER_BYTES:
                _kill(child)
    finally:
        timer.cancel()
    return said, child.returncode, late.is_set()


def _command(parser: str, limits: Limits) -> list[str]:
    script = confinement.__file__
    return [sys.executable, "-I", script, parser, str(limits.memory), str(limits.seconds)]


def _stop(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child with whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _death(said: bytes, code: int, *, late: bool) -> Death | None:
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return Death.TIME
    if code == EXIT_MEMORY:
        return Death.MEMORY
    if len(said) > ANSWER_BYTES:
        return Death.GARBAGE
    return None if code == 0 else Death.CRASH
