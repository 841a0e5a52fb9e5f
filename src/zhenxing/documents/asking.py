"""Put bytes before a parser in the confined child; what went wrong comes back as a sentence."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from zhenxing.documents import kinds, sandbox
from zhenxing.documents.sandbox import Death, Limits
from zhenxing.kernel.problems import Problem

MEGABYTE = 1024 * 1024
AGAIN = "请下载空表，只把数复制过去（选择性粘贴→数值）再传；仍不行请把文件交给县级管理员"


def unfit(data: bytes, name: str) -> Problem | None:
    """Say why a file is not even handed to the child: too large, or no workbook by its bytes."""
    if len(data) > settings.UPLOAD_BYTES:
        return Problem(
            name,
            f"文件有{len(data) / MEGABYTE:.1f}MB，超过{settings.UPLOAD_BYTES // MEGABYTE}MB的上限",
            "请删去图片和空白行列，或下载空表重填",
        )
    return kinds.not_a_workbook(data, name)


def ask(parser: str, data: bytes, name: str) -> Any | Problem:  # noqa: ANN401  # JSON of the child
    """Give what the parser says of the bytes, or how its process ended."""
    limits = Limits(settings.UPLOAD_MEMORY, settings.UPLOAD_SECONDS)
    answer = sandbox.run(parser, data, limits)
    return _obituary(answer, name, limits) if isinstance(answer, Death) else answer.value


def told(said: Any, name: str) -> Problem | None:  # noqa: ANN401  # JSON of the child
    """Give the problem that the child names, if it does; anything unexpected in it raises."""
    if "problem" not in said:
        return None
    found = said["problem"]
    where = f"{name}，{found['where']}" if found["where"] else name
    return Problem(str(where), str(found["what"]), str(found["next"]))


def nonsense(name: str) -> Problem:
    """Say that the child's answer is none that a parser gives."""
    limits = Limits(settings.UPLOAD_MEMORY, settings.UPLOAD_SECONDS)
    return _obituary(Death.GARBAGE, name, limits)


def _obituary(death: Death, name: str, limits: Limits) -> Problem:
    if death is Death.CROWD:
        return Problem(name, "同时传表的人太多，没有轮到", "请过一分钟再传，文件没有问题")
    what = {
        Death.MEMORY: f"读这份表用的内存超过{limits.memory // MEGABYTE}MB的上限，已停止",
        Death.TIME: f"读这份表超过{limits.seconds}秒还没有读完，已停止",
        Death.CRASH: "文件的内容让读表程序异常退出，没有读成",
        Death.GARBAGE: "读表程序没有给出可用的结果",
    }[death]
    return Problem(name, what, AGAIN)
