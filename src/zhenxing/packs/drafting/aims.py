"""targets/: the aims of a paper, one a line; what is no yearly aim of the unit lies aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhenxing.kernel.periods import LAST_OF_YEAR, Kind, Period, PeriodError
from zhenxing.kernel.quantities import MeasureError, convert, measure
from zhenxing.packs.drafting.dictionary import Needed
from zhenxing.packs.drafting.paper import Paper, aside, beside
from zhenxing.packs.shapes import DECIMAL_PLACES
from zhenxing.packs.writing import one_line
from zhenxing.reading.lexicon import words
from zhenxing.reading.results import Fact

LONGEST_TEXT = 60


@dataclass
class Aims:
    """The targets of a paper by year, as lines of YAML."""

    paper: Paper
    needed: Needed
    lines: dict[int, list[str]] = field(default_factory=dict)
    said: set[tuple[int, str, str]] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """Write the line of one aim."""
        year = _year(fact) or self.paper.reading.document.year or 0
        lines = self.lines.setdefault(year, [])
        why = self._why_aside(fact)
        if why:
            lines.append(aside(f"- {fact.subject} {_shown(fact)}", self.paper.of_fact(fact, why)))
            return
        code, remark = self.needed.of_fact(fact)
        values, doubt = self._values(fact, code)
        line = f"- {one_line({**self._about(code), **values, **self._basis()})}"
        key = (year, code, str(values["kind"]))
        if code and key in self.said:
            again = "与上面同一个指标，只能留一条"
            lines.append(aside(line, self.paper.of_fact(fact, remark, doubt, again)))
            return
        self.said.add(key)
        issued = "" if self.paper.wish.issued else "文件里没有印发日期，请补 issued"
        lines.append(beside(line, self.paper.of_fact(fact, remark, doubt, issued)))

    def files(self) -> Mapping[str, str]:
        """Give the files by name."""
        head = (
            "# 起草的年度目标，逐条对照原文核对。kind：value 数值、growth 增速、range 区间。\n"
            "# comparator 照原文：没有写“以上”“以内”的是 =；意思是至少完成的，改成 >=。\n"
            "# 前面有 # 的不导入：说明了为什么；要用的改好后删去 #。\n"
        )
        return {
            f"targets/{year}.yaml": head + "\n".join(lines) + "\n"
            for year, lines in sorted(self.lines.items())
        }

    def _why_aside(self, fact: Fact) -> str:
        if fact.subject.endswith(words("bodies", "structure")):
            return "数的是机构，不作指标"
        if fact.subject.endswith((")", "）")):
            return "说的是其中一处，不是本单位的总数"
        if fact.period and not _year(fact):
            return f"是{fact.period}的要求，不是全年目标；可写进分解"
        return ""

    def _about(self, code: str) -> dict[str, object]:
        about: dict[str, object] = {"unit": self.paper.unit_code}
        return {**about, "indicator": code} if code else about

    def _basis(self) -> dict[str, object]:
        issued = self.paper.wish.issued
        return {"document": self.paper.document, **({"issued": issued} if issued else {})}

    def _values(self, fact: Fact, code: str) -> tuple[dict[str, object], str]:
        """Give kind, comparator and amounts in the indicator's measure, and what is doubtful."""
        kind = "growth" if fact.change else "range" if fact.value_high is not None else "value"
        told: dict[str, object] = {"kind": kind, "comparator": fact.comparator}
        if fact.masked or fact.value is None:
            return {**told, "masked": True, "text": _flat(fact.quote)}, "数没有公开"
        doubts = []
        try:
            low = self._amount(fact, fact.value, code)
            high = None if fact.value_high is None else self._amount(fact, fact.value_high, code)
        except MeasureError:
            return told, f"原文是{_shown(fact)}，与指标的计量单位换算不了，请补 value"
        if high is not None:
            return {**told, "value": low, "high": high, "text": _flat(fact.quote)}, ""
        if not code:
            doubts.append(f"数是原文的{_shown(fact)}，选定指标后按它的计量单位写")
        elif self._is_scaled(fact, code):
            doubts.append(f"原文是{_shown(fact)}")
        return {**told, "value": low}, "；".join(doubts)

    def _amount(self, fact: Fact, value: Decimal, code: str) -> Decimal:
        if fact.change:
            return -value if fact.change == "decrease" else value
        if self._is_scaled(fact, code):
            value = convert(value, measure(fact.unit), measure(self.needed.measure_of(code)))
        return round(value, DECIMAL_PLACES).normalize()

    def _is_scaled(self, fact: Fact, code: str) -> bool:
        known = self.needed.measure_of(code) if code else ""
        return bool(known) and known != fact.unit and not fact.change


def _year(fact: Fact) -> int | None:
    """Give the year of a fact that speaks of a whole year."""
    try:
        period = Period.parse(fact.period or "")
    except PeriodError:
        return None
    is_december = period.kind is Kind.MONTH and period.last_month == LAST_OF_YEAR
    return period.year if period.kind is Kind.YEAR or is_december else None


def _shown(fact: Fact) -> str:
    high = "" if fact.value_high is None else f"—{fact.value_high}"
    return "（未公开）" if fact.value is None else f"{fact.value}{high}{fact.unit}"


def _flat(quote: str) -> str:
    return "".join(quote.split())[:LONGEST_TEXT]
