"""Read one file and print what was read: `python -m zhenxing.reading FILE --json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from zhenxing.reading.reader import read


def main(arguments: list[str]) -> int:
    """Print the reading of the file named first."""
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        reading = read(file.read())
    json.dump(reading.as_json(), sys.stdout, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
