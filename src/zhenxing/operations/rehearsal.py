"""The other process of a drill: it reads its orders, restores, and tells what came of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from zhenxing.kernel.problems import errors
from zhenxing.operations import restoring
from zhenxing.operations.refusing import OperationRefusedError


def main() -> int:
    """Restore as told on standard input; write the outcome as JSON."""
    given = json.load(sys.stdin)
    try:
        told = rehearse(given)
    except OperationRefusedError as refused:
        told = {"faults": [problem.sentence for problem in refused.problems]}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    return 0


def rehearse(given: dict[str, str]) -> dict[str, Any]:
    """Restore, compare and verify in the place given."""
    to = Path(given["to"])
    passphrase = given["passphrase"].encode() or None
    manifest = restoring.unpack(Path(given["source"]), to, passphrase=passphrase, keys=None)
    if not manifest.has_keys:
        restoring.bring_keys(Path(given["keys"]), to / "keys")
    restoring.enter(to, given["database"], manifest.engine)

    import django  # noqa: PLC0415  # the settings lead to the place from here on

    django.setup()
    done = restoring.settle(manifest, to)
    faults = [f"表{name}与备份时不同" for name in done.differing]
    faults += [problem.sentence for problem in errors(done.verification.problems)]
    return {
        "faults": faults,
        "engine": manifest.engine,
        "made_at": manifest.made_at,
        "head": manifest.head[0],
        "tables": len(manifest.tables),
        "rows": sum(rows for rows, _ in manifest.tables.values()),
        "files": sum(name.startswith("files/") for name in manifest.files),
        "entries": done.verification.entries,
    }


if __name__ == "__main__":
    sys.exit(main())
