"""The site's one row, the dated tree of 单位, what a unit looked like, the 专班."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenxing.audit.models import Vouched
from zhenxing.organisation.choices import GroupRole, UnitKind
from zhenxing.organisation.models.spans import exists_on, held_on
from zhenxing.store.fields import ExactDecimalField

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


class Site(Vouched):
    """The one row that says which county this is, and whether it is a demo."""

    name = models.CharField("名称", max_length=80)
    county = models.ForeignKey("Unit", models.PROTECT, verbose_name="县", related_name="+")
    pack = models.CharField("来自", max_length=60, blank=True)
    is_demo = models.BooleanField("演示", default=False)
    business_date = models.DateField("业务日期", null=True, blank=True)
    note = models.CharField("标注", max_length=200, blank=True)
    due_rule = models.JSONField("截止规则", default=dict, blank=True)

    class Meta:
        verbose_name = "本站"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="site_is_one_row"),
            models.CheckConstraint(
                condition=Q(is_demo=True) | Q(business_date__isnull=True),
                name="only_a_demo_moves_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Sets of units."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the units whose own pages the person may open."""
        if scope.sees_county:
            return self
        return self.filter(code__in=scope.units)

    def of_kind(self, *kinds: UnitKind) -> Self:
        """Keep the units of these kinds."""
        return self.filter(kind__in=kinds)

    def towns(self) -> Self:
        """Keep the towns, in the county's order."""
        return self.of_kind(UnitKind.TOWN)

    def open_on(self, day: date) -> Self:
        """Keep the units that exist on the day."""
        return self.filter(exists_on(day))


class Unit(Vouched):
    """A county, department, town, village or office; the tree is three levels deep at most."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级",
    )
    code = models.CharField("编码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    short = models.CharField("简称", max_length=30, blank=True)
    pinyin = models.CharField("拼音", max_length=60, blank=True)
    kind = models.CharField("类型", max_length=12, choices=UnitKind)
    position = models.PositiveSmallIntegerField("次序", default=0)
    opened = models.DateField("设立", null=True, blank=True)
    closed = models.DateField("撤销", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def town_code(self) -> str | None:
        """The code of the town this unit is or lies in."""
        if self.kind == UnitKind.TOWN:
            return self.code
        if self.kind in {UnitKind.VILLAGE, UnitKind.OFFICE} and self.parent:
            return self.parent.code
        return None


class UnitProfile(Vouched):
    """What a unit looked like on a day: class, people, land."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="profiles", verbose_name="单位")
    as_of = models.DateField("截至")
    town_class = models.CharField("类别", max_length=20, blank=True)
    people = models.PositiveIntegerField("人口", null=True)
    households = models.PositiveIntegerField("户数", null=True)
    area_km2 = ExactDecimalField("面积（平方公里）", null=True)
    cultivated_mu = ExactDecimalField("耕地（亩）", null=True)
    paddy_mu = ExactDecimalField("水田（亩）", null=True)
    dryland_mu = ExactDecimalField("旱地（亩）", null=True)
    forest_mu = ExactDecimalField("林地（亩）", null=True)
    villages = models.PositiveSmallIntegerField("行政村", null=True)
    village_groups = models.PositiveSmallIntegerField("村民小组", null=True)
    terrain = models.CharField("地形", max_length=40, blank=True)
    distance_km = ExactDecimalField("距县城（公里）", null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "概况"
        ordering: ClassVar = ["unit", "as_of"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "as_of"], name="one_profile_a_unit_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.as_of}"


class PastResult(Vouched):
    """A unit's result in an assessment of an earlier year, as the paper gave it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="past_results", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("考核", max_length=60)
    score = ExactDecimalField("得分", null=True)
    rank = models.PositiveSmallIntegerField("位次", null=True)
    of = models.PositiveSmallIntegerField("参评数", null=True)
    grade = models.CharField("等次", max_length=10, blank=True)
    basis = models.CharField("依据", max_length=80, blank=True)

    class Meta:
        verbose_name = "往年结果"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year", "name"], name="one_result_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.name}"


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Sets of working groups."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep the groups of the towns the person may see."""
        return self if scope.sees_county else self.filter(unit__code__in=scope.towns)

    def open_on(self, day: date) -> Self:
        """Keep the groups that exist on the day."""
        return self.filter(exists_on(day))


class WorkingGroup(Vouched):
    """A 专班: purpose, dates, home department, members with a role."""

    code = models.CharField("编码", max_length=20, unique=True)
    key = models.CharField("类", max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups", verbose_name="单位")
    name = models.CharField("名称", max_length=60)
    purpose = models.CharField("职责", max_length=300, blank=True)
    home = models.CharField("办公室设在", max_length=60, blank=True)
    office = models.CharField("牵头站所", max_length=60, blank=True)
    opened = models.DateField("成立", null=True, blank=True)
    closed = models.DateField("撤销", null=True, blank=True)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "专班"
        ordering: ClassVar = ["unit__position", "code"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Sets of places in working groups."""

    def valid_on(self, day: date) -> Self:
        """Keep the places held on the day."""
        return self.filter(held_on(day))


class Membership(Vouched):
    """A person's place inside a working group."""

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="memberships", verbose_name="专班"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="人员"
    )
    role = models.CharField("职务", max_length=10, choices=GroupRole)
    home = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在单位"
    )
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "专班成员"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person", "role", "since"], name="one_place_a_person_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.role} {self.person}"
