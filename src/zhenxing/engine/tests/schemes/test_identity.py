"""Equal inputs give equal bytes: shuffled rows, one thread or four, DuckDB or Spark."""

from __future__ import annotations

import json
from random import Random

import pytest

from zhenxing.engine.schemes import Inputs, Scheme, from_tables, load, run, running
from zhenxing.engine.schemes.tables import from_csv
from zhenxing.engine.tests.schemes import spark
from zhenxing.engine.tests.schemes.random_schemes import case

# Groups: many with ties, all equal, one alone, and one of gaps, zeros and negative numbers.
SCHEME = """
scheme: {id: t, name: 试, basis: 试, year: 2023, missing: exclude, due: 25, tie_break: [best],
  rounding: {item: half_up_2, total: half_up_2}}
groups: {by: class}
let: {rate: fai / people, odd: rate if class != "平" and not people == 0 else tax / 3}
sections:
- id: s
  items:
  - {id: fai, points: 10, rule: {completion: {cap: 1.2, floor: 0.1}}}
  - {id: low, value: fai, better: lower, points: 7, rule: {completion: {cap: 1.5}}}
  - {id: reach, value: fai, points: 3, rule: pass}
  - {id: steps, value: fai, points: 8, rule: {steps: {of: share, whole: true,
      over: {per: 10, add: 0.5, cap: 2}, under: {per: 5, sub: 1, floor: -2}}}}
  - {id: tiers, value: fai, points: 5, rule: {tiers: {measure: 100 * x / T, bands: [{at_least: 100,
      points: P}, {above: 80, points: x / 4}, {at_most: 20, points: 0.285}], else: 1.005}}}
  - {id: mm, value: tax, points: 9, rule: {minmax: {low: 60, high: 100}}}
  - {id: mml, value: tax, better: lower, points: 9, rule: {minmax: {low: 60, high: 100}}}
  - {id: best, value: tax, points: 6, rule: best_ratio}
  - {id: rs, value: rate, points: 6, rule: {rank_steps: {step: 0.5, floor: 0}}}
  - {id: rb, value: tax, better: lower, points: 6, rule: {rank_between: {first: 6, last: 2}}}
  - {id: sum, value: tax, points: 4, rule: {sum: [{when: x > 2 and tax < 9, points: 0.5},
      {points: x / 8}]}}
  - {id: marks, points: 5, rule: {ratings: {by: {a: 0.7, b: 30%}, drop: extremes}}}
  - {id: words, points: 2, rule: {judged: {优: 2, 良: 1.25, 差: 0}}}
  - {id: blend, value: tax, points: 4, rule: {blend: [{share: 0.4, rule: best_ratio},
      {share: 60%, value: change(fai), target: 2, rule: pass}]}}
  - {id: growth, value: growth(tax), points: 5, adjust: [{add: 0.5 * (growth(fai) - 6),
      clip: [-5, 5]}], gate: {when: fai >= 0.2 * target(fai), otherwise: P / 3},
      times: difficulty, rule: {formula: "clip(P * x / 10, 0, 15)"}}
  - {id: mean, value: odd, points: 5, rule: {formula: "P - abs(x - mean(x)) + (x - median(x, all))
      / 7 + half_up(total(tax) / 3, 1) - floor(highest(x) / 3) + ceil(lowest(x))"}}
  - {id: power, value: tax, points: 5, rule: {formula: "min(P, abs(x) ** 0.5 + 2 ** -3) +
      coalesce(prev(tax), 1) / 100 + rank(x, all) / 8 - max(n, r) / 16"}}
  - {id: parent, value: "at(fai, parent) / 7 - fai", points: 5, rule: {formula: x / 1000}}
  - {id: half, value: tax, points: 1, rule: {formula: x / 16 - 0.5}}
bonus: [{id: ev, points: 3, rule: {events: {event: 签约, amount_tiers: [[10, 4], [5, 2.5]],
  per: quarter, at_most: 1, cap: 5}}}]
bonus_cap: 4
penalties: [{id: late, rule: {formula: months_late / 4 + months_missing / 12 + count(事故)}}]
penalty_cap: 3
total: s + bonus - penalties
grades: {by: quota, bands: [{优秀: 30%, min: 5}, {良好: 40%}, {合格: rest}]}
shifts: [{when: 'grade == "良好" and count(签约) >= 2', by: 1}]
veto: [{when: count(事故) > 1, effect: unranked}, {when: count(事故) == 1, effect: 不合格}]
bars: [{when: tax < target(tax), effect: not_eligible}]
"""
CLASSES = {"多": 12, "同": 3, "独": 1, "缺": 6}
TAX = ("0", "2", "2", "2.5", "5", "5", "1.005", "0.285", "8", "8", "3.3", "-1")


