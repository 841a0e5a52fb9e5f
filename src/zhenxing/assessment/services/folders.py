"""Self-scores and evidence: filled in by the unit, only ever added to, signed by its leader."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.models import ItemPaper, Round, SelfScore, SelfSigning
from zhenxing.assessment.queries import folders as asking
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services.standing import (
    keep_papers,
    refuse,
    refuse_all,
    said_by,
    unfit_papers,
    written,
)
from zhenxing.audit import services as audit
from zhenxing.engine.schemes.facts import number_of
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.services.evidence import plain_name
from zhenxing.reporting.services.wishing import Paper
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenxing.assessment.queries.folders import Asked
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_WORDS, LONGEST_NOTE = 500, 200
MOST_PAPERS = 20  # of one item
PLACES, LARGEST = 4, Decimal(10_000)


@dataclass(frozen=True)
class Entry:
    """One item as written on the page; `version` is the one the writer saw (0: none yet)."""

    item: str
    score: str
    words: str = ""
    version: int = 0


def save(
    *, round_: Round, code: str, entries: Sequence[Entry], scope: Scope, moment: Moment
) -> int:
    """Save own scores and words, all or none; returns how many were new or changed."""
    now, subject = _writable(round_, code, scope, moment)
    if not _changed(now, subject, entries, scope, moment):
        return 0
    with _writing("assessment.folder.scored", round_, code, scope, moment) as (row, who, act):
        made = _changed(row, who, entries, scope, moment)
        act.seal(made)
        act.details["items"] = [each.item for each in made]
    return len(made)


def add_paper(  # noqa: PLR0913  # where, what, who
    *,
    round_: Round,
    code: str,
    item: str,
    paper: Paper,
    note: str = "",
    scope: Scope,
    moment: Moment,
) -> ItemPaper:
    """Put a paper into the folder of an item."""
    named = Paper(plain_name(paper.name), paper.data)
    refuse_all([*unfit_papers([named]), *written("说明", note, LONGEST_NOTE)])
    _writable(round_, code, scope, moment)
    with _writing("assessment.folder.added", round_, code, scope, moment) as (row, who, act):
        asked = _asked(row, who).get(item)
        if asked is None:
            refuse(named.name, "所选的考核项不在方案里，或不考核本单位", "请重新选一项")
        papers = asking.papers_of(row, code).get(item, [])
        if len(asking.standing(papers)) >= MOST_PAPERS:
            refuse(asked.item.name, f"佐证已有{MOST_PAPERS}份", "请合并成一个 PDF 再传")
        [file] = keep_papers(act, [named], scope, moment)
        made = ItemPaper(
            round=row, code=code, item=item, file=file, note=note.strip(),
            **said_by(scope, moment),
        )  # fmt: skip
        act.details |= {"item": item, "name": named.name}
        [made] = act.seal([made])
    return made


def take_back(*, paper: ItemPaper, reason: str, scope: Scope, moment: Moment) -> ItemPaper:
    """Say that a paper no longer stands; it stays where it is, with the reason beside it."""
    refuse_all(written("撤回原因", reason, LONGEST_NOTE, "请写明为什么撤回"))
    place = paper.round, paper.code
    with _writing("assessment.folder.taken_back", *place, scope, moment) as (row, _, act):
        if paper.file is None or ItemPaper.objects.filter(takes_back=paper).exists():
            refuse("佐证", "这份材料已经撤回了", "请刷新页面")
        made = ItemPaper(
            round=row, code=paper.code, item=paper.item, note=reason.strip(), takes_back=paper,
            **said_by(scope, moment),
        )  # fmt: skip
        act.details |= {"item": paper.item, "name": paper.file.name}
        [made] = act.seal([made])
    return made


def sign(*, round_: Round, code: str, seen: str, scope: Scope, moment: Moment) -> SelfSigning:
    """Sign a unit's folder; the view has asked for the password again.

    `seen` is the total the leader saw, as text; empty where there is none.
    """
    with audit.act(
        "assessment.folder.signed",
        subject=f"{round_} {code}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row, subject = _open(round_, code, moment)
        seats = target_queries.seats(scope, moment.business_date)
        if not access.signs_for(seats, subject.town):
            refuse(subject.name, "自评由镇主要领导签发", "请书记或镇长签发")
        total = self_total(row, subject)
        if SelfScore.objects.filter(round=row, code=code).count() == 0:
            refuse(subject.name, "还没有一项自评", "请先填自评再签发")
        if text_of(total) != seen:
            what = f"您看到的合计是{seen or '空'}，现在是{text_of(total) or '空'}，刚有人改过"
            refuse(subject.name, what, "请看过现在的自评再签")
        act.details["total"] = total
        [made] = act.seal(
            [SelfSigning(round=row, code=code, total=total, **said_by(scope, moment))]
        )
    return made


def self_total(of: Round, subject: Subject) -> Decimal | None:
    """Give a unit's own scores together."""
    said = asking.latest_scores(of, [subject.code])
    lines = [
        asking.Line(each, (), said.get((subject.code, item)), ())
        for item, each in _asked(of, subject).items()
    ]
    return asking.total_of(lines)


