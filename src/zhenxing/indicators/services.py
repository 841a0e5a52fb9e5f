"""Teaching the dictionary: an indicator that it lacked, another name that one goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from django.db.models import Max

from zhenxing.audit import services as audit
from zhenxing.engine.releases import read_release
from zhenxing.indicators import access
from zhenxing.indicators.choices import SOURCES, Direction, Kind, Nature, Reading
from zhenxing.indicators.models import Indicator, IndicatorField, Synonym
from zhenxing.indicators.queries import teaching
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.quantities import measure_problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST_NAME, LONGEST_DEFINITION, LONGEST_BASIS, LONGEST_SAID_BY = 60, 300, 200, 80
MOST_DECIMALS = 4
WORDS = {
    "kind": ("类型", Kind.values), "reading": ("月度数口径", Reading.values),
    "direction": ("方向", Direction.values), "nature": ("数据性质", Nature.values),
    "source": ("来源", SOURCES),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewIndicator:
    """An indicator as a person describes it; `field` and `lead` are codes."""

    code: str
    name: str
    field: str
    measure: str
    lead: str
    definition: str
    kind: str = Kind.FLOW
    reading: str = Reading.CUMULATIVE
    direction: str = Direction.HIGHER
    nature: str = Nature.WORK
    source: str = "部门"
    decimals: int | None = 0
    frequency: str = "year"


def create_indicator(*, said: NewIndicator, scope: Scope, moment: Moment) -> Indicator:
    """Add an indicator to the dictionary; it has neither targets, figures nor a group yet.

    Raises ActRefusedError with everything that is wrong.
    """
    with audit.act(
        "indicators.created",
        subject=said.name.strip()[:LONGEST_NAME] or "指标",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        posts = teaching.posts_of(scope, moment.business_date)
        if not access.teaches(posts, said.lead):
            _refuse("主管部门", "您不能为这个部门新建指标", "请选您所在的部门，或请考核办新建")
        problems = [*_misfits(said), *_taken(said)]
        if problems:
            raise ActRefusedError(*problems)
        last = Indicator.objects.aggregate(last=Max("position"))["last"] or 0
        row = Indicator(
            field=IndicatorField.objects.get(code=said.field),
            lead=Unit.objects.get(code=said.lead),
            release=_release(said),
            position=last + 1,
            **_columns(said),
        )
        row.save()
        act.vouch(row)
        act.details |= {"code": row.code, "measure": row.measure, "lead": said.lead}
    return row


def add_synonym(
    *, indicator: Indicator, name: str, basis: str, scope: Scope, moment: Moment
) -> Synonym:
    """Let an indicator go by another name, which the reader of papers knows from now on.

    Raises ActRefusedError where the name is another indicator's, or known already.
    """
    written = " ".join(name.split())
    with audit.act(
        "indicators.synonym.added",
        subject=indicator.name,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        _ask_leave(indicator, scope, moment)
        if problem := unfit_name(indicator, written):
            raise ActRefusedError(problem)
        title = f"（{scope.titles[0]}）" if scope.titles else ""
        row = Synonym(
            indicator=indicator,
            name=written,
            basis=basis.strip()[:LONGEST_BASIS],
            by=scope.username,
            by_name=f"{scope.name}{title}"[:LONGEST_SAID_BY],
            since=moment.business_date,
        )
        row.save()
        act.vouch(row)
        act.details |= {"indicator": indicator.code, "name": written, "basis": row.basis}
    return row


def remove_synonym(*, synonym: Synonym, scope: Scope, moment: Moment) -> None:
    """Let an indicator go by a name no longer; what was read under it stays as it is."""
    indicator = Indicator.objects.select_related("lead").get(pk=synonym.indicator_id)
    with audit.act(
        "indicators.synonym.removed",
        subject=indicator.name,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        _ask_leave(indicator, scope, moment)
        gone = Synonym.objects.filter(pk=synonym.pk)
        act.details |= {"indicator": indicator.code, "name": synonym.name, "basis": synonym.basis}
        if not gone.exists():
            _refuse(synonym.name, "这个别名已经去掉", "请刷新页面")
        gone.delete()
        act.vouch(Synonym)


def unfit_name(indicator: Indicator, name: str) -> Problem | None:
    """Say why an indicator cannot go by this name."""
    if not name:
        return Problem("别名", "没有写", "请照文件里的叫法写")
    if len(name) > LONGEST_NAME:
        return Problem("别名", f"有{len(name)}字，超过{LONGEST_NAME}字", "请写短些")
    other = teaching.who_goes_by(name)
    if other is None:
        return None
    if other.pk == indicator.pk:
        return Problem("别名", f"“{name}”已经是“{indicator.name}”的叫法", "不用再记")
    return Problem("别名", f"“{name}”已经是“{other.name}”的叫法", "请核对是不是同一个指标")


def _ask_leave(indicator: Indicator, scope: Scope, moment: Moment) -> None:
    posts = teaching.posts_of(scope, moment.business_date)
    if not access.teaches(posts, indicator.lead.code):
        lead = indicator.lead.name
        _refuse(indicator.name, "这个指标的别名不由您记", f"请主管部门{lead}或考核办来记")


def _misfits(said: NewIndicator) -> Iterator[Problem]:
    """Say what cannot be in a description by itself."""
    if not CODE.fullmatch(said.code):
        what = f"「{said.code[:40]}」写法不对"
        yield Problem("编码", what, "请用小写英文字母开头，如 road_repaired")
    texts = (
        ("名称", said.name, LONGEST_NAME, "请写名称"),
        ("口径", said.definition, LONGEST_DEFINITION, "请写清算什么、不算什么"),
    )
    for word, text, most, next_ in texts:
        if not text.strip():
            yield Problem(word, "没有写", next_)
        elif len(text.strip()) > most:
            yield Problem(word, f"有{len(text.strip())}字，超过{most}字", "请写短些")
    yield from _unmeasured(said)
    for name, (word, values) in WORDS.items():
        if getattr(said, name) not in values:
            yield Problem(word, "没有选，或不在列出的里面", "请从列表中选")


def _unmeasured(said: NewIndicator) -> Iterator[Problem]:
    """Say what cannot be in how an indicator is counted."""
    if problem := measure_problem(said.measure.strip(), "计量单位"):
        yield Problem("计量单位", problem.what.removeprefix("计量单位"), problem.next)
    if said.decimals is None or not 0 <= said.decimals <= MOST_DECIMALS:
        yield Problem("小数位", "不是0到4的整数", "请写0到4")
    if said.kind != Kind.FLOW and said.reading == Reading.CURRENT:
        yield Problem("月度数口径", "存量和比率没有当期数", "请选期末或当年累计")
    if said.nature == Nature.SURVEY and said.source != SOURCES[0]:
        yield Problem("来源", "统计调查的数只从统计局来", "请把来源选为统计局，或改数据性质")
    _, problems = read_release(_release(said), "多久一次")
    yield from problems


def _taken(said: NewIndicator) -> Iterator[Problem]:
    """Say what of a description is there already, or is not there and should be."""
    if Indicator.objects.filter(code=said.code).exists():
        yield Problem("编码", f"「{said.code}」已有指标在用", "请换一个")
    if other := teaching.who_goes_by(said.name.strip()):
        what = f"“{said.name.strip()}”已经是“{other.name}”（{other.code}）的叫法"
        yield Problem("名称", what, "请直接归到那个指标，或换名称")
    if not IndicatorField.objects.filter(code=said.field).exists():
        yield Problem("领域", "没有选", "请从列表中选")
    if not Unit.objects.of_kind(UnitKind.DEPARTMENT).filter(code=said.lead).exists():
        yield Problem("主管部门", "没有选，或不是部门", "请从列表中选")


def _release(said: NewIndicator) -> dict[str, object]:
    """Give a calendar that expects nothing before the period is over by a month and 20 days."""
    return {"frequency": said.frequency, "lag": 1, "day": 20}


def _columns(said: NewIndicator) -> dict[str, Any]:
    return {
        "code": said.code,
        "name": " ".join(said.name.split()),
        "measure": said.measure.strip(),
        "decimals": said.decimals,
        "kind": said.kind,
        "reading": said.reading,
        "direction": said.direction,
        "nature": said.nature,
        "source": said.source,
        "definition": said.definition.strip(),
    }


def _refuse(where: str, what: str, next_: str) -> NoReturn:
    raise ActRefusedError(Problem(where, what, next_))
