"""`python -m zhenxing.packs.synthetic FOLDER`: write the pack's synthetic files again."""

from __future__ import annotations

import sys
from pathlib import Path

from zhenxing.packs.synthetic.files import written


def main(arguments: list[str]) -> int:
    """Write the files of the folder named; return 0, or 2 where the folder is no such pack."""
    folder = Path(arguments[0]) if len(arguments) == 1 else None
    if folder is None or not (folder / "synthetic.yaml").is_file():
        sys.stderr.write("没有找到 synthetic.yaml；请写：python -m zhenxing.packs.synthetic 目录\n")
        return 2
    for name, text in written(folder).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
        sys.stdout.write(f"{name}  {text.count(chr(10))}行\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
