"""Taking a paper in: its file kept, its line in the unit's register of incoming papers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from zhenxing.adoption import access
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by, written
from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.documents.choices import PaperKind
from zhenxing.documents.models import Paper
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import chinese_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

EARLIEST, LATEST = 2000, 2099
SIZES = {"title": 200, "number": 60, "issuer": 80, "note": 500}
# A paper's targets and figures are a county's or a town's.
ABOUT = {UnitKind.COUNTY, UnitKind.TOWN}
WORDS = {"title": "标题", "number": "文号", "issuer": "来文单位", "note": "拟办意见"}


@dataclass(frozen=True)
class Heading:
    """What the register says of a paper; what is empty the reading fills in.

    `unit` and `about` are codes: whose register it stands in, which unit it speaks of.
    """

    unit: str
    about: str
    received: date
    title: str = ""
    number: str = ""
    issuer: str = ""
    kind: str = ""
    year: int | None = None
    note: str = ""


def register(*, data: bytes, name: str, heading: Heading, scope: Scope, moment: Moment) -> Paper:
    """Keep a paper and write it into the register; one that stands there already is given back.

    Raises ActRefusedError with everything that is wrong.
    """
    unit, about = _checked(heading, scope, moment)
    standing = Paper.objects.filter(unit=unit, file__sha256=hashlib.sha256(data).hexdigest())
    if twin := standing.first():
        return twin
    file = documents.keep_paper(data, name=name, by=scope.username, moment=moment)
    if isinstance(file, Problem):
        raise ActRefusedError(file)
    with audit.act(
        "adoption.paper.registered",
        subject=(heading.title or name)[:200],
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        if twin := standing.first():
            refuse(twin.title, f"{chinese_date(twin.received)}已登记过这份文件", "请到来文里打开它")
        paper = Paper(
            file=file,
            unit=unit,
            about=about,
            by=scope.username,
            by_name=said_by(scope, moment)["by_name"],
        )
        _write(paper, heading, name)
        paper.save()
        act.vouch(file, paper)
        act.details |= {"file": file.sha256, "unit": unit.code, "number": paper.number}
    return paper


def change(*, paper: Paper, heading: Heading, scope: Scope, moment: Moment) -> Paper:
    """Write what the register says of a paper anew; the file and its readings stay."""
    unit, about = _checked(heading, scope, moment)
    with audit.act(
        "adoption.paper.changed",
        subject=paper.title,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = Paper.objects.visible_to(scope).select_related("file").get(pk=paper.pk)
        if row.unit_id != unit.pk:
            refuse(row.title, "收文单位不能改", "登记错了单位的，请由那个单位另行登记")
        row.about = about
        _write(row, heading, row.file.name)
        row.save()
        act.vouch(row)
        act.details |= {"title": row.title, "number": row.number, "about": about.code}
    return row


def _checked(heading: Heading, scope: Scope, moment: Moment) -> tuple[Unit, Unit]:
    """Refuse, with everything that is wrong, what cannot be registered; give the two units."""
    seats = target_queries.seats(scope, moment.business_date)
    units = Unit.objects.open_on(moment.business_date).in_bulk(
        {heading.unit, heading.about}, field_name="code"
    )
    unit, about = units.get(heading.unit), units.get(heading.about)
    is_countys = unit is not None and unit.kind == UnitKind.COUNTY
    if unit is None or not access.registers(seats, unit.code, is_countys=is_countys):
        refuse("收文单位", "您不为这个单位收文", "请选您所在的单位；县里的来文由考核办登记")
    problems = list(_faults(heading, moment.business_date))
    if about is None or about.kind not in ABOUT or not _reaches(scope, about):
        problems.append(Problem("所述单位", "没有选，或不在您的范围内", "请选文件讲的县或镇"))
    refuse_all(problems)
    return unit, about or unit


def _reaches(scope: Scope, about: Unit) -> bool:
    return scope.sees_county or about.code in scope.units


def _faults(heading: Heading, today: date) -> Iterator[Problem]:
    for name, most in SIZES.items():
        yield from written(WORDS[name], getattr(heading, name), most)
    if heading.received > today:
        yield Problem("收文日期", "在今天之后", "请写收到文件的那一天")
    if heading.kind and heading.kind not in PaperKind.values:
        yield Problem("文种", "不在列出的文种里", "请从列表中选")
    if heading.year is not None and not EARLIEST <= heading.year <= LATEST:
        yield Problem("年度", f"「{heading.year}」不是年度", f"请写{EARLIEST}到{LATEST}的年份")


def _write(paper: Paper, heading: Heading, name: str) -> None:
    paper.title = heading.title.strip() or PurePath(name).stem[: SIZES["title"]] or "无标题"
    paper.number = heading.number.strip()
    paper.issuer = heading.issuer.strip()
    paper.kind = heading.kind or PaperKind.OTHER
    paper.year = heading.year
    paper.received = heading.received
    paper.note = heading.note.strip()
