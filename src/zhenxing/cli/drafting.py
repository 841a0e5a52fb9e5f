"""`zhenxing read FILE --pack FOLDER`: the draft of a pack; `--base` matches by a dictionary."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from zhenxing.cli.chinese import tell
from zhenxing.kernel.problems import Problem, errors
from zhenxing.packs.checking import check
from zhenxing.packs.drafting.dictionary import rows_of
from zhenxing.packs.drafting.draft import draft, write
from zhenxing.packs.drafting.paper import DraftRefusedError, Paper, Wish
from zhenxing.reading import __main__ as reading
from zhenxing.reading.loading import load
from zhenxing.reading.reader import read as read_text

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from zhenxing.packs.pack import Pack

DONE, REFUSED = 0, 1


def read(given: argparse.Namespace) -> int:
    """Match the facts by the base's dictionary, and write the draft where one is asked for."""
    try:
        base = _base(given.base) if given.base else None
        if given.pack is not None:
            return _draft(given, base)
    except DraftRefusedError as refused:
        for problem in refused.problems:
            tell(problem.sentence)
        return REFUSED
    return reading.tell(given, sys.stdout, rows_of(base.dictionary.indicators) if base else ())


def _draft(given: argparse.Namespace, base: Pack | None) -> int:
    data = given.file.read_bytes()
    loaded = load(data, given.file.name, encoding=given.encoding)
    if not loaded.text.strip():
        unread = loaded.problems or (Problem(given.file.name, "没有文字", "请换一份文件"),)
        raise DraftRefusedError(*unread)
    rows = rows_of(base.dictionary.indicators) if base else ()
    found = read_text(loaded.text, year=given.year, indicators=rows)
    wish = Wish(
        base=base,
        base_name=str(given.base or ""),
        unit=given.unit,
        document=given.document,
        issued=given.issued,
    )
    files = draft(Paper(given.file.name, data, loaded, found, wish))
    write(files, given.pack)
    for problem in (*loaded.problems, *found.problems):
        tell(problem.sentence)
    _, problems = check(given.pack, timezone.localdate())
    print(f"已写到 {given.pack}：{'、'.join(files)}。")
    print(f"起草的还有{len(errors(problems))}处要人定，用 zhenxing pack check {given.pack} 看。")
    return DONE


def _base(folder: Path) -> Pack:
    pack, problems = check(folder, timezone.localdate())
    if pack is None or errors(problems):
        raise DraftRefusedError(*errors(problems)[:3])
    return pack
