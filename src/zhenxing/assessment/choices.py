"""Words of the assessment and the tables of legal moves."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Mapping

# Role letters by what they do here (the permission matrix).
OFFICE = "KS"  # the county's assessment office; a town's supervision group for its own schemes
READERS = "KDLGFVCSX"
ASSESSED = "LGFVCS"  # whoever speaks for a unit that is assessed


class SchemeKind(models.TextChoices):
    """What a scheme is for."""

    YEAR = "year", "年度考核"
    QUARTER = "quarter", "季度考核"
    MONTH = "month", "月度考核"
    PILOT_SELECTION = "pilot_selection", "试点遴选"
    PILOT_REVIEW = "pilot_review", "试点评估"
    SPECIAL = "special", "专项考核"


class Subjects(models.TextChoices):
    """Who is assessed; persons never are."""

    TOWNS = "towns", "镇"
    VILLAGES = "villages", "村和站所"
    GROUPS = "groups", "专班"
    PILOTS = "pilots", "试点镇"


class EditionState(models.TextChoices):
    """The life of one edition of a scheme."""

    DRAFT = "draft", "拟稿"
    PROPOSED = "proposed", "待批准"
    ISSUED = "issued", "已发布"
    WITHDRAWN = "withdrawn", "已作废"


EDITION_MOVES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        EditionState.DRAFT: frozenset({EditionState.PROPOSED, EditionState.WITHDRAWN}),
        EditionState.PROPOSED: frozenset({EditionState.DRAFT, EditionState.ISSUED}),
        EditionState.ISSUED: frozenset(),
        EditionState.WITHDRAWN: frozenset(),
    }
)


class RoundState(models.TextChoices):
    """Where an assessment of a period stands."""

    GATHERING = "gathering", "自评和评分"
    MARKED = "marked", "已初评"
    REPLY = "reply", "申诉期"
    CHECKED = "checked", "已复核"
    PUBLISHED = "published", "已公布"
    REVOKED = "revoked", "已撤销"


# A check that fails, or a figure found false, leads back to the first mark; what is published is
# only ever revoked, by an act of its own.
ROUND_MOVES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        RoundState.GATHERING: frozenset({RoundState.MARKED, RoundState.REVOKED}),
        RoundState.MARKED: frozenset({RoundState.REPLY, RoundState.GATHERING, RoundState.REVOKED}),
        RoundState.REPLY: frozenset({RoundState.CHECKED, RoundState.MARKED, RoundState.REVOKED}),
        RoundState.CHECKED: frozenset(
            {RoundState.PUBLISHED, RoundState.MARKED, RoundState.REVOKED}
        ),
        RoundState.PUBLISHED: frozenset({RoundState.REVOKED}),
        RoundState.REVOKED: frozenset(),
    }
)


class RoundAct(models.TextChoices):
    """What was done about a round."""

    OPENED = "opened", "开始"
    MARKED = "marked", "确认初评"
    REOPENED = "reopened", "退回重评"
    REPLY = "reply", "开放申诉"
    CHECKED = "checked", "复核通过"
    PUBLISHED = "published", "公布"
    REVOKED = "revoked", "撤销"


class Purpose(models.TextChoices):
    """What a run is for. A trial decides nothing."""

    TRIAL = "trial", "试算"
    FIRST = "first", "初评"
    FINAL = "final", "终评"


class JobState(models.TextChoices):
    """Where a run that was asked for stands."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "正在算"
    DONE = "done", "算好了"
    FAILED = "failed", "没有算成"


class ClaimKind(models.TextChoices):
    """What a claim is about."""

    BONUS = "bonus", "加分"
    PENALTY = "penalty", "扣分"
    VETO = "veto", "一票否决"
    EVENT = "event", "计件事项"


class ClaimState(models.TextChoices):
    """The life of a claim; only an approved one is an event of the engine."""

    PROPOSED = "proposed", "待复核"
    APPROVED = "approved", "已认定"
    REFUSED = "refused", "不予认定"
    WITHDRAWN = "withdrawn", "已撤回"


class AppealState(models.TextChoices):
    """The life of an appeal."""

    DRAFT = "draft", "拟稿"
    FILED = "filed", "已提交"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "已撤回"


class AppealEffect(models.TextChoices):
    """What the answer decides."""

    UPHELD = "upheld", "成立"
    PARTLY = "partly", "部分成立"
    REFUSED = "refused", "不成立"


class AppealAct(models.TextChoices):
    """What was done about an appeal."""

    DRAFTED = "drafted", "拟申诉"
    FILED = "filed", "提交申诉"
    ANSWERED = "answered", "答复"
    WITHDRAWN = "withdrawn", "撤回"


class AppealRemedy(models.TextChoices):
    """What changes the result where an appeal is upheld: nobody writes a score."""

    SLIP = "slip", "更正单"
    CLAIM = "claim", "事项认定"
    MARKS = "marks", "重新评分"
    EDITION = "edition", "方案新版"


class UseKind(models.TextChoices):
    """结果运用: what follows from a published result."""

    REWARD = "reward", "奖励"
    COMMENDATION = "commendation", "表彰"
    TALK = "talk", "约谈"
    REPLACEMENT = "replacement", "调整替换"
    TOLERANCE = "tolerance", "容错免责"


class UseState(models.TextChoices):
    """The life of a use of a result."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    DONE = "done", "已兑现"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤销"


class UseAct(models.TextChoices):
    """What was done about a use of a result."""

    PROPOSED = "proposed", "提出"
    HEARD = "heard", "听证"
    APPROVED = "approved", "批准"
    REFUSED = "refused", "不批准"
    DONE = "done", "兑现"
    WITHDRAWN = "withdrawn", "撤销"


class PilotCategory(models.TextChoices):
    """What a pilot town is to become."""

    CENTRAL = "central", "中心镇"
    SPECIAL = "special", "特色镇"


class ApplicationState(models.TextChoices):
    """The life of a town's application to be a pilot."""

    DRAFT = "draft", "拟稿"
    FILED = "filed", "已申报"
    WITHDRAWN = "withdrawn", "已撤回"


class ProposalState(models.TextChoices):
    """The life of the proposal of pilot towns."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未通过"


class Every(models.TextChoices):
    """How often a schedule begins a round."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季"
    HALF = "half", "每半年"
    YEAR = "year", "每年"
