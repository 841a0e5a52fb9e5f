"""Which indicators a draft needs: those of the base that were met, and drafts of new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from zhenxing.kernel.quantities import measure_problem
from zhenxing.packs.drafting.paper import Paper, beside
from zhenxing.packs.sections.county import Unit
from zhenxing.packs.sections.dictionary import Indicator
from zhenxing.packs.writing import as_yaml, one_line
from zhenxing.reading.indicators import candidates_of_name, clear, entries
from zhenxing.reading.results import Candidate, Fact

PLAUSIBLE = 0.55
LONGEST_NAME = 60
NEW_FIELD = {"code": "draft", "name": "待归类"}
DECISIONS = (
    "nature: 统计调查、部门行政记录、工作报送之一",
    "source: 统计局、部门、台账、估算之一",
    "lead: 主管部门的编码",
    "definition: 口径",
    "release: {frequency: month, lag: 1, day: 20}",
)


@dataclass
class Needed:
    """The indicators of a draft, by code; filled while the targets and groups are written.

    met: of the base. new: a fact that stands for each indicator the base lacks, by its code.
    """

    paper: Paper
    met: dict[str, Indicator] = field(default_factory=dict)
    new: dict[str, Fact] = field(default_factory=dict)

    def of_fact(self, fact: Fact) -> tuple[str, str]:
        """Give the code for a fact and a remark; no code where a person must choose."""
        if fact.indicator:
            return self._take(fact.indicator), ""
        likely = [each for each in fact.candidates if each.score >= PLAUSIBLE]
        if likely:
            self._take_all(likely)
            return "", f"拿不准是哪个指标：{self._words(likely)}，请在 indicator 写上选定的编码"
        return self._drafted(fact), "目录里没有，已在 indicators.yaml 起草"

    def of_name(self, name: str) -> tuple[str, str]:
        """Give the code of an indicator that a group leads, or a remark why there is none."""
        base = self.paper.wish.base
        for code, fact in self.new.items():
            if fact.subject[:LONGEST_NAME] == name:
                return code, ""
        if base is None:
            return "", f"“{name}”目录里还没有"
        best = candidates_of_name(name, entries(rows_of(base.dictionary.indicators)))
        chosen = clear(best)
        if chosen:
            return self._take(chosen), ""
        self._take_all(best)
        likely = f"，像{self._words(best)}" if best else ""
        return "", f"“{name}”对不上目录里的指标{likely}"

    def measure_of(self, code: str) -> str:
        """Give the measure a value of this indicator is written in; empty where none is known."""
        if code in self.met:
            return self.met[code].measure
        return _measure(self.new[code])

    def departments(self) -> tuple[Unit, ...]:
        """Give the departments that lead what was met."""
        base = self.paper.wish.base
        leads = {each.lead for each in self._closed()}
        return tuple(each for each in base.units.departments if each.code in leads) if base else ()

    def curves(self) -> set[str]:
        """Name the plan curves that what was met is planned by."""
        return {each.curve for each in self._closed() if each.curve}

    def text(self) -> str:
        """Write indicators.yaml."""
        base = self.paper.wish.base
        met = self._closed()
        fields = {each.field for each in met}
        lines = ["# 指标目录。各键的写法见 docs/guide/packs.md。", "fields:"]
        known = base.dictionary.fields if base else ()
        told = ({"code": each.code, "name": each.name} for each in known if each.code in fields)
        lines += [f"  - {one_line(each)}" for each in told]
        if self.new or not met:
            lines.append(beside(f"  - {one_line(NEW_FIELD)}", "归好类后删去"))
        lines.append("indicators:" if met or self.new else "indicators: []")
        for each in met:
            lines.append(f"  # 照抄{self.paper.wish.base_name}")
            lines += _indented(as_yaml([_alone(each, {other.code for other in met})]))
        for code, fact in self.new.items():
            lines += self._draft(code, fact)
        return "\n".join(lines) + "\n"

    def _take(self, code: str) -> str:
        base = self.paper.wish.base
        for each in base.dictionary.indicators if base else ():
            if each.code == code:
                self.met[code] = each
        return code

    def _take_all(self, likely: Iterable[Candidate]) -> None:
        """Have at hand what a person may choose."""
        for each in likely:
            self._take(each.indicator)

    def _drafted(self, fact: Fact) -> str:
        for code, other in self.new.items():
            if other.subject == fact.subject:
                if fact.change is None:
                    self.new[code] = fact
                return code
        code = f"draft-{len(self.new) + 1:02}"
        self.new[code] = fact
        return code

    def _closed(self) -> tuple[Indicator, ...]:
        """Give what was met with the wholes it is part of, in the order of the base."""
        base = self.paper.wish.base
        if base is None:
            return ()
        known = {each.code: each for each in base.dictionary.indicators}
        codes = set(self.met)
        for code in self.met:
            whole = known[code].parts_of
            while whole and whole in known and whole not in codes:
                codes.add(whole)
                whole = known[whole].parts_of
        return tuple(each for each in base.dictionary.indicators if each.code in codes)

    def _words(self, found: Iterable[Candidate]) -> str:
        base = self.paper.wish.base
        names = {each.code: each.name for each in base.dictionary.indicators} if base else {}
        return "、".join(f"{each.indicator} {names.get(each.indicator, '')}" for each in found)

    def _draft(self, code: str, fact: Fact) -> Iterator[str]:
        remark = self.paper.of_fact(fact, "编码请改成好记的，用过就不再改")
        yield beside(f"  - code: {code}", remark)
        yield beside(f"    {one_line({'name': _name(fact)})[1:-1]}", "照原文的说法")
        yield beside("    field: draft", "请归类")
        unit = _measure(fact)
        if unit:
            yield beside(f"    {one_line({'measure': unit})[1:-1]}", "照原文的计量单位")
        else:
            yield "    # measure: 文件里没有能用的计量单位"
        is_rate = unit in {"%", "‰"}
        yield beside(
            f"    kind: {'rate' if is_rate else 'flow'}", "起草的，请核对：flow、stock、rate"
        )
        yield beside(f"    reading: {'as_is' if is_rate else 'cumulative'}", "起草的，请核对")
        yield from (f"    # {each}    文件里没有，请定" for each in DECISIONS)


def _name(fact: Fact) -> str:
    return fact.subject[:LONGEST_NAME] or "待命名"


def _measure(fact: Fact) -> str:
    """Give the measure of a level; the percent of a growth is no measure of the thing."""
    if fact.change is not None or measure_problem(fact.unit, "") is not None:
        return ""
    return fact.unit


def _alone(each: Indicator, there: set[str]) -> Indicator:
    """Leave out the leading items that the draft does not hold."""
    return replace(each, leading=tuple(code for code in each.leading if code in there))


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


def rows_of(indicators: Iterable[Indicator]) -> list[dict[str, object]]:
    """Give the rows by which the reader matches its facts."""
    return [{"code": one.code, "name": one.name, "measure": one.measure} for one in indicators]
