"""pack.yaml, units.yaml, people.yaml, groups.yaml, calendar.yaml, lamps.yaml of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhenxing.packs.drafting.dictionary import Needed
from zhenxing.packs.drafting.paper import COUNTY, Paper, aside, beside
from zhenxing.packs.pack import Pack
from zhenxing.packs.sections.county import Town
from zhenxing.packs.writing import as_yaml, one_line
from zhenxing.reading.results import Deadline, Group

LONGEST_PACK_NAME = 80
_MONTHLY = re.compile(r"monthly:(\d{1,2})")
_FILLING = re.compile(r"推进|工作")
_LAMPS = """# 文件里没有亮灯规则，这是常用的一条；basis 请写依据的文件，不用的删去
- id: lead
  name: 序时进度
  # basis: 依据的文件和条款
  measure: lead
  bands:
    - {lamp: green, at_least: 0, words: 达到序时进度}
    - {lamp: yellow, at_least: -10, below: 0, words: 落后不超过10个百分点}
    - {lamp: red, below: -10, words: 落后10个百分点以上}
"""


def header(paper: Paper) -> str:
    """Write pack.yaml."""
    base = paper.wish.base
    name = f"草稿：{paper.reading.document.title or paper.file}"[:LONGEST_PACK_NAME]
    county = base.units.county.code if base else COUNTY
    lines = [
        "# 由一份文件起草的县域文件，改好之前不要导入。见同一文件夹的 README.md。",
        beside("pack: draft", "短名，请改"),
        beside(one_line({"name": name})[1:-1], "照文件的题目，请改成县名"),
        beside(f"county: {county}", "照抄" + paper.wish.base_name if base else "县的编码，请核对"),
    ]
    return "\n".join(lines) + "\n"


def units(paper: Paper, needed: Needed) -> str:
    """Write units.yaml: from the base what the paper needs, else what a person must fill in."""
    base = paper.wish.base
    if base is not None:
        wanted = base.units.towns if paper.is_of_county else (paper.unit,)
        towns = tuple(replace(each, opened=None) for each in wanted if isinstance(each, Town))
        told = replace(
            base.units, departments=needed.departments(), towns=towns, villages=(), offices=()
        )
        return f"# 照抄{paper.wish.base_name}，只留本文件用到的单位\n{as_yaml(told)}"
    named = paper.reading.document.unit or ""
    is_county = paper.is_of_county
    county = one_line({"code": COUNTY, **({"name": named} if named and is_county else {})})
    lines = ["# 单位。文件里没有的请补：县名；镇的类别 class、概况 profiles；主管部门。"]
    lines.append(beside(f"county: {county}", "照文件题目" if named and is_county else "缺县名"))
    if is_county:
        return "\n".join([*lines, beside("towns: []", "文件是县里的，请补各镇")]) + "\n"
    town = one_line({"code": paper.unit_code, **({"name": named} if named else {})})
    words = "照文件题目；缺类别 class 和概况 profiles" if named else "缺名称、类别和概况"
    return "\n".join([*lines, "towns:", beside(f"  - {town}", words)]) + "\n"


def people(paper: Paper) -> str:
    """Write people.yaml: nobody, and beside it the names the paper gives."""
    lines = [beside("people: []", "人员和岗位请补，写法见 docs/guide/packs.md；姓名不照抄成账号")]
    for group in paper.reading.groups:
        lines += [
            aside(f"- {group.name} {role}：{who}", paper.remark(group.start, group.name))
            for role, who in group.roles.items()
            if who
        ]
    return "\n".join(lines) + "\n"


def groups(paper: Paper, needed: Needed) -> str:
    """Write groups.yaml: name, office, and the indicators that could be told."""
    found = paper.reading.groups
    lines = ["# 专班。office 是牵头站所，文件里没有写；members 等人员定了再列。"]
    lines.append("groups:" if found else beside("groups: []", "文件里没有专班"))
    taken: set[str] = set()
    keys = list(_keys(found, paper.wish.base))
    for group, (key, words) in zip(found, keys, strict=True):
        lines += _group(paper, needed, group, (key, words), taken)
    return "\n".join(lines) + "\n"


def calendar(paper: Paper) -> str:
    """Write calendar.yaml: the first monthly day; other days lie aside."""
    lines = ["# 报送截止日。on_rest_day：逢休息日顺延 next、提前 previous、不变 keep。"]
    found = False
    for due in paper.reading.deadlines:
        monthly = _MONTHLY.fullmatch(due.rule)
        if monthly and not found:
            found = True
            lines += _due(paper, due, int(monthly[1]))
        else:
            lines.append(aside(f"{due.quote} {due.what}", _of_deadline(paper, due)))
    if not found:
        lines += ["due:", beside("  inclusive: true", "文件里没有每月几日报送，请补 day")]
    lines.append(beside("exceptions: []", "本县另定的放假调休"))
    return "\n".join(lines) + "\n"


def lamps(_: Paper) -> str:
    """Write lamps.yaml: the usual rule, whose basis a person must name."""
    return _LAMPS


def curves(paper: Paper, needed: Needed) -> str:
    """Write curves.yaml: the curves of the base that the draft's indicators are planned by."""
    base, wanted = paper.wish.base, needed.curves()
    told = [curve for curve in base.curves if curve.id in wanted] if base else []
    if not told:
        return ""
    fields = [
        {"id": each.id, "name": each.name, "shares": each.shares, "basis": each.basis}
        for each in told
    ]
    return f"# 照抄{paper.wish.base_name}\n{as_yaml(fields)}"


