"""The reference page of permissions says exactly what the tested matrix says.

`ZHENXING_RECORD=1 ./run test tests/product/test_reference.py` writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.product.permissions import lines

# One after the other: pytest runs tests of the database first and would part this folder.
pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
HEAD = """# 权限

谁能打开哪一页、做哪一件事，由 `tests/product/permissions.yaml` 逐角色逐地址测试，本页由它生成。

角色：A 县级管理员，K 考核办，D 主管部门，L 书记镇长，G 分管领导（专班组长），F 填报员，
V 村级填报员，C 综合协调专班，S 督查考核专班，X 审计，P 未登录的访客。

“地点”：own 本镇，other 别的镇，closed 已关闭的月份，unpublished 还没有数的月份。
“看不见”的人得到 404，不知道有这一页；其余人得到 403，访客先登录。

| 页面或动作 | 地点 | 方法 | 可以 | 看不见 |
|---|---|---|---|---|
"""
OPEN = {200, 400}


def test_it_shows_the_matrix_as_tested() -> None:
    rows = []
    for line in lines():
        may = "".join(role for role, code in line.answers.items() if code in OPEN)
        sent = "" if may else "转到别处" if 302 in line.answers.values() else ""
        hidden = "".join(role for role, code in line.answers.items() if code == 404)
        rows.append(
            f"| {line.route} `{line.path}` | {line.place} | {line.method} "
            f"| {may or sent or '—'} | {hidden or '—'} |"
        )
    told = HEAD + "\n".join(rows) + "\n"
    if os.environ.get("ZHENXING_RECORD"):
        PAGE.write_text(told, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == told
