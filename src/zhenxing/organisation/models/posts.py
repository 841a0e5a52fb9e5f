"""Who holds which post, and who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenxing.accounts.choices import Role
from zhenxing.audit.models import Vouched
from zhenxing.organisation.choices import GROUP_ROLES
from zhenxing.organisation.models.proposals import Proposed
from zhenxing.organisation.models.spans import held_on
from zhenxing.organisation.models.units import Unit, WorkingGroup

if TYPE_CHECKING:
    from datetime import date


class PostQuerySet(models.QuerySet["Post"]):
    """Sets of posts."""

    def valid_on(self, day: date) -> Self:
        """Keep the posts held on the day, at units and in groups that exist on it."""
        return self.filter(
            held_on(day),
            Q(unit__closed__isnull=True) | Q(unit__closed__gt=day),
            Q(group__closed__isnull=True) | Q(group__closed__gt=day),
        )


class Post(Vouched):
    """What a person may do, and where: one role letter at one unit, for one group where it has one.

    `until` is the last day of the post.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="人员"
    )
    role = models.CharField("角色", max_length=1, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="专班",
    )
    title = models.CharField("岗位", max_length=60, blank=True)
    document = models.CharField("文号", max_length=60, blank=True)
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        ordering: ClassVar = ["person", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "unit", "since"],
                condition=Q(group__isnull=True),
                name="one_post_a_person_role_and_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit", "group", "since"],
                condition=Q(group__isnull=False),
                name="one_post_a_person_role_and_group",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(role__in=GROUP_ROLES),
                name="only_a_group_role_has_a_group",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.REPORTER) | Q(group__isnull=False),
                name="a_reporter_has_a_group",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=models.F("since")),
                name="a_post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.unit}"


class PostRequest(Proposed):
    """A post that one person asked for another, and that a second person has to approve."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="post_requests",
        verbose_name="人员",
    )
    role = models.CharField("角色", max_length=1, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专班"
    )
    title = models.CharField("岗位", max_length=60, blank=True)
    document = models.CharField("文号", max_length=60, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    post = models.OneToOneField(
        Post, models.PROTECT, null=True, blank=True, related_name="request", verbose_name="岗位"
    )

    class Meta(Proposed.Meta):
        verbose_name = "岗位申请"

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.unit}"
