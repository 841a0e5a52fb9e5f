"""A county's first day: an empty database becomes a real site, without demo identities."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from zhenxing.accounts.choices import Role
from zhenxing.audit.models import Actor
from zhenxing.kernel.problems import Problem, errors
from zhenxing.operations import services, skeleton
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.packs import queries as pack_queries
from zhenxing.packs import services as packs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenxing.audit.models import Entry
    from zhenxing.kernel.moments import Moment
    from zhenxing.packs.services import Pack

PLAIN_CLASS = "镇"


@dataclass(frozen=True)
class Administrator:
    """The first person of a site; the name may be left to the pack."""

    username: str
    name: str
    password: str


@dataclass(frozen=True)
class Importers:
    """The login names of the two persons of the pack who answer for its figures."""

    by: str = ""
    second: str = ""


def read_pack(folder: Path, today: date, *, without_figures: bool) -> Pack:
    """Read and check a pack for a real site; a demo comes only without its figures."""
    pack, problems = packs.read(folder, today)
    if pack is None or errors(problems):
        raise OperationRefusedError(*errors(problems))
    if pack.header.demo and not without_figures:
        step = "换成本县的县域文件；只想用它的单位、专班、指标，加 --without-figures"
        what = "是演示县，它的数、目标和往年结果都是编的，不能当真县的数"
        raise OperationRefusedError(Problem(f"{folder.name}/pack.yaml", what, step))
    return packs.without_figures(pack) if without_figures else pack


def plain_pack(name: str, code: str, towns: Sequence[str], today: date) -> Pack:
    """Give a pack of a county and its towns alone, with the skeleton's lamps and calendar."""
    listed = "".join(
        f"  - {{code: T{number:02}, name: {town}, class: {PLAIN_CLASS},"
        f" profiles: [{{as_of: {today}}}]}}\n"
        for number, town in enumerate(towns, 1)
    )
    texts = {
        "pack.yaml": f"pack: {code}\nname: {name}\ncounty: {code}\n",
        "units.yaml": f"county: {{code: {code}, name: {name}}}\ntowns:\n{listed}",
        "groups.yaml": "groups: []\n",
        "people.yaml": "people: []\n",
        "indicators.yaml": "fields: []\nindicators: []\n",
    }
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for kept in ("lamps.yaml", "calendar.yaml"):
            shutil.copy(skeleton.FILES / kept, folder / kept)
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        return read_pack(folder, today, without_figures=False)


def begin(pack: Pack, first: Administrator, importers: Importers, *, moment: Moment) -> Entry:
    """Make the county, and its first administrator; all of it stands, or nothing."""
    by, second = (_of_pack(pack, name) for name in (importers.by, importers.second))
    if _has_figures(pack):
        problems = list(packs.against_importers(by, second))
        if problems:
            raise OperationRefusedError(*problems)
    with transaction.atomic():
        try:
            entry = packs.load(pack, by=by or services.CONSOLE, second=second, moment=moment)
        except packs.LoadRefusedError as refused:
            raise OperationRefusedError(*refused.problems) from refused
        services.make_administrator(
            username=first.username, name=first.name, password=first.password, moment=moment
        )
    return entry


def require_empty() -> None:
    """Refuse a site that holds anything; nobody should answer ten questions to hear that."""
    there = pack_queries.contents()
    if there:
        words = "、".join(f"{word}{number:,}" for word, number in there.items())
        step = "请换一个空的数据文件夹和空库"
        raise OperationRefusedError(Problem("本站", f"已有{words}，建站只在空站上做", step))


def _has_figures(pack: Pack) -> bool:
    return any((pack.figures, pack.growths, pack.totals, pack.history))


def _of_pack(pack: Pack, username: str) -> Actor | None:
    """Give a person of the pack as the ledger writes them: an empty site has no people yet."""
    if not username:
        return None
    person = next((each for each in pack.people if each.username == username), None)
    if person is None:
        what = f"people.yaml 没有「{username}」这个人"
        raise OperationRefusedError(Problem("导入人", what, "请核对登录名"))
    roles = "".join(dict.fromkeys(Role(post.role) for post in person.posts))
    return Actor(username, person.name, roles, person.posts[0].unit if person.posts else "")
