"""What somebody who reaches the database can do to it; each gives the entry that must be named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection

from zhenxing.audit import keys
from zhenxing.audit.models import Entry, Head
from zhenxing.indicators.models import Figure
from zhenxing.organisation.models import Post, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

OTHER = {
    "action": "'site.noted.x'",
    "subject": "'别的'",
    "actor": "'somebody'",
    "actor_name": "'别人'",
    "actor_role": "'K'",
    "at": "'2020-01-01 00:00:00+00:00'",
    "business_date": "'2020-01-01'",
    "details": "'{}1'",
    "seals": "'{\"x\":1}'",
    "previous": "'0'",
    "stamp": "'0'",
}
ROW = {
    "value": "value + 1",
    "period": "'2022-12'",
    "business_date": "'2020-01-01'",
    "by_name": "'别人'",
    "standing": "'confirmed'",
    "reason": "'补'",
    "growth_given": "70000",
}
LAMPS = {"text": "text || ' '", "basis": "'别的'", "since": "'2020-01-01'"}
POST = {"until": "'2030-01-01'", "title": "'别的'", "unit_id": "(SELECT max(id) FROM unit)"}
STATES = [
    ("accounts.User", "is_active", "NOT is_active"),
    ("accounts.User", "username", "username || '2'"),
    ("documents.File", "name", "'别的'"),
    ("indicators.Charge", "position", "position + 1"),
    ("indicators.Indicator", "definition", "'别的'"),
    ("organisation.CalendarDay", "is_workday", "NOT is_workday"),
    ("organisation.Membership", "until", "'2020-01-01'"),
    ("organisation.Site", "business_date", "'2023-01-01'"),
    ("organisation.Unit", "name", "'别的'"),
    ("organisation.UnitProfile", "town_class", "'别的'"),
    ("organisation.WorkingGroup", "closed", "'2020-01-01'"),
    ("reporting.Submission", "latest", "latest + 1"),
    ("reporting.Submission", "status", "'draft'"),
]
DELETED = ["organisation.CalendarDay", "organisation.Membership", "indicators.Charge"]


@dataclass(frozen=True)
class Ledger:
    """What is known of the ledger before an attack: its length and the entries that seal rows."""

    last: int
    returns: list[int]


def run(*statements: str, **parts: object) -> None:
    """Run raw statements, the parts put into their braces."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(**parts))


def change_an_entry(ledger: Ledger, chance: Random) -> int:
    """Change one column of one entry."""
    at, column = chance.randint(1, ledger.last), chance.choice(list(OTHER))
    run(
        "UPDATE audit_entry SET {column} = {other} WHERE sequence = {at}",
        column=column, other=OTHER[column], at=at,
    )  # fmt: skip
    return at


def change_an_entry_and_its_hash(ledger: Ledger, chance: Random) -> int:
    """Change one entry and give it the hash that fits."""
    entry = Entry.objects.get(sequence=chance.randint(1, ledger.last))
    entry.subject += "改"
    entry.hash = entry.expected_hash()
    entry.save()
    return entry.sequence


def delete_an_entry(ledger: Ledger, chance: Random) -> int:
    """Delete one entry."""
    at = chance.randint(1, ledger.last)
    run("DELETE FROM audit_entry WHERE sequence = {at}", at=at)
    return at


def add_an_entry(ledger: Ledger, _: Random) -> int:
    """Add an entry at the end that fits the chain, and move the head."""
    entry = Entry.objects.get(sequence=ledger.last)
    entry.previous, entry.sequence = entry.hash, ledger.last + 1
    entry.details = entry.seals = "{}"
    entry.hash = entry.expected_hash()
    entry.save(force_insert=True)
    Head.objects.update(sequence=entry.sequence, hash=entry.hash)
    return entry.sequence


def insert_an_entry(ledger: Ledger, chance: Random) -> int:
    """Push an entry in between and renumber those after it."""
    at = chance.randint(1, ledger.last)
    run(
        "UPDATE audit_entry SET sequence = sequence + 100000 WHERE sequence >= {at}",
        "UPDATE audit_entry SET sequence = sequence - 99999 WHERE sequence > 100000",
        at=at,
    )
    entry = Entry.objects.get(sequence=at + 1)
    entry.sequence, entry.subject = at, "塞进来的"
    entry.hash = entry.expected_hash()
    entry.save(force_insert=True)
    Head.objects.update(sequence=ledger.last + 1)
    return at


def swap_two_entries(ledger: Ledger, chance: Random) -> int:
    """Let two entries change places."""
    first, second = sorted(chance.sample(range(1, ledger.last + 1), 2))
    run(
        "UPDATE audit_entry SET sequence = 100000 WHERE sequence = {first}",
        "UPDATE audit_entry SET sequence = {first} WHERE sequence = {second}",
        "UPDATE audit_entry SET sequence = {second} WHERE sequence = 100000",
        first=first,
        second=second,
    )
    return first


