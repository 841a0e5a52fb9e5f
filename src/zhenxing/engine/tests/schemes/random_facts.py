"""Random facts, as text: ties, gaps, zeros, masks and negative numbers.

Numbers come from small pools, so that units tie; targets are often powers of two, so that scores
end in an exact half of the last printed decimal.
"""

from __future__ import annotations

from random import Random
from typing import Any

Written = Any  # text, or lists and mappings of it, as YAML holds them

INDICATORS = ("fai", "tax", "产值", "rate")
EVENTS = ("signing", "accident")
WORDS = {"优良": "2", "一般": "1.25", "较差": "0"}
CLASSES = ("hill", "plain")
RATERS = (
    ("p1", "park"),
    ("p2", "park"),
    ("p3", "park"),
    ("p4", "park"),
    ("t1", "town"),
    ("t2", "town"),
)
TARGETS = ("8", "16", "32", "64", "80", "125", "160", "3", "7", "12", "9.6", "0.5", "1024")
FIGURES = (
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "8",
    "9",
    "12",
    "16",
    "33",
    "0.5",
    "1.25",
    "2.375",
    "10.01",
)


class RandomFacts:
    """Draws the tables, the results of another scheme and of earlier years."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.grouped = random.random() < 0.5
        self.units = [f"T{number:02}" for number in range(1, random.randint(1, 7) + 1)]
        self.items: list[str] = []
        self.rated: dict[str, str] = {}
        self.monthly = random.choice(("yearly", "yearly", "yearly", "cumulative", "current"))
        self.window = self.monthly == "cumulative" and random.random() < 0.5
        self.due = self.monthly != "yearly" and random.random() < 0.5

    def pick(self, *choices: Written) -> Written:
        return self.random.choice(choices)

    def maybe(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def other(self) -> dict[str, Any]:
        totals = [
            {"unit": unit, "total": self.pick("80", "62.5", "0.25", None)}
            for unit in self.units
            if self.maybe(0.95)
        ]
        return {"scheme": "other", "rows": totals}

    def earlier(self) -> dict[str, Any]:
        grades = ("优秀", "良好", "合格", "合格", None)
        rows = [{"unit": u, "grade": self.pick(*grades)} for u in self.units if self.maybe(0.9)]
        return {"rows": rows}

    def unit_rows(self) -> list[str]:
        rows = []
        for place, unit in enumerate(self.units):
            kind, people = CLASSES[place % 2], self.pick("4", "8", "3")
            rows.append(f"{unit},{unit}镇,C,{kind},{self.pick('1', '1.1', '0.95')},{people}")
        self.random.shuffle(rows)
        return ["unit,name,parent,kind,difficulty,people", *rows, "C,县,,,,"]

    def figure(self) -> str:
        if self.maybe(0.05):
            return str(self.pick("", "", "**"))
        return ("-" if self.maybe(0.06) else "") + str(self.pick(*FIGURES))

    def figure_rows(self) -> list[str]:
        rows = []
        for unit in (*self.units, "C"):
            for name in INDICATORS:
                if self.monthly == "yearly":
                    rows += [
                        f"{unit},{name},{self.pick('2023', '2023-12', '2023-Q4')},{self.figure()}",
                        f"{unit},{name},2022,{self.figure()}",
                    ]
                    continue
                months = [
                    f"{year}-{month:02}" for year in (2021, 2022, 2023) for month in range(1, 13)
                ]
                whole = self.maybe(0.9)
                rows += [
                    f"{unit},{name},{month},{self.figure() or '4' if whole else self.figure()}"
                    for month in months
                ]
        if self.due:
            rows = [f"{row},{self.reported(row.split(',')[2])}" for row in rows]
        self.random.shuffle(rows)
        return [f"unit,indicator,period,value{',reported' if self.due else ''}", *rows]

    def reported(self, month: str) -> str:
        return str(self.pick("", f"{month}-04", f"{month}-05", f"{month}-06", f"{month}-28"))

    def target_rows(self) -> list[str]:
        rows = []
        for unit in self.units:
            for name in INDICATORS:
                target = "/" if self.maybe(0.06) else self.pick(*TARGETS)
                odd = self.pick("0", "-2", "")
                if not self.maybe(0.03):
                    rows.append(f"{unit},{name},2023,{odd if self.maybe(0.04) else target}")
                if self.maybe(0.1):
                    rows.append(f"{unit},{name},2023-06,{self.pick(*TARGETS)}")
        return ["unit,indicator,period,target", *rows]

    def event_rows(self) -> list[str]:
        rows = []
        for _ in range(self.random.randint(0, 14)):
            month, day = self.random.randint(1, 12), self.random.randint(1, 28)
            date = f"{self.pick(2022, 2023, 2023, 2023)}-{month:02}-{day:02}"
            amount = self.pick("", "1", "5", "9.99", "10", "33")
            what = f"e{self.random.randint(1, 9)},{self.pick(*self.units)},{self.pick(*EVENTS)}"
            rows.append(f"{what},{date},{amount}")
        return ["id,unit,event,date,amount", *rows]

    def rating_rows(self) -> list[str]:
        rows = []
        for unit in self.units:
            for item in self.items:
                for rater, rater_class in RATERS:
                    if item in self.rated and self.maybe(0.9):
                        rows.append(
                            f"{unit},{item},{rater},{rater_class},{self.mark(self.rated[item])}"
                        )
        return ["unit,item,rater,rater_class,value", *rows]

    def mark(self, scale: str) -> Written:
        return self.pick(*WORDS) if not scale else self.pick("10", "8.5", "7", "9.25", "6")
