"""Old Word, WPS and RTF files, through LibreOffice where the machine has it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading.loaded import Loaded, unreadable
from zhenxing.reading.loading.word import load_word

PROGRAMS = ("soffice", "libreoffice")
STARTS = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
LONGEST_SECONDS = 90
PASSED_ON = ("PATH", "SYSTEMROOT")
# Processor seconds, file blocks of 512 bytes, kilobytes of memory, no core file; then LibreOffice.
LIMITED = 'ulimit -t 80; ulimit -f 409600; ulimit -v 4194304; ulimit -c 0; exec "$@"'
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def load_office(data: bytes, name: str, *, program: str | None = None) -> Loaded:
    """Convert the file to docx and read that; says so where LibreOffice is not found.

    program: the path of LibreOffice; looked for where left out.
    """
    converted = to_word(data, name, program=program)
    if isinstance(converted, Loaded):
        return converted
    return replace(load_word(converted, name), kind="doc")


def is_old(data: bytes) -> bool:
    """Say whether the bytes are those of an old Word, WPS or RTF file.

    >>> is_old(b"{\\\\rtf1")
    True
    """
    return data.startswith(STARTS)


def to_word(data: bytes, name: str, *, program: str | None = None) -> bytes | Loaded:
    """Give the docx that LibreOffice makes of an old file, or what keeps it from being read."""
    found = program or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        what = "是旧版Word、WPS或RTF文件，本机没有LibreOffice，读不了"
        return Loaded("", "doc", (Problem(name, what, "请在电脑上另存为docx再选"),))
    with tempfile.TemporaryDirectory() as folder:
        converted = _converted(data, found, Path(folder))
    return unreadable(name, "doc", "LibreOffice转换不了") if converted is None else converted


def _converted(data: bytes, program: str, folder: Path) -> bytes | None:
    """Return the docx LibreOffice makes, or None; its settings stay inside the folder."""
    source = folder / "paper.doc"
    source.write_bytes(data)
    settings = folder / "settings"
    (settings / "user").mkdir(parents=True)
    (settings / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    command = [
        *(program, f"-env:UserInstallation={settings.as_uri()}", "--headless", "--norestore"),
        *("--convert-to", "docx", "--outdir", str(folder / "out"), str(source)),
    ]
    try:
        _run(command, folder)
    except (OSError, subprocess.SubprocessError):
        return None
    made = folder / "out" / "paper.docx"
    return made.read_bytes() if made.is_file() else None


def _run(command: list[str], folder: Path) -> None:
    """Run LibreOffice with limits and without the site's environment; leave nothing of it behind.

    It starts processes of its own, so that a kill meant for the first would miss the one at work.
    """
    if sys.platform != "win32":
        command = ["/bin/sh", "-c", LIMITED, "sh", *command]
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    child = subprocess.Popen(  # noqa: S603  # our own arguments; the program was found here
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=passed | {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder)},
        cwd=folder,
        start_new_session=True,
    )
    try:
        code = child.wait(LONGEST_SECONDS)
    finally:
        _end(child)
    if code:
        raise subprocess.CalledProcessError(code, command[:1])


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