def text_of(total: Decimal | None) -> str:
    """Write a total as a form carries it."""
    return "" if total is None else f"{total.normalize():f}"


@contextmanager
def _writing(
    action: str, round_: Round, code: str, scope: Scope, moment: Moment
) -> Iterator[tuple[Round, Subject, Act]]:
    with audit.act(
        action,
        subject=f"{round_} {code}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        yield (*_writable(round_, code, scope, moment), act)


def _writable(round_: Round, code: str, scope: Scope, moment: Moment) -> tuple[Round, Subject]:
    """Refuse where the person may not write in this folder now."""
    row, subject = _open(round_, code, moment)
    seats = target_queries.seats(scope, moment.business_date)
    owner, is_countys = row.scheme.owner.code, row.scheme.is_countys
    if access.keeps(seats, owner, is_countys=is_countys):
        refuse(subject.name, "组织考核的人不替被考核的单位自评", "请由该单位填报")
    if not access.fills_folders(seats, subject.unit.code, subject.town):
        refuse(subject.name, "自评和佐证由本单位的填报员、专班负责人、综合协调专班填")
    return row, subject


def _open(round_: Round, code: str, moment: Moment) -> tuple[Round, Subject]:
    row = Round.objects.select_related("scheme__owner", "edition__scheme").get(pk=round_.pk)
    subjects = subjects_of(row.scheme, moment.business_date)
    subject = next((each for each in subjects if each.code == code), None)
    if subject is None:
        refuse("自评", f"这次考核不考核「{code}」", "请从列出的单位中选")
    if not row.is_open:
        refuse(subject.name, f"这次考核{row.get_state_display()}，自评不再改", "有异议请走申诉")
    if row.gather_until and moment.business_date > row.gather_until:
        what = f"自评到{short_date(row.gather_until)}为止，已经过了"
        refuse(subject.name, what, "确需补充的，请联系组织考核的单位")
    if SelfSigning.objects.filter(round=row, code=code).exists():
        refuse(subject.name, "主要领导已签发，不再改、不再添", "有异议请走申诉")
    return row, subject


def _asked(of: Round, subject: Subject) -> dict[str, Asked]:
    return {each.item.id: each for each in asking.asked_of(rules(of.edition), subject)}


def _changed(
    of: Round, subject: Subject, entries: Sequence[Entry], scope: Scope, moment: Moment
) -> list[SelfScore]:
    """Read what was written; give what is new, or refuse it all with everything that is wrong."""
    asked = _asked(of, subject)
    latest = asking.latest_scores(of, [subject.code])
    made, problems = [], []
    for entry in entries:
        each = asked.get(entry.item)
        if each is None:
            what = f"「{entry.item}」不在方案里，或不考核本单位"
            problems.append(Problem("考核项", what, "请刷新页面再填"))
            continue
        score, fault = _score(entry, each)
        before = latest.get((subject.code, entry.item))
        words = entry.words.strip()
        if fault is None and _same(before, score, words):
            continue
        fault = fault or _stale(before, entry, each)
        if fault:
            problems.append(fault)
            continue
        version = before.version + 1 if before else 1
        made.append(
            SelfScore(
                round=of, code=subject.code, item=entry.item, version=version, score=score,
                words=words, **said_by(scope, moment),
            )
        )  # fmt: skip
    refuse_all(problems)
    return made


def _same(before: SelfScore | None, score: Decimal | None, words: str) -> bool:
    if before is None:
        return score is None and not words
    return (before.score, before.words) == (score, words)


def _score(entry: Entry, asked: Asked) -> tuple[Decimal | None, Problem | None]:
    name, text = asked.item.name, unicodedata.normalize("NFKC", entry.score).strip()
    if len(entry.words.strip()) > LONGEST_WORDS:
        return None, Problem(name, f"说明超过{LONGEST_WORDS}字", "请写短些，细节放在佐证里")
    if not text:
        return None, None
    score = number_of(text)
    if score is None or abs(score) >= LARGEST or -score.as_tuple().exponent > PLACES:  # type: ignore[operator]
        return None, Problem(name, f"自评分「{text[:20]}」不是数", "请只写数字，最多四位小数")
    if score < 0:
        what = "自评分是负数"
        return None, Problem(name, what, "请写得分；扣分项写要扣的分，不带负号")
    return score, None


def _stale(before: SelfScore | None, entry: Entry, asked: Asked) -> Problem | None:
    """Tell when somebody else wrote the same item after the page was opened."""
    now = before.version if before else 0
    if now == entry.version or before is None:
        return None
    said = "空" if before.score is None else f"{before.score:f}"
    what = f"{before.by_name}刚改为{said}，您的没有保存"
    return Problem(asked.item.name, what, "您写的还在下面，核对后再存一次")


__all__ = ["Entry", "add_paper", "save", "self_total", "sign", "take_back", "text_of"]