def cut_the_tail(ledger: Ledger, chance: Random) -> int:
    """Remove the last acts with all that belongs to them, and move the head back."""
    kept = chance.randint(1, ledger.last - 1)
    run(
        "DELETE FROM audit_receipt WHERE entry_id > {kept}",
        "DELETE FROM indicators_figure WHERE sealed_by > {kept}",
        "DELETE FROM reporting_version WHERE sealed_by > {kept}",
        "DELETE FROM audit_entry WHERE sequence > {kept}",
        "UPDATE audit_head SET sequence = {kept}",
        "UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE sequence = {kept})",
        kept=kept,
    )
    return kept + 1


def rewrite_the_chain(ledger: Ledger, chance: Random) -> int:
    """Change an entry and compute every hash after it anew; the site's stamp cannot be had."""
    return _rewrite(ledger, chance, stamped=False)


def rewrite_the_chain_with_the_key(ledger: Ledger, chance: Random) -> int:
    """Do the same with the site's own key in hand: only what is held outside still tells."""
    return _rewrite(ledger, chance, stamped=True)


def _rewrite(ledger: Ledger, chance: Random, *, stamped: bool) -> int:
    at = chance.randint(1, ledger.last)
    previous = None
    for entry in Entry.objects.filter(sequence__gte=at).order_by("sequence"):
        entry.subject += "改" if previous is None else ""
        entry.previous = previous or entry.previous
        entry.hash = previous = entry.expected_hash()
        if stamped:
            entry.stamp = keys.stamp(entry.algorithm, entry.hash)
        entry.save()
    Head.objects.update(hash=previous)
    return at


def change_a_row(ledger: Ledger, chance: Random) -> int:
    """Change one column of one figure."""
    at, column = chance.choice(ledger.returns), chance.choice(list(ROW))
    run(
        "UPDATE indicators_figure SET {column} = {other} WHERE id = {row}",
        column=column, other=ROW[column], row=_figure(at, chance),
    )  # fmt: skip
    return at


def delete_a_row(ledger: Ledger, chance: Random) -> int:
    """Delete one figure, or one version."""
    at = chance.choice(ledger.returns)
    table = chance.choice(["indicators_figure", "reporting_version"])
    run(
        "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table} WHERE sealed_by = {at})",
        table=table, at=at,
    )  # fmt: skip
    return at


def add_a_row(ledger: Ledger, chance: Random) -> int:
    """Add a figure under an entry that never sealed it."""
    at = chance.randint(1, ledger.last)
    row = Figure._base_manager.get(pk=_figure(chance.choice(ledger.returns), chance))
    row.pk, row.sealed_by = None, at
    Figure._base_manager.bulk_create([row])
    return at


def move_a_row(ledger: Ledger, chance: Random) -> int:
    """Hand a figure over to another entry."""
    first, second = chance.sample(ledger.returns, 2)
    run(
        "UPDATE indicators_figure SET sealed_by = {second} WHERE id = {row}",
        second=second, row=_figure(first, chance),
    )  # fmt: skip
    return min(first, second)


def swap_two_rows(ledger: Ledger, chance: Random) -> int:
    """Let the values of two figures of two entries change places."""
    first, second = chance.sample(ledger.returns, 2)
    run(
        "UPDATE indicators_figure SET id = 900000 WHERE id = {one}",
        "UPDATE indicators_figure SET id = {one}, sealed_by = {first} WHERE id = {other}",
        "UPDATE indicators_figure SET id = {other}, sealed_by = {second} WHERE id = 900000",
        one=_figure(first, chance), other=_figure(second, chance), first=first, second=second,
    )  # fmt: skip
    return min(first, second)


def swap_two_units(ledger: Ledger, _: Random) -> int:
    """Let two towns' figures change places."""
    run(
        "UPDATE indicators_figure SET unit_id = (SELECT t.id FROM organisation_unit t "
        "WHERE t.code IN ('T01', 'T02') AND t.id <> indicators_figure.unit_id)"
    )
    return ledger.returns[0]


def swap_two_codes(ledger: Ledger, _: Random) -> int:
    """Let two towns change their codes, and all figures with them."""
    run(
        "UPDATE organisation_unit SET code = 'T99' WHERE code = 'T01'",
        "UPDATE organisation_unit SET code = 'T01' WHERE code = 'T02'",
        "UPDATE organisation_unit SET code = 'T02' WHERE code = 'T99'",
    )
    return ledger.returns[0]


