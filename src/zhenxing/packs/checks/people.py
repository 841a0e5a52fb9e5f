"""Working groups, people, their posts and the hard rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from zhenxing.accounts.choices import Role
from zhenxing.indicators.choices import Nature
from zhenxing.organisation.access import Seat, overlaps, problems
from zhenxing.organisation.choices import GROUP_ROLES, VILLAGE_FORM, UnitKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.places import Place
from zhenxing.packs.sections.county import Group, Person, Post

# One report has a filler, a reviewer and a signer, and they are three persons.
HANDS = (
    (Role.REPORTER, Role.GROUP_LEADER, "填报的人不能审核同一份表"),
    (Role.REPORTER, Role.TOWN_LEADER, "填报的人不能签发同一份表"),
    (Role.GROUP_LEADER, Role.TOWN_LEADER, "审核的人不能签发同一份表"),
)
LONGEST_CODE = 20


def check_groups(index: Index) -> None:
    """Keys are unique, indicators and members exist, an indicator has one group."""
    groups, findings = index.pack.groups, index.findings
    note_repeats(findings, ((group.key, group.at("key")) for group in groups), "专班")
    charges = (
        (code, group.at(f"indicators.{number}"))
        for group in groups
        for number, code in enumerate(group.indicators)
    )
    note_repeats(findings, charges, "指标分工")
    for group in groups:
        _check_code(group, index)
        for number, code in enumerate(group.indicators):
            index.has_indicator(group.at(f"indicators.{number}"), code)
        _check_members(group, index)
        if group.opened and group.closed and group.closed <= group.opened:
            findings.add(group.at("closed"), "撤销不晚于成立", "核对两个日期")


def check_village_form(index: Index) -> None:
    """The villages' form asks for work the towns answer for, and for no statistics."""
    form = index.pack.village_form
    if form is None:
        return
    answered = {code for group in index.pack.groups for code in group.indicators}
    places = [(code, form.at(f"indicators.{n}")) for n, code in enumerate(form.indicators)]
    note_repeats(index.findings, places, "村级填报指标")
    for code, place in places:
        if not index.has_indicator(place, code):
            continue
        if index.indicators[code].nature == Nature.SURVEY:
            what = f"「{code}」是统计调查指标，只接收，不向村里要"
            index.findings.add(place, what, "删去这一项")
        elif code not in answered and "groups.yaml" not in index.unsure:
            what = f"「{code}」没有一个专班负责，村里报来没有人审核"
            index.findings.add(place, what, "先在 groups.yaml 里写给一个专班")
    longest = max((each.code for each in index.pack.units.villages), key=len, default="")
    _check_length(f"{longest}-{VILLAGE_FORM}", form.at("name"), "缩短村的编码", index)


def check_people(index: Index) -> None:
    """Names are unique, posts lie where their role may be and stand beside one another."""
    people, findings = index.pack.people, index.findings
    note_repeats(findings, ((each.username, each.at("username")) for each in people), "登录名")
    orders = ((str(each.demo_order), each.at("demo_order")) for each in people if each.demo_order)
    note_repeats(findings, orders, "演示身份次序")
    for person in people:
        _check_demo(person, index)
        _check_posts(person, index)


def seat(post: Post, index: Index) -> Seat | None:
    """Give a post as the hard rules see it; None while its role, unit or group is unsound."""
    kind = index.kinds.get(post.unit)
    if not post.sound("role", "unit", "group") or kind is None:
        return None
    group = f"{post.unit}-{post.group}" if post.group else ""
    town = post.unit if group else ""
    return Seat(Role(post.role), kind, post.unit, group, town, post.since, post.until)


def _check_code(group: Group, index: Index) -> None:
    """A town's group carries town and key in its code, and the database has room for twenty."""
    longest = max((town.code for town in index.pack.units.towns), key=len, default="")
    place = group.at("key")
    _check_length(f"{longest}-{group.key}", place, "缩短 key 或镇的编码", index)
    if group.key == VILLAGE_FORM:
        what = f"专班编码「{VILLAGE_FORM}」留给村级填报"
        index.findings.add(place, what, "换一个 key；村级填报写在 villages.yaml 里")


def _check_length(code: str, place: Place, change: str, index: Index) -> None:
    if len(code) > LONGEST_CODE:
        what = f"专班编码「{code}」有{len(code)}个字符，最多{LONGEST_CODE}个"
        index.findings.add(place, what, change)


def _check_members(group: Group, index: Index) -> None:
    for town, members in group.members.items():
        index.has_unit(group.at(f"members.{town}"), town, UnitKind.TOWN)
        note_repeats(
            index.findings,
            ((f"{each.person} {each.role}", each.at("person")) for each in members),
            f"{town}的{group.name}成员",
        )
        for member in members:
            index.has_person(member.at("person"), member.person)
            if member.home is not None:
                index.has_unit(member.at("home"), member.home)
            if member.since and member.until and member.until < member.since:
                index.findings.add(member.at("until"), "止日早于起日", "核对起止日期")


def _check_demo(person: Person, index: Index) -> None:
    if not person.demo and person.demo_order is None:
        return
    if index.is_real:
        index.findings.add(person.at("demo"), "只有演示县能有一键身份", "删去 demo 和 demo_order")
    elif person.demo != (person.demo_order is not None) and person.sound("demo", "demo_order"):
        index.findings.add(person.at("demo"), "demo 和 demo_order 只写了一个", "两个都写或都不写")
    elif not person.posts and person.sound("posts"):
        index.findings.add(person.at("demo"), "一键身份没有岗位", "给这个人写一个岗位")


def _check_posts(person: Person, index: Index) -> None:
    held: list[tuple[Post, Seat]] = []
    for post in person.posts:
        known = index.has_unit(post.at("unit"), post.unit)
        if post.group is not None:
            known = index.has_group(post.at("group"), post.group) and known
        taken = seat(post, index) if known else None
        if taken is None:
            continue
        for problem in problems(taken, [other for _, other in held]):
            index.findings.add(
                post.at("role"),
                f"{person.name}：{problem.where}{problem.what}",
                problem.next.removeprefix("请"),
            )
        held.append((post, taken))
    for place, what in _hands_of_one_report(held):
        index.findings.add(place, f"{person.name}：{what}", "改由另一个人担任其中一个岗位")


def _hands_of_one_report(held: list[tuple[Post, Seat]]) -> Iterator[tuple[Place, str]]:
    for (_, one), (post, other) in combinations(held, 2):
        roles = {one.role, other.role}
        for first, second, why in HANDS:
            same_group = one.group == other.group or not roles <= set(GROUP_ROLES)
            same_report = one.unit == other.unit and same_group and overlaps(one, other)
            if roles == {first, second} and same_report:
                yield post.at("role"), why
