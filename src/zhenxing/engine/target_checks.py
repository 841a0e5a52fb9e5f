"""Several targets on one indicator held against each other: what cannot all be true is said.

Source of the rule: an indicator may carry several targets (growth and level; a rank, a gap, a
grade; this year and the five-year plan), and the aims of one plan are checked against each other:
rank 4 of 10 is no 优秀 at a quota of 30 %. Everything here is a warning with its sentence; nothing
is blocked and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from zhenxing.engine.breakdown import added
from zhenxing.engine.ranks import Direction
from zhenxing.engine.targets import Target
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import WIDE, half_up
from zhenxing.kernel.wording import number, percent

HUNDRED: Final = Decimal(100)
LEAST_PLACES: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What targets are held against, as far as it is known.

    name, measure, decimals, direction: the indicator's. last_year: the whole year before. peers:
    the level targets of the other units of the class, by name. of: how many units are ranked.
    quotas: by grade the greatest share of units that may have it or a better one, in percent.
    later: level targets of later years on the same indicator, by year. year: the targets' own.
    """

    name: str
    measure: str
    year: int
    decimals: int = 0
    direction: Direction = Direction.HIGHER
    last_year: Decimal | None = None
    peers: Mapping[str, Decimal] = field(default_factory=dict)
    of: int = 0
    quotas: Mapping[str, Decimal] = field(default_factory=dict)
    later: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def is_higher_better(self) -> bool:
        """Whether more is better."""
        return self.direction is Direction.HIGHER

    def amount(self, value: Decimal) -> str:
        """Write a value in the indicator's measure.

        >>> Known(name="粮食产量", measure="吨", year=2023).amount(Decimal("1900.4"))
        '1,900吨'
        """
        return f"{number(value, self.decimals)}{self.measure}"


def checked(targets: Iterable[Target], known: Known) -> list[Problem]:
    """Hold all targets of one unit, indicator and year against each other and what is known.

    Masked targets and targets without a task are left alone: nothing can be said of them.

    >>> aims = [Target(value=Decimal(120)), Target(kind="growth", value=Decimal(12))]
    >>> known = Known(name="投资", measure="万元", year=2023, last_year=Decimal(100))
    >>> [problem.what for problem in checked(aims, known)]
    ['目标≥120万元比上年100万元增20.0%，与同时下达的增12%不一致，数值目标更高']
    """
    aims: dict[str, Target] = {target.kind: target for target in targets if target.is_open}
    checks = (comparators, growth_and_level, rank_and_grade, rank_and_peers, gap, five_years)
    return [problem for check in checks for problem in check(aims, known)]


