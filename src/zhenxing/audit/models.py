"""The ledger, its head, receipts, and what a table must be to be held by it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Q

from zhenxing.audit import hashing, sentences
from zhenxing.audit.canonical import Json, plain, text
from zhenxing.audit.choices import TECHNICAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.web.scope import Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as plain values: the ledger knows no user table and outlives it."""

    username: str
    name: str
    role: str
    unit: str


class EntryQuerySet(models.QuerySet["Entry"]):
    """Sets of entries."""

    def visible_to(self, scope: Scope) -> Self:
        """Keep what the person may read: all, the technical acts, or their own."""
        if scope.has("X"):
            return self
        own = Q(actor=scope.username)
        if not scope.has("A"):
            return self.filter(own)
        technical = (Q(action__startswith=part) for part in TECHNICAL)
        return self.filter(reduce(or_, technical, own))


class Entry(models.Model):
    """One act. Never changed, never removed; each carries the hash of the one before."""

    sequence = models.BigIntegerField("序号", primary_key=True)
    action = models.CharField("动作", max_length=80)
    subject = models.CharField("对象", max_length=200)
    actor = models.CharField("登录名", max_length=60)
    actor_name = models.CharField("姓名", max_length=80)
    actor_role = models.CharField("角色", max_length=40)
    actor_unit = models.CharField("单位", max_length=80)
    at = models.DateTimeField("时刻")
    business_date = models.DateField("业务日期")
    details = models.TextField("内容")
    seals = models.TextField("封存")
    algorithm = models.CharField("算法", max_length=10)
    previous = models.CharField("前一条", max_length=64)
    hash = models.CharField("本条", max_length=64, unique=True)
    stamp = models.CharField("站章", max_length=64)

    objects = EntryQuerySet.as_manager()

    HASHED = (
        "sequence", "action", "subject", "actor", "actor_name", "actor_role", "actor_unit",
        "at", "business_date", "details", "seals", "algorithm", "previous",
    )  # fmt: skip

    class Meta:
        verbose_name = "账本条目"
        ordering: ClassVar = ["sequence"]
        indexes: ClassVar = [
            models.Index(fields=["action", "sequence"], name="entry_action"),
            models.Index(fields=["actor", "sequence"], name="entry_actor"),
            models.Index(fields=["business_date"], name="entry_business_date"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="entries_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"第{self.sequence}条 {self.action} {self.subject}"

    @property
    def sentence(self) -> str:
        """What was done, in Chinese."""
        return sentences.of(self.action)

    @property
    def sealed_rows(self) -> int:
        """How many rows the entry seals or vouches for."""
        return sum(seal["rows"] for seal in json.loads(self.seals).values())

    def content(self) -> dict[str, Json]:
        """Give what the hash covers; details and seals stay the texts that are stored."""
        return {name: plain(getattr(self, name)) for name in self.HASHED}

    def expected_hash(self) -> str:
        """Compute the hash anew from the stored values."""
        return hashing.digest(self.algorithm, text(self.content()))


class Head(models.Model):
    """The one row that says where the chain ends; whoever writes locks it first."""

    sequence = models.BigIntegerField("序号", default=0)
    hash = models.CharField("末条", max_length=64, default=hashing.GENESIS)

    class Meta:
        verbose_name = "账本末端"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class Receipt(models.Model):
    """What a reporter keeps: content and place in the chain, signed by the site."""

    number = models.CharField("编号", max_length=40, primary_key=True)
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="receipts", verbose_name="账本条目"
    )
    content = models.TextField("内容")
    signature = models.TextField("签名")
    key = models.CharField("公钥指纹", max_length=64)

    class Meta:
        verbose_name = "回执"
        ordering: ClassVar = ["entry", "number"]

    def __str__(self) -> str:
        return self.number


class Sealed(models.Model):
    """A table that only grows; each row belongs to the ledger entry that sealed it.

    `sealed_fields` names what the entry's digest covers: plain fields, `unit_id` for a key, or a
    path such as `unit__code` where the row must hold on to what the other table says. A changed
    value behind such a path then shows as a changed row.
    """

    sealed_by = models.BigIntegerField("账本序号", db_index=True, editable=False)

    sealed_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def canonical(self) -> dict[str, Json]:
        """Give the row's sealed values, safe for JSON, with its own key under `pk`."""
        values = {name: self._sealed_value(name) for name in self.sealed_fields}
        return {"pk": plain(self.pk), **values}

    def _sealed_value(self, path: str) -> Json:
        *links, name = path.split("__")
        row: models.Model | None = self
        for link in links:
            row = getattr(row, link) if row is not None else None
        if row is None:
            return None
        field = cast("models.Field[object, object]", row._meta.get_field(name))
        return plain(field.to_python(getattr(row, name)))


class Vouched(models.Model):
    """A table whose rows may change, by acts alone; each act's entry holds what it left.

    Every column counts but those in `not_vouched`, each with its reason there. `comes_by_acts` says
    that no row is stored outside an act, so that one which no entry knows is a fault.
    """

    not_vouched: ClassVar[Mapping[str, str]] = {}
    comes_by_acts: ClassVar[bool] = True

    class Meta:
        abstract = True

    @classmethod
    def vouched_columns(cls) -> list[str]:
        """Name the columns that count, a key by its number: what it points at is held itself."""
        names = {field.attname for field in cls._meta.concrete_fields}
        return sorted(names - set(cls.not_vouched))


def sealed_lines(
    rows: models.QuerySet[Any], columns: Mapping[int, tuple[str, ...]] | None = None
) -> Iterator[tuple[int, str]]:
    """Give each row's entry and canonical line, in the order of the set, without making objects.

    `columns` gives, by entry, what it sealed: what a table gained later is not in its digest.
    """
    own: tuple[str, ...] = rows.model.sealed_fields
    then = columns or {}
    paths = list(dict.fromkeys([*own, *chain.from_iterable(set(then.values()))]))
    for sealed_by, pk, *values in rows.values_list("sealed_by", "pk", *paths).iterator():
        row = dict(zip(paths, values, strict=True))
        sealed = then.get(sealed_by) or own
        yield sealed_by, text({"pk": pk, **{name: row[name] for name in sealed}})
