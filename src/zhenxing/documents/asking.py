"""Put bytes before a parser in the confined child; what went wrong comes back as a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from zhenxing.documents import kinds, sandbox
from zhenxing.documents.sandbox import Death, Limits
from zhenxing.kernel.problems import Problem

MEGABYTE = 1024 * 1024
TO_THE_COUNTY = "仍不行请把文件交给县级管理员"
AGAIN = f"请下载空表，只把数复制过去（选择性粘贴→数值）再传；{TO_THE_COUNTY}"
# A paper is read beside the pages, one after another; a hundred pages of PDF take ten seconds.
PAPER_SECONDS = 120


@dataclass(frozen=True)
class Matter:
    """What is read, as people are told of it, and how long that may take; None: as an upload."""

    thing: str
    again: str
    seconds: int | None = None

    @property
    def limits(self) -> Limits:
        """What the child may use."""
        return Limits(settings.UPLOAD_MEMORY, self.seconds or settings.UPLOAD_SECONDS)


SHEET = Matter("表", AGAIN)
LETTER = Matter("文件", f"请删去图片，或只把文字复制到新的 Word 文件再传；{TO_THE_COUNTY}")
PAPER = replace(LETTER, thing="来文", seconds=PAPER_SECONDS)


def unfit(data: bytes, name: str) -> Problem | None:
    """Say why a file is not even handed to the child: too large, or no workbook by its bytes."""
    if len(data) > settings.UPLOAD_BYTES:
        return Problem(
            name,
            f"文件有{len(data) / MEGABYTE:.1f}MB，超过{settings.UPLOAD_BYTES // MEGABYTE}MB的上限",
            "请删去图片和空白行列，或下载空表重填",
        )
    return kinds.not_a_workbook(data, name)


def ask(parser: str, data: bytes, name: str, matter: Matter = SHEET) -> Any | Problem:  # noqa: ANN401  # JSON of the child
    """Give what the parser says of the bytes, or how its process ended."""
    answer = sandbox.run(parser, data, matter.limits)
    return _obituary(answer, name, matter) if isinstance(answer, Death) else answer.value


def told(said: Any, name: str) -> Problem | None:  # noqa: ANN401  # JSON of the child
    """Give the problem that the child names, if it does; anything unexpected in it raises."""
    if "problem" not in said:
        return None
    found = said["problem"]
    where = f"{name}，{found['where']}" if found["where"] else name
    return Problem(str(where), str(found["what"]), str(found["next"]))


def nonsense(name: str, matter: Matter = SHEET) -> Problem:
    """Say that the child's answer is none that a parser gives."""
    return _obituary(Death.GARBAGE, name, matter)


def _obituary(death: Death, name: str, matter: Matter) -> Problem:
    if death is Death.CROWD:
        return Problem(
            name, f"同时传{matter.thing}的人太多，没有轮到", "请过一分钟再传，文件没有问题"
        )
    limits, thing = matter.limits, matter.thing
    what = {
        Death.MEMORY: f"读这份{thing}用的内存超过{limits.memory // MEGABYTE}MB的上限，已停止",
        Death.TIME: f"读这份{thing}超过{limits.seconds}秒还没有读完，已停止",
        Death.CRASH: f"文件的内容让读{thing}程序异常退出，没有读成",
        Death.GARBAGE: f"读{thing}程序没有给出可用的结果",
    }[death]
    return Problem(name, what, matter.again)