def _keys(found: Sequence[Group], base: Pack | None) -> Iterator[tuple[str, str]]:
    """Give each group the key that the base's group of that name has, else a free one."""
    known = {_plain(each.name): each for each in base.groups} if base else {}
    free = (f"G{n}" for n in range(1, 1000) if f"G{n}" not in {g.key for g in known.values()})
    for group in found:
        same = known.pop(_plain(group.name), None)
        if same is None:
            yield next(free), ""
        else:
            yield same.key, f"目录里叫{same.name}" if same.name != group.name else ""


def _plain(name: str) -> str:
    return _FILLING.sub("", name)


def _group(
    paper: Paper, needed: Needed, group: Group, key: tuple[str, str], taken: set[str]
) -> Iterator[str]:
    yield beside(f"  - key: {key[0]}", paper.remark(group.start, group.name, key[1]))
    yield beside(f"    {one_line({'name': group.name})[1:-1]}", "照原文")
    if group.office:
        home = one_line({"home": group.office})[1:-1]
        yield beside(f"    {home}", "专班办公室设在这里，照原文")
    codes, remarks = [], []
    for name in group.leads:
        code, remark = needed.of_name(name)
        if code in taken:
            remark = f"“{name}”（{code}）已归前面的专班"
        elif code:
            codes.append(code)
            taken.add(code)
        remarks.append(remark)
    told = f"原文：{'、'.join(group.leads)}" if group.leads else "原文没有写分管的指标"
    doubts = [told, *filter(None, remarks)]
    yield beside(f"    indicators: [{', '.join(codes)}]", "；".join(doubts))
    if group.roles:
        yield aside("  members:", f"原文有{'、'.join(group.roles)}，人员定了再列")


def _due(paper: Paper, due: Deadline, day: int) -> Iterator[str]:
    yield "due:"
    yield beside(f"  day: {day}", _of_deadline(paper, due))
    yield beside("  inclusive: true", f"“{due.quote}”包不包括当天，原文没有写，请定")
    yield beside("  on_rest_day: next", "原文没有写，请定")
    basis = one_line({"basis": paper.document})[1:-1]
    yield beside(f"  {basis}", "照文件")


def _of_deadline(paper: Paper, due: Deadline) -> str:
    who = f"{due.who}：{due.what}" if due.who else due.what
    return paper.remark(due.start, due.quote, f"规则 {due.rule}", who)
