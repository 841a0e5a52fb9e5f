"""The files of a draft, and the folder they are written into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zhenxing.kernel.problems import Problem
from zhenxing.packs.drafting import county, waiting
from zhenxing.packs.drafting.aims import Aims
from zhenxing.packs.drafting.dictionary import Needed
from zhenxing.packs.drafting.paper import DraftRefusedError, Paper, printable

README = "README.md"


def draft(paper: Paper) -> dict[str, str]:
    """Give the text of every file of the draft, by its name inside the folder.

    Raises DraftRefusedError where the paper's unit or year cannot be told.
    """
    _require_year(paper)
    needed = Needed(paper)
    aims = Aims(paper, needed)
    for fact in paper.reading.facts:
        if fact.kind == "target":
            aims.add(fact)
    told = [fact for fact in paper.reading.facts if fact.kind in waiting.KINDS]
    files = {
        "groups.yaml": county.groups(paper, needed),
        **aims.files(),
        "pack.yaml": county.header(paper),
        "units.yaml": county.units(paper, needed),
        "people.yaml": county.people(paper),
        "indicators.yaml": needed.text(),
        "curves.yaml": county.curves(paper, needed),
        "calendar.yaml": county.calendar(paper),
        "lamps.yaml": county.lamps(paper),
        waiting.FIGURES: waiting.figures(paper, told),
        waiting.TASKS: waiting.tasks(paper),
        waiting.PROJECTS: waiting.projects(paper),
    }
    kept = {name: text for name, text in files.items() if text}
    return {README: _readme(paper, kept), **kept}


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files into a folder that is empty or not there.

    Raises DraftRefusedError where the folder holds anything or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DraftRefusedError(Problem(str(folder), "已有内容", "请换一个空文件夹"))
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"写不进去（{error.strerror}）"
        raise DraftRefusedError(Problem(str(folder), what, "请换一个文件夹")) from error


def _require_year(paper: Paper) -> None:
    document, facts = paper.reading.document, paper.reading.facts
    if document.year is None and any(fact.kind == "target" for fact in facts):
        what = "有目标，但题目和开头看不出是哪一年的"
        raise DraftRefusedError(Problem(paper.file, what, "请用 --year 写明，如 --year 2023"))


def _readme(paper: Paper, files: Mapping[str, str]) -> str:
    document, reading = paper.reading.document, paper.reading
    counted = (
        f"数{len(reading.facts)}处，专班{len(reading.groups)}个，期限{len(reading.deadlines)}条，"
        f"任务{len(reading.tasks)}条，项目{len(reading.projects)}个"
    )
    unsaid = "文件里没有写明"
    problems = (*paper.loaded.problems, *reading.problems)
    lines = [
        f"# {printable(document.title) or '草稿'}",
        "",
        "由一份文件自动起草的县域文件，改好之前不要导入。",
        "每行后面的 # 写着出处：第几字、原文、读法、存疑。",
        "",
        f"- 原件：{printable(paper.file)}，{document.characters}字，SHA-256 {paper.digest}",
        f"- 单位：{document.unit or unsaid}；年度：{document.year or unsaid}",
        f"- 读出：{counted}",
        "",
        "## 先看这些",
        "",
        *(f"- {printable(each.sentence)}" for each in problems),
        "- 文件不写的，留给人定：见检查的结果（`zhenxing pack check 本文件夹`），逐条补上。",
        "- 前面有 # 的行不导入；要用的，改好后删去 #。",
        "",
        "## 文件",
        "",
        *(f"- `{name}`" for name in files),
    ]
    return "\n".join(lines) + "\n"