def facts_rows() -> dict[str, list[str]]:
    dice = Random(3)  # noqa: S311  # a draw that can be repeated, no secret
    units = [(name, place) for name, count in CLASSES.items() for place in range(count)]
    rows: dict[str, list[str]] = {
        "units": ["C,县,,,,"], "figures": ["C,fai,2023,700", "C,tax,2023,50"], "targets": [],
        "events": [], "ratings": [],
    }  # fmt: skip
    for number, (group, place) in enumerate(units):
        code = f"T{number:02}"
        same = group == "同"
        gap = group == "缺"
        rows["units"].append(
            f"{code},镇{code},C,{group},{'1' if same else 0.9 + place % 3 / 10:.2},4"
        )
        # In the first group 4–7 repeat 0–3: tied items and tied totals.
        kind = 0 if same else place - 4 if group == "多" and 4 <= place < 8 else place
        fai, tax = ("5", "5") if same else (str(kind * 1.25 + 1), TAX[kind % len(TAX)])
        if gap and place == 0:
            fai, tax = "", "*"
        target = {1: "0", 2: "/", 3: "-4"}.get(place, "8") if gap else "8"
        before = "0" if gap and place == 4 else "-2" if gap and place == 5 else str(kind % 4 + 1)
        rows["figures"] += [
            f"{code},fai,2023,{fai}", f"{code},tax,2023,{tax}", f"{code},fai,2022,{before}",
            f"{code},tax,2022,{before}",
        ]  # fmt: skip
        rows["targets"] += [f"{code},fai,2023,{target}", f"{code},tax,2023,2.5"]
        count = 2 if same else 6 if place == 11 else kind % 6
        for n in range(count):
            what, day = "签约" if n < 4 else "事故", f"2023-0{dice.randint(1, 9)}-10"
            rows["events"].append(f"e{n},{code},{what},{day},{dice.choice(('', 5, 12))}")
        rows["ratings"] += [
            f"{code},marks,p{n},{'ab'[n % 2]},{60 + (kind * 7 + n * 11) % 40}" for n in range(6)
        ] + [f"{code},words,p1,,{'优良差'[kind % 3]}"]
    return rows


HEADS = {
    "units": "unit,name,parent,class,difficulty,people", "figures": "unit,indicator,period,value",
    "targets": "unit,indicator,period,target", "events": "id,unit,event,date,amount",
    "ratings": "unit,item,rater,rater_class,value",
}  # fmt: skip


def scheme() -> Scheme:
    read, problems = load(SCHEME, "t.yaml")
    assert read is not None, [problem.sentence for problem in problems]
    return read


def printed(rows: dict[str, list[str]]) -> bytes:
    tables = {
        name: from_csv(f"{name}.csv", "\n".join([HEADS[name], *lines]).encode(), [])
        for name, lines in rows.items()
    }
    facts = from_tables({name: table for name, table in tables.items() if table is not None})
    assert facts.problems == []
    result = run(scheme(), facts, Inputs()).result.as_json()
    return json.dumps(result["rows"], ensure_ascii=False, sort_keys=True).encode()


def test_the_fixture_holds_every_hard_case() -> None:
    rows = json.loads(printed(facts_rows()))
    places = [(row["group"], row["rank"]) for row in rows if row["rank"] is not None]
    scores = [item["score"] for row in rows for item in row["items"].values()]
    assert len(places) > len(set(places)), "no tied totals"
    assert any(row["total"] is not None and row["rank"] is None for row in rows), "no veto"
    assert None in scores, "nothing missing"
    assert {row["grade"] for row in rows} >= {"优秀", "良好", "合格", "不合格"}
    assert {row["eligible"] for row in rows} == {True, False}
    alone = [row for row in rows if row["group"] == "独"]
    assert [(row["rank"], row["of"]) for row in alone] == [(1, 1)]
    same = {json.dumps(row["items"], sort_keys=True) for row in rows if row["group"] == "同"}
    assert len(same) == 1
    halves = {row["items"]["half"]["score"] for row in rows}
    assert "-0.38" in halves, "2 / 16 − 0.5 = −0.375, and a half goes away from nothing"
    whys = "".join(item["why"] for row in rows for item in row["items"].values())
    for part in ("无此项任务", "不大于0", "除数「上年数」为0", "数未公开（*）", "数是空的"):
        assert part in whys, part


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_change_no_byte_of_the_fixture(seed: int) -> None:
    rows, dice = facts_rows(), Random(seed)  # noqa: S311  # a shuffle, no secret
    before = printed(rows)
    for lines in rows.values():
        dice.shuffle(lines)
    assert places_out(printed(rows)) == places_out(before)


def places_out(data: bytes) -> bytes:
    """Drop the reasons of what is missing: they name the line of the file, which moved."""
    rows = json.loads(data)
    for row in rows:
        for item in row["items"].values():
            item["why"] = item["why"] if item["score"] is not None else ""
    return json.dumps(rows, ensure_ascii=False).encode()


@pytest.mark.parametrize("threads", [1, 4])
def test_the_number_of_threads_changes_no_byte(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = printed(facts_rows())
    monkeypatch.setattr(running, "_FREE", [])  # the next is planned anew
    monkeypatch.setitem(running._CONFIG, "threads", threads)
    assert printed(facts_rows()) == before
    (planned,) = running._FREE
    told = planned.database.execute("SELECT current_setting('threads')").fetchone()
    assert told == (threads,)


@pytest.mark.skipif(bool(spark.lack()), reason=spark.lack())
def test_spark_gives_the_same_bytes() -> None:
    here = printed(facts_rows())
    with spark.on_spark():
        assert printed(facts_rows()) == here


RANDOM = 3


@pytest.mark.skipif(bool(spark.lack()), reason=spark.lack())
def test_spark_gives_the_same_bytes_for_random_schemes() -> None:
    def told() -> list[object]:
        found: list[object] = []
        for seed in range(RANDOM):
            drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
            read, _ = load(drawn.scheme, "t.yaml")
            assert read is not None
            tables = {n: from_csv(n, text.encode(), []) for n, text in drawn.tables.items()}
            facts = from_tables({n: table for n, table in tables.items() if table is not None})
            found.append(run(read, facts, Inputs(period=drawn.period)).result.as_json())
        return found

    here = told()
    with spark.on_spark():
        assert told() == here
