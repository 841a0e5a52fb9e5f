"""Why a place of the text was read so, or was not."""

from __future__ import annotations

from zhenxing.reading.lexicon import table
from zhenxing.reading.results import Fact, Reading


def explain(reading: Reading, place: int) -> tuple[str, ...]:
    """Say in Chinese what was read at a character of the text as given, and by which rule.

    >>> from zhenxing.reading.reader import read
    >>> explain(read("2023年镇工作计划\\n粮食总产量1900吨以上。"), 15)
    ('“粮食总产量1900吨以上”（第12—23字）：粮食总产量 1900吨，目标；数字和计量单位；主语在数前',)
    """
    found = [_told(fact) for fact in reading.facts if fact.start <= place < fact.end]
    reasons = table("rules")["aside"]
    found += [
        f"第{each.start + 1}—{each.end}字未读作数：{reasons.get(each.reason, each.reason)}"
        for each in reading.aside
        if each.start <= place < each.end
    ]
    if found:
        return tuple(found)
    return (f"第{place + 1}字处没有读到数字；数字须带计量单位、百分号或名次",)


def _told(fact: Fact) -> str:
    kinds = {
        "target": "目标",
        "actual": "完成数",
        "change": "增减",
        "rank": "位次",
        "deadline": "期限",
    }
    value = "未公开" if fact.masked else f"{fact.value}{fact.unit}"
    finding, _, subject = fact.rule.partition("; ")
    rules = table("rules")
    ways = (rules["finding"].get(finding, finding), rules["subject"].get(subject, subject))
    repaired = f"；原文“{fact.repaired_from}”" if fact.repaired_from else ""
    span = f"（第{fact.start + 1}—{fact.end}字）"
    read = f"{fact.subject} {value}，{kinds[fact.kind]}"
    return f"“{fact.quote}”{span}：{read}；{'；'.join(ways)}{repaired}"
