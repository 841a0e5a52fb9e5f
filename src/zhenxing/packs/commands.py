"""What `zhenxing pack check|load|save` and `zhenxing setup-demo` do and print."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from zhenxing.accounts import services as accounts
from zhenxing.accounts.models import User
from zhenxing.audit.models import Actor
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem, errors, warnings
from zhenxing.organisation import queries as organisation
from zhenxing.organisation.services import ActRefusedError
from zhenxing.packs import demo, queries, services
from zhenxing.packs.checking import check
from zhenxing.packs.folders import digest_of_folder
from zhenxing.packs.loading.county import STAMP
from zhenxing.packs.services import LoadRefusedError
from zhenxing.packs.site import pack_of_site
from zhenxing.packs.writing import write

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from zhenxing.packs.pack import Pack

CONSOLE = Actor(username="console", name="控制台", role="", unit="")


def check_command(folder: Path) -> int:
    """Print every problem of a folder, one a line; 1 where one of them is an error."""
    _, problems = check(folder, timezone.localdate())
    _tell(problems)
    wrong, doubtful = len(errors(problems)), len(warnings(problems))
    if wrong:
        _say(f"{folder}：{wrong}处错误，{doubtful}处提示；改好错误后才能导入。")
        return 1
    _say(f"{folder}：没有错误，{doubtful}处提示。")
    return 0


def load_command(folder: Path, by: str, second: str) -> int:
    """Load a folder into an empty site, or past years' figures into one at work."""
    pack, problems = check(folder, timezone.localdate())
    _tell(problems)
    if pack is None or errors(problems):
        _say(f"{folder}：有{len(errors(problems))}处错误，没有导入。")
        return 1
    at_work = bool(queries.contents()) and bool(by)
    try:
        if at_work:
            _import_past(pack, by, second)
        else:
            _load(pack, by, second)
    except (LoadRefusedError, ActRefusedError) as refused:
        _tell(refused.problems)
        _say("没有导入任何内容。")
        return 1
    return 0


def save_command(folder: Path) -> int:
    """Write the site as a folder of files."""
    if organisation.site() is None:
        _say("本站还没有县；请先导入县域文件。")
        return 1
    try:
        names = write(pack_of_site(timezone.localdate()), folder)
    except FileExistsError:
        _say(f"{folder} 已有内容；请换一个空文件夹。")
        return 1
    _say(f"已写到 {folder}，共{len(names)}个文件。")
    return 0


def setup_demo(folder: Path) -> int:
    """Make an empty site the demo county, with what has happened there; quick when it is one."""
    if organisation.site() is None:
        code = load_command(folder, "", "")
        if code:
            return code
    elif queries.loaded_stamp().partition(" ")[2] != digest_of_folder(folder)[:STAMP]:
        _say(f"{folder} 在导入之后改过；要用新的内容，请删去数据目录再运行。")
    if not demo.is_played():
        _play(folder)
    site = organisation.site()
    if site and site.is_demo:
        accounts.give_demo_password()
    return 0


def _load(pack: Pack, by: str, second: str) -> None:
    moment = _moment(pack)
    people = [_of_pack(pack, name) for name in (by, second) if name]
    _say(f"导入{pack.header.name}……")
    started = time.perf_counter()
    entry = services.load(
        pack,
        by=people[0] if people else CONSOLE,
        second=people[1] if len(people) > 1 else None,
        moment=moment,
    )
    seconds = time.perf_counter() - started
    _say(
        f"已导入{pack.header.name}：{_counts(queries.contents())}，用时{seconds:.1f}秒，"
        f"账本第{entry.sequence}条。"
    )


def _import_past(pack: Pack, by: str, second: str) -> None:
    site = organisation.site()
    today = organisation.business_date(site, timezone.localdate())
    moment = Moment(_now(), today)
    before = queries.contents()["数据"]
    entry = services.import_past(
        pack,
        by=_of_site(by, moment),
        second=_of_site(second, moment) if second else None,
        moment=moment,
    )
    brought = queries.contents()["数据"] - before
    _say(f"初始导入往年数据{brought:,}条，账本第{entry.sequence}条；文件里的其他内容没有导入。")


def _play(folder: Path) -> None:
    pack, problems = check(folder, timezone.localdate())
    if pack is None or errors(problems):
        _tell(errors(problems))
        return
    total = len(pack.demo.submissions)
    _say(f"演示报送{total}份……")
    started = time.perf_counter()
    for done in demo.play(pack, by=CONSOLE, at=_now()):
        if done == total or done % 20 == 0:
            _say(f"  {done}/{total}")
    _say(f"演示报送完成，用时{time.perf_counter() - started:.1f}秒。")


def _moment(pack: Pack) -> Moment:
    return Moment(_now(), pack.today(timezone.localdate()))


def _of_pack(pack: Pack, username: str) -> Actor:
    """Give a person of the pack as the ledger writes them: an empty site has no people yet."""
    person = next((each for each in pack.people if each.username == username), None)
    if person is None:
        raise LoadRefusedError(_nobody(username, "people.yaml"))
    roles = "".join(dict.fromkeys(post.role for post in person.posts))
    return Actor(username, person.name, roles, person.posts[0].unit if person.posts else "")


def _of_site(username: str, moment: Moment) -> Actor:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise LoadRefusedError(_nobody(username, "本站"))
    return organisation.actor(organisation.scope_of(user, moment.business_date))


def _nobody(username: str, where: str) -> Problem:
    return Problem("导入人", f"{where}没有「{username}」这个人", "请核对登录名")


def _counts(counted: dict[str, int]) -> str:
    return "、".join(f"{word}{number:,}" for word, number in counted.items())


def _now() -> datetime:
    return timezone.now()  # noqa: TID251  # a command is where the clock is read


def _say(line: str) -> None:
    """Print a line at once: whoever waits sees how far it is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        mark = "" if problem.is_error else "提示，"
        place = f"{problem.where} " if problem.where else ""
        _say(f"{place}{mark}{problem.what}；{problem.next}。")