def swap_codes_without_figures(_: Ledger, __: Random) -> int:
    """Let a town and a department change their codes; no figure tells."""
    left = left_by("organisation.Unit", Unit.objects.get(code="T03").pk)
    run(
        "UPDATE organisation_unit SET code = 'T99' WHERE code = 'T03'",
        "UPDATE organisation_unit SET code = 'T03' WHERE code = 'D02'",
        "UPDATE organisation_unit SET code = 'D02' WHERE code = 'T99'",
    )
    return left


def change_a_lamp_rule(_: Ledger, chance: Random) -> int:
    """Let lamps light otherwise."""
    column = chance.choice(list(LAMPS))
    return _change("indicators.LampRules", column, LAMPS[column], chance)


def turn_an_indicator(_: Ledger, chance: Random) -> int:
    """Let less be better."""
    return _change("indicators.Indicator", "direction", "'lower'", chance)


def change_a_post(_: Ledger, chance: Random) -> int:
    """Let a person stay longer, or sit elsewhere."""
    column = chance.choice(list(POST))
    other = POST[column].replace("FROM unit", "FROM organisation_unit")
    return _change("organisation.Post", column, other, chance)


def move_a_closing_date(_: Ledger, chance: Random) -> int:
    """Let a late return have come in time."""
    column = chance.choice(["due", "closed_on"])
    return _change("reporting.Call", column, "'2030-12-31'", chance)


def change_another_table(_: Ledger, chance: Random) -> int:
    """Change one column of one row of a table that only acts change."""
    return _change(*chance.choice(STATES), chance)


def delete_from_a_table(_: Ledger, chance: Random) -> int:
    """Delete a row that an act left."""
    label = chance.choice(DELETED)
    table, key, row = _row(label, chance)
    run("DELETE FROM {table} WHERE {key} = '{row}'", table=table, key=key, row=row)
    return left_by(label, row)


def grant_a_post(_: Ledger, chance: Random) -> int:
    """Make somebody the county's assessor, by no act."""
    post = chance.choice(list(Post.objects.filter(group__isnull=True)))
    post.pk, post.role = None, "K"
    post.since = None
    Post.objects.bulk_create([post])
    return left_by("organisation.Post")


def left_by(label: str, key: object = None) -> int:
    """Give the latest entry that speaks of a row, or of its table at all."""
    for sequence, seals in Entry.objects.order_by("-sequence").values_list("sequence", "seals"):
        state = json.loads(seals).get(label, {}).get("state")
        if state is not None and (key is None or str(key) in state):
            return sequence
    raise LookupError(f"no entry speaks of {label} {key}")


def _change(label: str, column: str, other: str, chance: Random) -> int:
    table, key, row = _row(label, chance)
    run(
        "UPDATE {table} SET {column} = {other} WHERE {key} = '{row}'",
        table=table, column=column, other=other, key=key, row=row,
    )  # fmt: skip
    return left_by(label, row)


def _row(label: str, chance: Random) -> tuple[str, str, object]:
    model = apps.get_model(label)
    rows = sorted(model._base_manager.values_list("pk", flat=True))
    return model._meta.db_table, str(model._meta.pk.column), chance.choice(rows)


def change_a_receipt(ledger: Ledger, chance: Random) -> int:
    """Change, or take away, what a reporter was told."""
    at = chance.choice(ledger.returns)
    how = [
        "DELETE FROM audit_receipt WHERE entry_id = {at}",
        "UPDATE audit_receipt SET content = '{{}}' WHERE entry_id = {at}",
        "UPDATE audit_receipt SET signature = '00' WHERE entry_id = {at}",
    ]
    run(chance.choice(how), at=at)
    return at


def turn_the_head_back(ledger: Ledger, chance: Random) -> int:
    """Let the head row point to an earlier entry."""
    at = chance.randint(1, ledger.last - 1)
    run("UPDATE audit_head SET sequence = {at}", at=at)
    return at + 1


def _figure(entry: int, chance: Random) -> int:
    rows = Figure._base_manager.filter(sealed_by=entry).values_list("pk", flat=True)
    return chance.choice(sorted(rows))


ATTACKS: dict[str, list[Callable[[Ledger, Random], int]]] = {
    "改": [change_an_entry, change_an_entry_and_its_hash, change_a_row, change_a_receipt],
    "删": [delete_an_entry, delete_a_row],
    "插": [add_an_entry, insert_an_entry, add_a_row],
    "调换次序": [swap_two_entries, swap_two_rows, move_a_row],
    "截尾": [cut_the_tail, turn_the_head_back],
    "互换两镇": [swap_two_units, swap_two_codes, swap_codes_without_figures],
    "改规则": [change_a_lamp_rule, turn_an_indicator],
    "改岗位": [change_a_post, grant_a_post],
    "改期限": [move_a_closing_date],
    "改别的表": [change_another_table, delete_from_a_table],
    "整链重写": [rewrite_the_chain, rewrite_the_chain_with_the_key],
}
