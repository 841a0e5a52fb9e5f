"""Loading a pack: a whole county into an empty site, or a past year's figures as 初始导入."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import Site, Unit
from zhenxing.packs import queries
from zhenxing.packs.arrivals import arrivals
from zhenxing.packs.checking import check as read
from zhenxing.packs.further import new_arrivals
from zhenxing.packs.loading.answers import load_answers
from zhenxing.packs.loading.county import load_county
from zhenxing.packs.loading.dictionary import load_dictionary
from zhenxing.packs.loading.figures import Desk, figure_rows, names_of, target_rows
from zhenxing.packs.loading.month import load_calls
from zhenxing.packs.loading.schemes import Hands, load_schemes
from zhenxing.packs.pack import Pack
from zhenxing.packs.site import pack_of_site
from zhenxing.packs.stripping import without_figures

if TYPE_CHECKING:
    from zhenxing.audit.models import Actor, Entry
    from zhenxing.documents.models import File
    from zhenxing.kernel.moments import Moment

__all__ = ["LoadRefusedError", "Pack", "import_past", "load", "read", "without_figures"]

# Figures are the business of those two; the administrator touches none, the auditor only reads.
IMPORTERS = frozenset({Role.ASSESSMENT, Role.DEPARTMENT})


class LoadRefusedError(ValueError):
    """A load the rules forbid; `problems` say why and what to do."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the reasons."""
        super().__init__("".join(problem.sentence for problem in problems))
        self.problems = problems


def load(pack: Pack, *, by: Actor, second: Actor | None, moment: Moment) -> Entry:
    """Make an empty site the county of a pack; all of it stands, or nothing.

    pack: one in which `check` found no error. Everything goes through one act of the ledger, which
    holds the hash of every file, seals every target and figure, and vouches for every other table.
    Raises LoadRefusedError where the site is not empty.
    """
    with audit.act(
        queries.LOADED,
        subject=pack.header.name,
        by=by,
        moment=moment,
        details=_details(pack, second),
    ) as act:
        _require_empty(pack)
        files = _keep_files(pack, pack.bytes_of, by, moment)
        county = load_county(pack, moment.business_date)
        indicators = load_dictionary(pack, county)
        load_answers(pack, county, indicators)
        desk = Desk(county.units, indicators, files, names_of(pack), by, moment, act.sequence)
        act.seal(target_rows(pack.targets, desk))
        act.seal(figure_rows(arrivals(pack), desk))
        load_calls(pack, county.groups.values(), act.sequence)
        load_schemes(pack, county.units, Hands(by, second, act.sequence))
        act.vouch(*audit_queries.vouched_models())
    return act.entry


def import_past(pack: Pack, *, by: Actor, second: Actor | None, moment: Moment) -> Entry:
    """Bring past years' figures into a site that is at work, as 初始导入 by two persons.

    Only figures the site does not hold, of years before the business date's: the current year goes
    through submissions, confirmations and correction slips. Nothing else of the pack is looked at.
    Raises LoadRefusedError with all reasons at once.
    """
    refused = list(against_importers(by, second))
    if refused:
        raise LoadRefusedError(*refused)
    with audit.act(
        queries.IMPORTED,
        subject=pack.header.name,
        by=by,
        moment=moment,
        details=_details(pack, second),
    ) as act:
        new, problems = new_arrivals(pack, pack_of_site(), moment.business_date)
        if problems:
            raise LoadRefusedError(*problems)
        names = {arrival.told.place.file for arrival in new}
        desk = Desk(
            {unit.code: unit for unit in Unit.objects.all()},
            {each.code: each for each in Indicator.objects.select_related("lead")},
            _keep_files(pack, names, by, moment),
            names_of(pack),
            by,
            moment,
            act.sequence,
        )
        act.seal(figure_rows(new, desk))
        act.vouch(*desk.files.values())
    return act.entry


def _details(pack: Pack, second: Actor | None) -> dict[str, object]:
    details: dict[str, object] = {
        "pack": pack.header.pack,
        "digest": pack.digest,
        "files": pack.hashes,
        "figures": len(pack.figures) + len(pack.totals) + len(pack.history),
        "targets": len(pack.targets),
    }
    if second is not None:
        details["second"] = {"username": second.username, "name": second.name}
    return details


def _require_empty(pack: Pack) -> None:
    there = queries.contents()
    if there:
        site = Site.objects.first()
        words = "、".join(f"{word}{number:,}" for word, number in there.items())
        raise LoadRefusedError(
            Problem(
                pack.header.name,
                f"本站{site.name if site else ''}已有{words}，县域文件只能导入空站",
                "请换一个空的数据目录；补往年的数，由两人用 --by 和 --second 作为初始导入",
            )
        )


def _keep_files(pack: Pack, names: Iterable[str], by: Actor, moment: Moment) -> dict[str, File]:
    return {
        name: documents.keep_text(pack.bytes_of[name], name=name, by=by.username, moment=moment)
        for name in sorted(names)
    }


def against_importers(by: Actor | None, second: Actor | None) -> Iterable[Problem]:
    """Say why two persons may not bring in figures: they are two, of the office or a department."""
    if by is None:
        yield Problem("初始导入", "没有导入人", "请用 --by 写上登录名")
    if second is None:
        yield Problem("初始导入", "没有复核人", "请用 --second 写上另一个人的登录名")
    elif by is not None and second.username == by.username:
        yield Problem("初始导入", "导入人和复核人是同一个人", "请换一个复核人")
    for person in (by, second):
        if person is not None and not IMPORTERS & set(person.role):
            yield Problem(
                "初始导入",
                f"{person.name}不是考核办或主管部门的人，不能导入数",
                "请由考核办、主管部门的两个人办理",
            )
