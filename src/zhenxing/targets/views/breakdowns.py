"""Breaking a target down on a page, and what others do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.engine.breakdown import left_over
from zhenxing.indicators import queries as indicator_queries
from zhenxing.targets import access, forms, queries, screens, services
from zhenxing.targets.choices import SPLITTERS, Axis, Way
from zhenxing.targets.models import Breakdown
from zhenxing.targets.views.answers import UNPROCESSABLE, indicator_of, unit_of
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from django.http import HttpResponse

    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.indicators.models import Target
    from zhenxing.kernel.problems import Problem
    from zhenxing.targets.forms import Key
    from zhenxing.targets.screens import PartShown
    from zhenxing.web.http import Request

CONFLICT = 409


@policy("targets.breakdown", SPLITTERS)
def edit(request: Request, code: str, indicator: str, axis: str) -> HttpResponse:
    """Show a target's places along an axis, filled the way that was asked for."""
    desk = _Desk(request, code, indicator, axis)
    desk.require_writer()
    way = request.GET.get("way", "")
    if way not in Way.values:
        way = Way.HAND if desk.made else Way.CURVE if axis in _IN_TIME else Way.HAND
        asked = [""] * len(desk.keys) if desk.made else None
    else:
        asked = None
    if asked is None:
        asked = screens.suggested(desk.target, axis, way, desk.keys, desk.known)
    return desk.page(screens.parts_shown(desk.keys, desk.made, asked), way, ())


@policy("targets.break_down", SPLITTERS, methods=("POST",))
def save(request: Request, code: str, indicator: str, axis: str) -> HttpResponse:
    """Reckon what is left, or write the breakdown's next version."""
    desk = _Desk(request, code, indicator, axis)
    desk.require_writer()
    posted = request.POST.dict()
    pieces, problems = forms.read_pieces(posted, desk.keys)
    shown, way = screens.parts_posted(desk.keys, posted), _way(posted)
    if problems or "reckon" in posted:
        return desk.page(shown, way, problems, [piece.value for piece in pieces])
    share = services.Share(axis, way, posted.get("reason", ""), forms.whole(posted, "seen"))
    try:
        made = services.break_down(
            target=desk.target, share=share, pieces=pieces, scope=request.scope,
            moment=request.moment,
        )  # fmt: skip
    except services.ActRefusedError as refused:
        return desk.page(shown, way, refused.problems, [piece.value for piece in pieces])
    word = "已提出，等采纳" if made.proposed else "已分解"
    messages.success(request, f"{word}：{made.get_axis_display()}第{made.version}版")
    return redirect("targets:one", code=code, indicator=indicator)


@policy("targets.adopt", "KCG", methods=("POST",))
def adopt(request: Request, key: int) -> HttpResponse:
    """Let a proposed breakdown count."""
    made = _breakdown(request, key)
    return _step(request, made, "adopt")


@policy("targets.hand_back", "KCG", methods=("POST",))
def hand_back(request: Request, key: int) -> HttpResponse:
    """Return a proposed breakdown with the reason."""
    return _step(request, _breakdown(request, key), "hand_back")


@policy("targets.sign", "L", methods=("POST",))
def sign(request: Request, key: int) -> HttpResponse:
    """Sign a breakdown as the town's leader."""
    return _step(request, _breakdown(request, key), "sign")


_IN_TIME = (Axis.MONTH, Axis.QUARTER)


class _Desk:
    """One target along one axis, as its page needs it."""

    def __init__(self, request: Request, code: str, indicator: str, axis: str) -> None:
        if axis not in Axis.values:
            raise Http404
        self.request, self.axis = request, axis
        self.unit, day = unit_of(request, code), request.moment.business_date
        self.indicator = indicator_of(request, code, indicator)
        year = forms.whole(request.GET.dict(), "year") or day.year
        rows = queries.visible_targets([code], [indicator])
        held = queries.targets_in_force(rows, year, day).get((code, indicator), ())
        self.target: Target = self._required(queries.level(held))
        self.known: IndicatorDef = indicator_queries.definitions([indicator])[0]
        self.manner = queries.manner_of(self.known, axis)
        self.made = queries.breakdowns_in_force([self.target]).get((self.target.pk, axis))
        self.keys: list[Key] = screens.keys_of(self.target, axis, day)

    def _required(self, target: Target | None) -> Target:
        if target is None:
            raise Refusal(
                CONFLICT, "没有可分解的目标", "这个指标今年没有公开的数值目标", "请等下达后再分解"
            )
        return target

    @property
    def seats(self) -> access.Seats:
        return queries.seats(self.request.scope, self.request.moment.business_date)

    @property
    def groups(self) -> list[str]:
        return services.groups_of(self.target)

    def require_writer(self) -> None:
        """Refuse whoever may neither break this target down nor propose to."""
        if not access.may_propose_breakdown(self.seats, self.unit.code, self.groups):
            raise Refusal(
                403, "这个指标不由您分解", "它归别的专班，或您只能看", "请联系镇综合协调专班"
            )

    def page(
        self,
        parts: Sequence[PartShown],
        way: str,
        problems: Sequence[Problem],
        values: Sequence[Decimal] | None = None,
    ) -> HttpResponse:
        """Show the page with these parts and what they leave."""
        if values is None:
            values = [piece.value for piece in forms.read_pieces(_posted(parts), self.keys)[0]]
        aim = self.target.value
        left = left_over(self.manner, aim, values) if aim is not None else None
        latest = Breakdown.objects.filter(target=self.target, axis=self.axis)
        context = {
            "here": "targets",
            "town": self.unit,
            "indicator": self.indicator,
            "target": self.target,
            "axis": self.axis,
            "axis_words": Axis(self.axis).label,
            "axes": Axis.choices,
            "way": way,
            "ways": Way.choices,
            "parts": parts,
            "problems": problems,
            "left_words": screens.left_words(self.manner, self.known, left),
            "seen": max(latest.values_list("version", flat=True), default=0),
            "posted": self.request.POST,
            "is_proposal": not access.may_break_down(self.seats, self.unit.code, self.groups),
        }
        status = UNPROCESSABLE if problems else 200
        return render(self.request, "targets/breakdown.html", context, status=status)


def _posted(parts: Sequence[PartShown]) -> dict[str, str]:
    return {f"value-{part.key.code}": part.value for part in parts}


def _way(posted: dict[str, str]) -> str:
    return posted["way"] if posted.get("way") in Way.values else Way.HAND.value


def _breakdown(request: Request, key: int) -> Breakdown:
    units = indicator_queries.readable_units(request.scope)
    rows = Breakdown.objects.filter(target__unit__in=units)
    return get_object_or_404(rows.select_related("target__unit", "target__indicator"), pk=key)


def _step(request: Request, made: Breakdown, verb: str) -> HttpResponse:
    moment, scope = request.moment, request.scope
    try:
        if verb == "adopt":
            done = services.adopt(breakdown=made, scope=scope, moment=moment)
        elif verb == "sign":
            done = services.sign(breakdown=made, scope=scope, moment=moment)
        else:
            note = request.POST.get("note", "")
            done = services.hand_back(breakdown=made, note=note, scope=scope, moment=moment)
    except services.ActRefusedError as refused:
        (problem, *_) = refused.problems
        raise Refusal(CONFLICT, f"没有{problem.where}", problem.what, problem.next) from None
    messages.success(request, f"已{done.get_step_display()}")
    target = made.target
    return redirect("targets:one", code=target.unit.code, indicator=target.indicator.code)
