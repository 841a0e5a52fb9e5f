"""Old Word, WPS and RTF files, through LibreOffice where the machine has it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading.loaded import Loaded, unreadable
from zhenxing.reading.loading.word import load_word

PROGRAMS = ("soffice", "libreoffice")
STARTS = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
LONGEST_SECONDS = 90


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
    settings = (folder / "settings").as_uri()
    command = [
        *(program, f"-env:UserInstallation={settings}", "--headless", "--norestore"),
        *("--convert-to", "docx", "--outdir", str(folder / "out"), str(source)),
    ]
    try:
        subprocess.run(  # noqa: S603  # our own arguments; the program was found on this machine
            command, capture_output=True, check=True, timeout=LONGEST_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    made = folder / "out" / "paper.docx"
    return made.read_bytes() if made.is_file() else None
