"""Random schemes, as text: every kind of rule, policy, period, grade and condition."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import yaml

from zhenxing.engine.tests.schemes.random_facts import (
    INDICATORS,
    TARGETS,
    WORDS,
    RandomFacts,
    Written,
)

RULES = (
    "pass", "completion", "steps", "tiers", "minmax", "best_ratio", "rank_steps", "rank_between",
    "sum", "judged", "ratings", "blend", "formula", "events",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A scheme's text, CSV text by table, the period, results of others and of earlier years."""

    scheme: str
    tables: dict[str, str]
    period: str | None
    others: tuple[dict[str, Any], ...] = ()
    previous: tuple[dict[str, Any], ...] = ()


def case(random: Random) -> Case:
    """Draw a scheme with its facts."""
    return _Drawing(random).case()


class _Drawing(RandomFacts):
    def case(self) -> Case:
        scheme = self.scheme()
        tables = {
            "units": self.unit_rows(), "figures": self.figure_rows(), "targets": self.target_rows(),
            "events": self.event_rows(), "ratings": self.rating_rows(),
        }  # fmt: skip
        period = None
        if self.monthly != "yearly" and self.maybe():
            period = self.pick("2023-06", "2023-10", "2023-Q3", "2023-H1")
        text = yaml.dump(
            scheme, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=200
        )
        texts = {k: "\n".join(rows) + "\n" for k, rows in tables.items()}
        return Case(text, texts, period, (self.other(),), (self.earlier(), self.earlier()))

    def scheme(self) -> dict[str, Any]:
        sections = [
            {"id": f"s{n}", "items": [self.item() for _ in range(self.random.randint(1, 3))]}
            for n in range(1, self.random.randint(1, 2) + 1)
        ]
        scheme: dict[str, Any] = {"scheme": self.head()}
        if self.grouped:
            scheme["groups"] = {"by": "kind"}
        scheme["let"] = {"per_head": "(fai + 0.3 * tax) / people", "step": "per_head * 2"}
        scheme["sections"] = sections
        for name, cap in (("bonus", "bonus_cap"), ("penalties", "penalty_cap")):
            if self.maybe(0.3):
                scheme[name] = [self.item()]
                if self.maybe():
                    scheme[cap] = self.pick("2", "5")
        if self.maybe(0.2):
            end = self.pick("penalties", "penalties + score(other) / 10")
            scheme["total"] = f"0.6 * s1 + {sections[-1]['id']} / 3 - {end}"
        self.conditions(scheme)
        if self.maybe(0.3):
            scheme["scheme"]["tie_break"] = [self.pick(*self.items)]
        return scheme

    def head(self) -> dict[str, Any]:
        head: dict[str, Any] = {
            "id": "random", "name": "随机", "basis": "试", "year": "2023",
            "missing": self.pick("hold", "zero", "exclude"),
            "no_task": self.pick("exclude", "full"),
            "ties": self.pick("competition", "dense"),
            "rounding": {
                "item": self.pick("half_up_1", "half_up_2", "half_up_4"),
                "total": self.pick("half_up_1", "half_up_2", "sum_of_items"),
            },
        }  # fmt: skip
        if self.monthly == "current":
            head["monthly"] = "current"
            if self.maybe():
                head["as_is"] = ["rate"]
        if self.due:
            head["due"] = self.pick("5", "25", "31")
        if self.window:
            head["window"] = ["2022-12", "2023-11"]
        if self.maybe(0.3):
            head["curves"] = {
                "fai": ["0", "5", "10", "15", "20", "44", "44", "50", "60", "80", "95", "100"]
            }
        return head

    def conditions(self, scheme: dict[str, Any]) -> None:
        if self.maybe():
            scheme["grades"] = self.pick(
                {"by": "score", "bands": [{"优秀": "20"}, {"良好": "10"}, {"合格": "5"}]},
                {
                    "by": "quota",
                    "bands": [{"优秀": "30%", "min": "12"}, {"良好": "40%"}, {"合格": "rest"}],
                },
            )
            if self.maybe():
                scheme["shifts"] = [
                    {"when": self.pick("fai > 5", 'grade == "良好"'), "by": self.pick("1", "-1")}
                ]
            if self.maybe():
                scheme["veto"] = [
                    {"when": "count(accident) > 1", "effect": self.pick("合格", "unranked")}
                ]
            if self.maybe(0.3):
                scheme["consecutive"] = {
                    "periods": self.pick("2", "3"), "effect": "replace",
                    "when": self.pick('grade == "合格"', 'grade != "优秀" and fai < 9'),
                }  # fmt: skip
        if self.maybe(0.3):
            scheme["bars"] = [{"when": "tax < target(tax)", "effect": "not_eligible"}]

    def item(self) -> dict[str, Any]:
        kind = self.pick(*RULES)
        code = f"i{len(self.items)}"
        self.items.append(code)
        item: dict[str, Any] = {"id": code, "points": self.points(), "value": self.value()}
        item["points"] = "6" if kind == "rank_between" else item["points"]
        item |= self.target(item["value"])
        item["rule"] = self.rule(kind)
        if kind in {"judged", "ratings"}:
            self.rated[code] = "" if kind == "judged" else "marks"
        gate = {"when": self.pick("tax >= 20% * target(tax)", "x > 1"), "otherwise": "P * 0.5"}
        add = {"add": self.pick("0.5 * tax", "growth(fai) / 10"), "clip": ["-2", "3"]}
        extras = (
            (0.3, "better", "lower"), (0.15, "gate", gate), (0.15, "adjust", [add]),
            (0.15, "times", self.pick("difficulty", "1.1")),
            (0.2, "missing", self.pick("zero", "exclude")),
        )  # fmt: skip
        item |= {name: extra for chance, name, extra in extras if self.maybe(chance)}
        return item | ({"missing": "hold"} if _is_endless(item) else {})

    def target(self, value: str) -> dict[str, str]:
        if value in INDICATORS and self.maybe(0.6):
            return {"target": "schedule"} if self.maybe(0.3) else {}
        written = ("10", "12.5", "fai * 0.5 + 3", "target(fai)", "target(tax) / 3")
        return {"target": self.pick(*written, *TARGETS)}

    def points(self) -> Written:
        if self.grouped and self.maybe(0.2):
            both = {"hill": self.pick("5", "8"), "plain": self.pick("6", "10")}
            return {"hill": "7"} if self.maybe(0.3) else both
        return self.pick("1", "5", "10", "12", "0.5", "3")

    def value(self) -> str:
        if self.due and self.maybe(0.1):
            return "months_late + months_missing / 4"
        return str(
            self.pick(
                *INDICATORS, *INDICATORS, "per_head", "step", "fai / tax", "growth(产值)",
                "change(tax)",
                "coalesce(rate, 1)", "max(fai, tax)", "at(tax, parent) - tax", "fai - mean(fai)",
                "half_up(fai / 7, 2)", "rank(tax)", "count(signing) + amount(signing) / 4",
                "floor(fai / 3) + ceil(tax / 3)", 'fai if kind == "hill" else tax', "abs(fai - 5)",
                "median(rate)", "rank(产值, all)", "total(fai) / 10", "prev(fai) - 1",
                "lowest(tax) + highest(tax) / 4", "mean(rate, all) + lowest(fai, all)",
                "min(fai, tax, 9)", "clip(tax, 1, 9) * 1.5", "score(other) / 8",
                "total(rate, all) / 7",
            )
        )  # fmt: skip

    def rule(self, kind: str) -> Written:
        return getattr(self, f"rule_{kind}")()

    def rule_pass(self) -> Written:
        return "pass"

    def rule_completion(self) -> Written:
        body = {"cap": self.pick("1", "1.2", "150%")} if self.maybe(0.7) else {}
        return (
            {"completion": {**body, **({"floor": "0.2"} if self.maybe(0.3) else {})}}
            if body
            else "completion"
        )

    def rule_steps(self) -> Written:
        body: dict[str, Any] = {}
        if self.maybe(0.8):
            body["over"] = {"per": self.pick("1", "10", "0.3"), "add": self.pick("0.5", "0.1")}
            body["over"] |= {"cap": "2"} if self.maybe() else {}
        if self.maybe(0.8) or not body:
            body["under"] = {"per": self.pick("1", "10", "0.3"), "sub": self.pick("1", "0.25")}
            body["under"] |= {"floor": self.pick("0", "-2")} if self.maybe() else {}
            if self.maybe(0.2):
                body["under"]["of"] = "share"
        body |= {"of": self.pick("value", "share")} if self.maybe(0.7) else {}
        body |= {"whole": self.pick("true", "false")} if self.maybe() else {}
        body |= {"base": "0.8"} if self.maybe(0.2) else {}
        body |= {"short": "0"} if self.maybe(0.2) else {}
        return {"steps": body}

    def rule_tiers(self) -> Written:
        bands = self.pick(
            [{"at_least": "100", "points": "10"}, {"at_least": "80", "points": "7.5"}],
            [{"above": "3", "points": "P"}, {"at_most": "3", "at_least": "1", "points": "P / 3"}],
            [
                {"below": "1", "points": "0"},
                {"below": "8", "points": "x"},
                {"at_least": "8", "points": "8"},
            ],
        )
        body = {"measure": self.pick("x", "100 * x / T", "x - T"), "bands": bands, "else": "0.5"}
        return {"tiers": body}

    def rule_minmax(self) -> Written:
        return {"minmax": {"low": self.pick("60", "0"), "high": "100"}}

    def rule_best_ratio(self) -> Written:
        return "best_ratio"

    def rule_rank_steps(self) -> Written:
        return {
            "rank_steps": {
                "step": self.pick("0.5", "1", "2.25"),
                **({"floor": "0"} if self.maybe() else {}),
            }
        }

    def rule_rank_between(self) -> Written:
        return {"rank_between": {"first": "6", "last": self.pick("2", "5")}}

    def rule_sum(self) -> Written:
        body = [
            {"when": "x > 2", "points": "0.5"},
            {"points": self.pick("x / 8", "0.125")},
            {"when": "tax > 3 and not x == 1", "points": "P / 4"},
        ]
        return {"sum": body, **({"limit": "none"} if self.maybe(0.3) else {})}

    def rule_judged(self) -> Written:
        return {"judged": dict(WORDS)}

    def rule_ratings(self) -> Written:
        return {
            "ratings": {
                "by": {"park": "0.7", "town": "30%"},
                **({"drop": "extremes"} if self.maybe() else {}),
                "scale": self.pick("100", "10"),
            }
        }

    def rule_blend(self) -> Written:
        kinds = [
            self.pick(
                *(k for k in RULES if k not in {"blend", "judged", "ratings", "rank_between"})
            )
            for _ in range(2)
        ]
        first, second = (
            {"share": share, "rule": self.rule(kind)}
            for share, kind in zip(("0.4", "60%"), kinds, strict=True)
        )
        if self.maybe():
            second["value"] = self.pick("change(fai)", "tax", "x * 2")
        if self.maybe(0.3):
            second["target"] = "7"
        if self.maybe(0.3):
            first["better"] = "lower"
        return {"blend": [first, second]}

    def rule_formula(self) -> Written:
        return {
            "formula": self.pick(
                "clip(P * x / T, 0, 15)", "P * (n - r + 1) / n", "P - abs(x - mean(x))",
                "min(P, x ** 2 / 8)", "P * rank(x) / 8", "P if x >= median(x, all) else P / 3",
                "x / 3 + x / 3 + x / 3", "2 ** -3 * x",
                'P if x != 3 and (kind != "hill" or tax > 2) else 1',
            )
        }  # fmt: skip

    def rule_events(self) -> Written:
        body: dict[str, Any] = {"event": "signing"}
        if self.maybe():
            body["each"] = self.pick("5", "0.75")
        else:
            body["amount_tiers"] = [["10", "4"], ["5", "2.5"], ["1", "1"]]
        body |= (
            {"per": self.pick("month", "quarter", "half", "year"), "at_most": self.pick("1", "2")}
            if self.maybe()
            else {}
        )
        body |= {"cap": "6"} if self.maybe() else {}
        return {"events": body}


def _is_endless(each: dict[str, Any], *, lower: bool = False) -> bool:
    """Say whether less always scores more: then only `hold` is allowed for what is missing."""
    lower = each["better"] == "lower" if "better" in each else lower
    rule = each["rule"]
    if isinstance(rule, dict) and "blend" in rule:
        return any(_is_endless(part, lower=lower) for part in rule["blend"])
    bodies = rule if isinstance(rule, dict) else {rule: {}}
    return lower and "completion" in bodies and "cap" not in bodies["completion"]
