"""Questions about uses of results: conditions met, what rests on a result that no longer holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from zhenxing.assessment.choices import RoundState, UseKind, UseState
from zhenxing.assessment.models import Round, RunRow, Use
from zhenxing.assessment.queries.shaken import may_be_shaken
from zhenxing.assessment.queries.shaken import shaken as held_against

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from django.db.models import QuerySet

    from zhenxing.web.scope import Scope

ALIVE = (UseState.PROPOSED, UseState.APPROVED, UseState.DONE)
PAID = (UseKind.REWARD, UseKind.COMMENDATION)  # what may carry an amount
FIRST_THREE = 3
MOST_BACK = 6  # periods looked back for the same grade in a row


@dataclass(frozen=True)
class Total:
    """How many uses stand in a state, and the money in them."""

    state: str
    label: str
    count: int
    amount: Decimal | None


@dataclass(frozen=True)
class Shaken:
    """A use that rests on what has changed since, and why."""

    use: Use
    why: str


def uses(scope: Scope) -> QuerySet[Use]:
    """Give the uses a person may read."""
    return Use.objects.visible_to(scope).select_related("unit__parent", "round__scheme__owner")


def seen(use: Use) -> int:
    """Give the number of steps: what a form says it was written on."""
    return use.steps.count()


def totals(rows: QuerySet[Use]) -> list[Total]:
    """Count the uses of a list by state, with the money in each."""
    told = {
        each["state"]: each
        for each in rows.order_by().values("state").annotate(n=Count("pk"), money=Sum("amount"))
    }
    return [
        Total(state.value, str(state.label), told[state]["n"], told[state]["money"])
        for state in UseState
        if state in told
    ]


def conditions_of(row: RunRow, round_: Round) -> tuple[str, ...]:
    """Give what the result says of a unit, as conditions that something may follow from."""
    found = []
    if row.grade:
        found.append(f"等次{row.grade}")
        times = in_a_row(row.code, round_)
        if times > 1:
            found.append(f"连续{times}期{row.grade}")
    if row.rank is not None:
        found.append(f"{row.group}第{row.rank}名（共{row.of}个）")
        if row.rank <= FIRST_THREE:
            found.append(f"{row.group}前{FIRST_THREE}名")
        if row.rank == row.of:
            found.append(f"{row.group}末位")
    if row.total is not None:
        found.append(f"总分{row.total.normalize():f}")
    return tuple(found)


def in_a_row(code: str, round_: Round) -> int:
    """Count the published rounds of the scheme in a row, this one the last, with the same grade."""
    rounds = Round.objects.filter(
        scheme=round_.scheme, state=RoundState.PUBLISHED, period__lte=round_.period
    )
    runs = rounds.order_by("-period").values_list("result", flat=True)[:MOST_BACK]
    grades = dict(RunRow.objects.filter(run__in=list(runs), code=code).values_list("run", "grade"))
    row, first = 0, grades.get(round_.result_id or 0)
    for run in runs:
        if not first or grades.get(run) != first:
            break
        row += 1
    return row


def shaken(rows: Iterable[Use], day: date) -> list[Shaken]:
    """Give the living uses whose round was revoked, or whose figures changed since it counted."""
    alive = [each for each in rows if each.state in ALIVE]
    doubted = {each.pk for each in may_be_shaken(day)} if alive else set()
    changed = {
        each.pk: _changed(each, day) for each in {use.round for use in alive} if each.pk in doubted
    }
    found = []
    for use in alive:
        if use.round.state == RoundState.REVOKED:
            found.append(Shaken(use, f"考核结果已撤销：{use.round.reason}"))
        elif use.code in changed.get(use.round_id, {}):
            found.append(Shaken(use, changed[use.round_id][use.code]))
    return found


def _changed(round_: Round, day: date) -> dict[str, str]:
    """Give the units of a round that would come to another result now, each in words."""
    held = held_against(round_, day)
    if held is None:
        return {}
    return {
        each.code: f"按现在的数，{_result(each.before)}变为{_result(each.after)}"
        for each in held.shifts
    }


def _result(row: Mapping[str, Any]) -> str:
    total, grade = row["total"], row["grade"]
    told = [
        f"总分{total}" if total is not None else "没有总分",
        f"第{row['rank']}名" if row["rank"] is not None else "不排名",
        grade or "",
    ]
    return "、".join(filter(None, told))


def published(scope: Scope) -> QuerySet[Round]:
    """Give the published rounds of the schemes the person's office keeps."""
    rows = Round.objects.kept_by(scope).published().select_related("scheme__owner", "result")
    return rows.defer("result__inputs", "result__result")
