"""The pack that a loaded site is: what `save` writes and a further import is held against."""

from __future__ import annotations

from datetime import date

from zhenxing.organisation.models import Site
from zhenxing.packs import nodes, queries
from zhenxing.packs.arrivals import DEMO_MARK
from zhenxing.packs.figures import calendars_of
from zhenxing.packs.folders import is_carried
from zhenxing.packs.pack import Pack
from zhenxing.packs.places import Findings
from zhenxing.packs.records import Nested, read_record
from zhenxing.packs.saving import answers, county, dictionary, figures
from zhenxing.packs.saving.schemes import schemes
from zhenxing.packs.sections.month import Demo
from zhenxing.packs.sections.schemes import FOLDER


def pack_of_site(today: date = date.max) -> Pack:
    """Read the whole site as a pack; raises Site.DoesNotExist before anything was loaded.

    today: the day that decides which figures are published, for a site without a date of its own.
    The acts of a demo are no state of the site: they come from the file it was loaded from.
    """
    site = Site.objects.select_related("county").get(pk=1)
    words = dictionary.dictionary()
    mark = DEMO_MARK if site.is_demo else ""
    tables = figures.tables(calendars_of(words), site.business_date or today, mark)
    carried = queries.loaded_files(is_carried)
    index, texts = schemes(carried)
    kept = {name: data for name, data in carried.items() if not name.startswith(FOLDER)}
    return Pack(
        header=county.header(site),
        units=county.units(),
        groups=county.groups(),
        village_form=county.village_form(),
        people=county.people(),
        dictionary=words,
        curves=dictionary.curves(),
        lamps=dictionary.lamps(),
        targets=tuple(dictionary.targets()),
        results=tuple(county.results()),
        figures=tuple(tables.wide),
        growths=tuple(tables.growths),
        totals=tuple(tables.totals),
        history=tuple(tables.history),
        calls=dictionary.calls(),
        calendar=county.calendar(site),
        demo=_demo(),
        labels=answers.labels(),
        responsibility=answers.responsibility(),
        grades=answers.grades(),
        schemes=index,
        bytes_of=kept | texts,
    )


def _demo() -> Demo:
    data = queries.loaded_file("demo.yaml")
    if data is None:
        return Nested(Demo).blank
    findings = Findings()
    root = nodes.parse(data.decode("utf-8-sig"), "demo.yaml", findings)
    return (read_record(Demo, root, findings) if root is not None else None) or Nested(Demo).blank