def comparators(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare each target's comparator with the indicator's better direction.

    >>> known = Known(name="粮食产量", measure="吨", year=2023)
    >>> aims = {"value": Target(comparator="<=", value=Decimal(9))}
    >>> next(comparators(aims, known)).what
    '粮食产量越高越好，目标≤9却是上限'
    """
    wrong, word = ("<=", "上限") if known.is_higher_better else (">=", "下限")
    better = "越高越好" if known.is_higher_better else "越低越好"
    for kind in ("value", "growth"):
        aim = aims.get(kind)
        if aim is not None and aim.comparator == wrong:
            yield _warning(
                known,
                f"{known.name}{better}，目标{aim.label}却是{word}",
                "请核对比较符号和指标方向",
            )


def growth_and_level(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare the growth that a level implies with the growth that is asked for.

    They agree where the implied growth, rounded to the decimals in which growth is asked for (at
    least one), is that growth.

    >>> known = Known(name="投资", measure="万元", year=2023, last_year=Decimal(783))
    >>> growth = Target(kind="growth", value=Decimal("44.1"))
    >>> aims = {"value": Target(value=Decimal(1128)), "growth": growth}
    >>> list(growth_and_level(aims, known))
    []
    """
    level, growth = _level(aims), aims.get("growth")
    if level is None or level.value is None or growth is None or growth.value is None:
        return
    if known.last_year is None or known.last_year <= 0:
        return
    places = max(LEAST_PLACES, -int(growth.value.normalize().as_tuple().exponent))
    implied = half_up(_growth(level.value, known.last_year), places)
    if implied == growth.value:
        return
    harder = "数值" if (implied > growth.value) is known.is_higher_better else "增速"
    yield _warning(
        known,
        f"目标{level.label}{known.measure}比上年{known.amount(known.last_year)}"
        f"增{percent(implied, places)}，与同时下达的{growth.label}不一致，{harder}目标更高",
        "请核对上年数、数值和增速，三者只能有两个自由",
    )


def rank_and_grade(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare the rank that is asked for with the places that a grade has.

    A grade's quota times the number of units, cut down to whole units, is how many may have it.

    >>> quotas = {"优秀": Decimal(30)}
    >>> known = Known(name="总分", measure="分", year=2023, of=10, quotas=quotas)
    >>> rank, grade = Target(kind="rank", value=Decimal(4)), Target(kind="grade", text="优秀")
    >>> aims = {"rank": rank, "grade": grade}
    >>> next(rank_and_grade(aims, known)).what
    '10个单位按30%的名额只有3个优秀，位次目标前4名得不到优秀'
    """
    rank, grade = aims.get("rank"), aims.get("grade")
    if rank is None or rank.value is None or not known.of:
        return
    if rank.value > known.of:
        what = f"同类只有{known.of}个单位，位次目标{rank.label}没有意义"
        yield _warning(known, what, "请核对位次和参评单位数")
    quota = known.quotas.get(grade.text) if grade is not None else None
    if grade is None or quota is None:
        return
    places = int(WIDE.divide(WIDE.multiply(quota, Decimal(known.of)), HUNDRED))
    if rank.value > places:
        yield _warning(
            known,
            f"{known.of}个单位按{percent(quota, 0)}的名额只有{places}个{grade.text}，"
            f"位次目标{rank.label}得不到{grade.text}",
            "请改位次目标或等次目标",
        )


def rank_and_peers(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare the rank that is asked for with the place among the class's own level targets.

    >>> peers = {"甲镇": Decimal(9), "乙镇": Decimal(8)}
    >>> known = Known(name="投资", measure="万元", year=2023, peers=peers)
    >>> aims = {"value": Target(value=Decimal(7)), "rank": Target(kind="rank", value=Decimal(2))}
    >>> next(rank_and_peers(aims, known)).what
    '各镇都正好完成数值目标时本单位排第3，达不到位次目标前2名'
    """
    level, rank = _level(aims), aims.get("rank")
    if level is None or level.value is None or rank is None or rank.value is None:
        return
    place = 1 + sum(_is_better(peer, level.value, known) for peer in known.peers.values())
    if place > rank.value:
        yield _warning(
            known,
            f"各镇都正好完成数值目标时本单位排第{place}，达不到位次目标{rank.label}",
            "请提高数值目标，或核对位次目标的排名依据",
        )


def gap(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare a gap to the best of the class with the rank and with the level that are asked for.

    >>> known = Known(name="投资", measure="万元", year=2023, peers={"甲镇": Decimal(90)})
    >>> between = Target(kind="gap", comparator="<=", value=Decimal(5))
    >>> next(gap({"value": Target(value=Decimal(70)), "gap": between}, known)).what
    '完成≥70万元时与最好的甲镇目标90万元还差20万元，超过下达的差距≤5'
    """
    aim, rank, level = aims.get("gap"), aims.get("rank"), _level(aims)
    if aim is None or aim.value is None:
        return
    if rank is not None and rank.value == 1 and aim.value > 0:
        what = f"位次目标{rank.label}时没有落后于人的差距，差距目标却是{aim.label}"
        yield _warning(known, what, "请改位次目标或差距目标")
    if level is None or level.value is None or not known.peers:
        return
    best = max(
        known.peers.items(), key=lambda peer: peer[1] * (1 if known.is_higher_better else -1)
    )
    between = WIDE.subtract(best[1], level.value).copy_abs()
    if _is_better(best[1], level.value, known) and between > aim.value:
        yield _warning(
            known,
            f"完成{level.label}{known.measure}时与最好的{best[0]}目标{known.amount(best[1])}"
            f"还差{known.amount(between)}，超过下达的{aim.label}",
            "请提高数值目标或放宽差距目标",
        )


def five_years(aims: Mapping[str, Target], known: Known) -> Iterator[Problem]:
    """Compare a year's level with the even way from last year to a later year's target.

    >>> later = {2025: Decimal(100)}
    >>> known = Known(name="投资", measure="万元", year=2023, last_year=Decimal(70), later=later)
    >>> next(five_years({"value": Target(value=Decimal(75))}, known)).what
    '2025年目标100万元，从上年70万元均匀推进今年应到80万元，本年目标≥75少5万元'
    """
    level = _level(aims)
    if level is None or level.value is None or known.last_year is None:
        return
    for year, aim in sorted(known.later.items()):
        if year <= known.year:
            continue
        way = WIDE.divide(WIDE.subtract(aim, known.last_year), Decimal(year - known.year + 1))
        due = half_up(WIDE.add(known.last_year, way), known.decimals)
        if _is_better(due, level.value, known):
            short = WIDE.subtract(due, level.value).copy_abs()
            side = "少" if due > level.value else "多"
            yield _warning(
                known,
                f"{year}年目标{known.amount(aim)}，从上年{known.amount(known.last_year)}"
                f"均匀推进今年应到{known.amount(due)}，本年目标{level.label}{side}{known.amount(short)}",
                f"请核对本年目标，或说明以后年份怎样赶上{year}年目标",
            )


def sum_of_parts(
    whole: Target, parts: Iterable[Target], known: Known, of: str = "各镇"
) -> list[Problem]:
    """Compare the county's level with the sum of its towns' levels; a missing part is left alone.

    >>> known = Known(name="投资", measure="万元", year=2023)
    >>> towns = [Target(value=Decimal(40)), Target(value=Decimal(50))]
    >>> sum_of_parts(Target(value=Decimal(100)), towns, known)[0].what
    '各镇目标合计90万元，比县目标≥100少10万元'
    """
    values = [part.value for part in parts if part.is_level and part.is_open]
    told = [value for value in values if value is not None]
    if not whole.is_level or not whole.is_open or whole.value is None or not told:
        return []
    difference = WIDE.subtract(added(told), whole.value)
    if not difference:
        return []
    side = "多" if difference > 0 else "少"
    what = (
        f"{of}目标合计{known.amount(added(told))}，比县目标{whole.label}"
        f"{side}{known.amount(difference.copy_abs())}"
    )
    return [_warning(known, what, "请核对分解，差额要有出处")]


def ends(low: Decimal, high: Decimal) -> list[Problem]:
    """Say where the two ends of a range are written the wrong way round.

    >>> ends(Decimal(2), Decimal(1))[0].what
    '区间目标2—1的两端写反了'
    """
    if low <= high:
        return []
    what = f"区间目标{number(low)}—{number(high)}的两端写反了"
    return [Problem("", what, "请把小的写在前面")]


def _level(aims: Mapping[str, Target]) -> Target | None:
    return aims.get("value") or aims.get("range")


def _growth(value: Decimal, base: Decimal) -> Decimal:
    return WIDE.multiply(WIDE.divide(WIDE.subtract(value, base), base), HUNDRED)


def _is_better(one: Decimal, other: Decimal, known: Known) -> bool:
    return one > other if known.is_higher_better else one < other


def _warning(known: Known, what: str, step: str) -> Problem:
    return Problem(known.name, what, step, "warning")
