"""Reading a paper: asked for, done beside the pages, sealed with the items it gives."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenxing import __version__
from zhenxing.accounts.models import User
from zhenxing.adoption import access, harvest
from zhenxing.adoption.choices import IntakeState
from zhenxing.adoption.models import Intake, Item
from zhenxing.adoption.services import carrying
from zhenxing.assessment.services.standing import refuse, said_by
from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.documents.choices import PaperKind
from zhenxing.documents.models import Paper, PaperReading
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.queries import reader_entries
from zhenxing.jobs import services as jobs
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.services import ReadPaper
    from zhenxing.web.scope import Scope

log = logging.getLogger("zhenxing.adoption")

ENCODINGS = {"": "自动识别", "gb18030": "简体（GB18030）", "utf-8": "UTF-8", "big5": "繁体（Big5）"}
# Readings wait for one another; one that came to no end for so long died with its server.
LOST_AFTER = timedelta(minutes=15)


def ask(*, paper: Paper, year: int | None, encoding: str, scope: Scope, moment: Moment) -> Intake:
    """Ask for a paper to be read, or read anew. Raises ActRefusedError."""
    seats = target_queries.seats(scope, moment.business_date)
    row = Paper.objects.visible_to(scope).select_related("unit").get(pk=paper.pk)
    is_countys = row.unit.kind == UnitKind.COUNTY
    if not access.decides(seats, row.unit.code, is_countys=is_countys):
        refuse(row.title, "这份来文不由您办理", "请收文单位的人读")
    if encoding not in ENCODINGS:
        refuse("文字编码", f"「{encoding}」不认识", "请从列表中选")
    fail_lost(moment)
    if row.intakes.filter(state__in=[IntakeState.QUEUED, IntakeState.READING]).exists():
        refuse(row.title, "正在读，还没有读完", "请等它读完")
    return Intake.objects.create(
        paper=row, year=year or row.year, encoding=encoding, asked_by=scope.username,
        asked=moment.at, stage="等待",
    )  # fmt: skip


def start(intake: Intake, moment: Moment) -> None:
    """Let the reading begin beside the pages once what was asked stands."""
    jobs.beside(f"reading-{intake.pk}", partial(_in_turn, intake.pk, moment.business_date))


def read_now(intake: Intake, moment: Moment) -> Intake:
    """Read now: the child, then one act with the sealed reading and its items."""
    _tell(intake, 20, "读文件", state=IntakeState.READING)
    paper = Paper.objects.select_related("file", "unit", "about").get(pk=intake.paper_id)
    data = documents.stored_at(paper.file.sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != paper.file.sha256:
        lack = Problem(paper.file.name, "存着的文件与登记的不同", "请报告县级管理员")
        return _failed(intake, lack)
    found = documents.read_document(
        data, paper.file.name, year=intake.year, encoding=intake.encoding,
        indicators=reader_entries(),
    )  # fmt: skip
    if isinstance(found, Problem):
        return _failed(intake, found)
    _tell(intake, 70, "整理读出的事")
    reading = _keep(paper, found, intake, moment)
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.DONE, percent=100, stage="读完", reading=reading
    )
    return Intake.objects.select_related("paper", "reading").get(pk=intake.pk)


def fail_lost(moment: Moment) -> int:
    """Say of readings that a server took with it when it died that they came to nothing."""
    lost = Intake.objects.filter(
        state__in=[IntakeState.QUEUED, IntakeState.READING], asked__lt=moment.at - LOST_AFTER
    )
    lack = Problem("读文", "服务器在读的时候停了，没有读成", "文件还在，请再读一次")
    return lost.update(state=IntakeState.FAILED, stage="中断", problems=[_told(lack)])


def _in_turn(key: int, business_date: date) -> None:
    """Read when the turn has come; a fault is told and logged."""
    at = timezone.now()  # noqa: TID251  # a reading begins when its turn has come
    intake = Intake.objects.get(pk=key)
    try:
        read_now(intake, Moment(at, business_date))
    except Exception:  # whatever it was, the page must not wait for ever
        log.exception("来文%s没有读成", intake.paper_id)
        _failed(intake, Problem("读文", "程序出错，没有读成，已记入日志", "请告诉系统管理员"))


def _keep(paper: Paper, found: ReadPaper, intake: Intake, moment: Moment) -> PaperReading:
    """Seal what was read and put down its items, in one act."""
    person = User.objects.get(username=intake.asked_by)
    scope = organisation_queries.scope_of(person, moment.business_date)
    said = said_by(scope, moment)
    with audit.act(
        "adoption.paper.read",
        subject=paper.title,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        # The register may have been changed while the file was read.
        row = Paper.objects.select_related("file", "unit", "about").get(pk=paper.pk)
        before = row.readings.order_by("-version").first()
        reading = PaperReading(
            paper=row,
            version=before.version + 1 if before else 1,
            engine=__version__,
            year=intake.year,
            text=found.text,
            places=found.places,
            result=json.dumps(found.result, ensure_ascii=False, sort_keys=True),
            **said,
        )
        act.seal([reading])
        items = _items(reading, found)
        pairs = carrying.matched(items, before) if before else []
        Item.objects.bulk_create(items)
        if before:
            pairs += carrying.added(reading, pairs, before)
        act.seal(carrying.placements(pairs))
        act.vouch(*items, *(new for _, new in pairs))
        _complete(row, found.result["document"])
        row.save()
        act.vouch(row)
        act.details |= {
            "file": row.file.sha256, "version": reading.version, "items": len(items),
            "carried": len(pairs),
        }  # fmt: skip
    return reading


def _items(reading: PaperReading, found: ReadPaper) -> list[Item]:
    dictionary = {each.code: each for each in Indicator.objects.all()}
    paper = reading.paper
    units = {
        each.code: each
        for each in Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN).open_on(paper.received)
    }
    ground = harvest.Ground(
        text=reading.text,
        measures={code: each.measure for code, each in dictionary.items()},
        towns={each.name: each.code for each in units.values() if each.kind == UnitKind.TOWN},
        unit=paper.about.code,
        year=reading.year or found.result["document"]["year"],
    )
    return [
        Item(reading=reading, **_linked(each, units, dictionary, paper.about))
        for each in harvest.items_of(found.result, found.problems, ground)
    ]


def _linked(
    columns: dict[str, Any], units: dict[str, Unit], dictionary: dict[str, Indicator], about: Unit
) -> dict[str, Any]:
    return columns | {
        "unit": units.get(columns["unit"], about),
        "indicator": dictionary.get(columns.get("indicator") or ""),
    }


def _complete(paper: Paper, document: dict[str, Any]) -> None:
    """Fill in what the register was not told and the paper says itself."""
    file_title = PurePath(paper.file.name).stem
    if document["title"] and paper.title in {file_title, ""}:
        paper.title = document["title"][:200]
    paper.issuer = paper.issuer or (document["unit"] or "")[:80]
    paper.year = paper.year or document["year"]
    if paper.kind == PaperKind.OTHER and document["kind"] in PaperKind.values:
        paper.kind = document["kind"]


def _tell(intake: Intake, percent: int, stage: str, **more: str) -> None:
    Intake.objects.filter(pk=intake.pk).update(percent=percent, stage=stage, **more)


def _failed(intake: Intake, problem: Problem) -> Intake:
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.FAILED, stage="没有读成", problems=[_told(problem)]
    )
    return Intake.objects.select_related("paper").get(pk=intake.pk)


def _told(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "what": problem.what, "next": problem.next}
