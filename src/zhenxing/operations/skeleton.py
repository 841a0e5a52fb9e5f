"""The commented skeleton of a pack, written out for a county to fill in."""

from __future__ import annotations

import shutil
from pathlib import Path

from zhenxing.kernel.problems import Problem
from zhenxing.operations.refusing import OperationRefusedError

FILES = Path(__file__).parent / "blank_county"


def write(folder: Path) -> list[str]:
    """Write the skeleton into a folder that is empty or not there; give the names of its files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OperationRefusedError(Problem(str(folder), "已有内容", "请换一个空文件夹"))
    try:
        shutil.copytree(FILES, folder, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise OperationRefusedError(Problem(str(folder), "写不进去", "请换一个文件夹")) from error
    return sorted(path.name for path in folder.iterdir())
