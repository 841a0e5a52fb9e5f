"""Pages of rounds and results: who sees what when, the way to the cell, what proves a result."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.databases import guards_lifted
from zhenxing.assessment.choices import Purpose
from zhenxing.assessment.models import Edition, Round, RunRow
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.tests import rounds_make as make
from zhenxing.assessment.tests.rounds_make import page, status
from zhenxing.audit import queries as audit_queries
from zhenxing.engine import schemes
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.models import UnitProfile

pytestmark = pytest.mark.django_db


def test_before_the_first_mark_the_assessed_see_where_it_stands_and_no_score(
    gathering: Round, county: cast.County, client: Client
) -> None:
    make.run(county.assessor, gathering)
    assert "结果还没有" in page(client, county.leader, "round", gathering.pk)
    assert status(client, county.leader, "unit", gathering.pk, "T01") == 404
    assert "100.00" in page(client, county.assessor, "round", gathering.pk)


def test_after_the_first_mark_the_assessed_see_their_own_and_no_other(
    first: Round, county: cast.County, client: Client
) -> None:
    own = page(client, county.leader, "round", first.pk)
    assert "青溪镇" in own
    assert "石泉镇" not in own
    assert status(client, county.leader, "unit", first.pk, "T01") == 200
    assert status(client, county.leader, "unit", first.pk, "T02") == 404
    assert status(client, county.rival_leader, "unit", first.pk, "T01") == 404
    assert "石泉镇" not in page(client, county.leader, "unit", first.pk, "T01")


VILLAGES = """\
scheme: {id: villages, name: 村级考核办法, basis: 青发〔2023〕3号, year: 2023, events: [示范]}
sections:
- id: work
  name: 工作
  items:
  - {id: models, name: 试点示范, points: 10, rule: {events: {event: 示范, each: 2, cap: 4}}}
"""


def test_a_village_reads_what_its_town_publishes_about_villages_and_nothing_before(
    county: cast.County, client: Client
) -> None:
    scheme = {"code": "villages", "name": "村级考核", "subjects": "villages"}
    edition = make.edition(county.town, VILLAGES, **scheme)
    round_ = make.opened(county.supervisor, edition)
    reader = county.village_reporter
    assert "村级考核" in page(client, reader, "schemes")
    for _ in ("gathering", "replying"):
        assert "村级考核" not in page(client, reader, "rounds")
        assert status(client, reader, "round", round_.pk) == 404
        assert status(client, reader, "unit", round_.pk, county.village.code) == 404
        if round_.is_open:
            round_ = make.replied(county.supervisor, make.marked(county.supervisor, round_))
    make.published(county.town_office, make.checked(county.town_office, round_))
    assert county.village.name in page(client, reader, "round", round_.pk)
    assert status(client, reader, "unit", round_.pk, county.village.code) == 200
    assert status(client, county.stranger, "round", round_.pk) == 404


def test_a_village_sees_no_scheme_its_town_holds_its_groups_to(
    county: cast.County, client: Client
) -> None:
    make.figures(county)
    groups = make.edition(county.town, code="groups", name="专班考核", subjects="groups")
    assert "专班考核" not in page(client, county.village_reporter, "schemes")
    assert "专班考核" in page(client, county.reporter, "schemes")
    assert status(client, county.village_reporter, "scheme", groups.scheme.code) == 404


def test_a_result_says_that_its_rules_came_out_after_the_period_had_begun(
    public: Round, county: cast.County, client: Client
) -> None:
    assert "比考核期开始" not in page(client, county.leader, "round", public.pk)
    late = date(2023, 9, 11)
    Edition.objects.update(issued=late)
    told = "方案第1版2023年9月11日（周一）发布，比考核期开始的2023年9月1日（周五）晚10天"
    assert told in page(client, county.leader, "round", public.pk)
    assert told in page(client, county.leader, "unit", public.pk, "T01")
    scheme = page(client, county.leader, "edition", "town", 1)
    assert "比考核期开始的2023年1月1日（周日）晚253天" in scheme
    client.logout()
    assert told in page(client, None, "public_one", public.pk)


def test_an_item_that_gives_a_group_no_points_is_said_not_to_apply(
    county: cast.County, client: Client
) -> None:
    make.figures(county)
    UnitProfile.objects.create(unit=county.town, as_of=date(2023, 1, 1), town_class="山区镇")
    UnitProfile.objects.create(unit=county.rival, as_of=date(2023, 1, 1), town_class="山区镇")
    UnitProfile.objects.create(unit=county.plain, as_of=date(2023, 1, 1), town_class="川道镇")
    text = make.TEXT.replace("sections:\n", "groups: {by: class}\nsections:\n")
    for points in ("{山区镇: 0, 川道镇: 40}", "{川道镇: 40}"):
        edition = make.edition(
            county.county, text.replace("points: 40", f"points: {points}"), code=f"c{len(points)}"
        )
        round_ = make.opened(county.assessor, edition)
        make.run(county.assessor, round_)
        hill = page(client, county.assessor, "unit", round_.pk, "T01", query="?item=grain")
        assert "不适用：方案没有给山区镇分值" in hill
        assert "缺</td>" not in hill
        river = page(client, county.assessor, "unit", round_.pk, "T03", query="?item=grain")
        assert "不适用" not in river


def test_lost_points_are_written_with_as_many_digits_as_the_score(
    first: Round, county: cast.County, client: Client
) -> None:
    shown = page(client, county.assessor, "unit", first.pk, "T01")
    assert "−12.0000" in shown
    assert "−4.0000" in shown


def test_a_department_sees_the_items_it_leads_before_the_publication(
    first: Round, county: cast.County, client: Client
) -> None:
    table = page(client, county.department, "round", first.pk)
    assert "固定资产投资" in table
    assert "粮食产量" not in table
    assert "100.00" not in table
    unit = page(client, county.department, "unit", first.pk, "T01")
    assert "固定资产投资" in unit
    assert "粮食产量" not in unit
    assert "总分算式" not in unit


def test_once_it_is_published_everybody_reads_everything(
    public: Round, county: cast.County, client: Client
) -> None:
    for person in (county.leader, county.reporter, county.department, county.auditor):
        shown = page(client, person, "round", public.pk)
        assert "石泉镇" in shown
        assert "青溪镇" in shown
    assert status(client, county.leader, "unit", public.pk, "T02") == 200


def test_a_units_page_leads_to_the_very_cell(
    first: Round, county: cast.County, client: Client
) -> None:
    shown = page(client, county.leader, "unit", first.pk, "T01")
    address = "/towns/T01/indicators/fai/?period=2023-09&amp;as_of=2023-10-20"
    assert address in shown
    assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "按完成率计分" in shown
    assert "再往前，哪里最省力" in shown
    assert "重算的不同" not in shown


def test_a_move_is_told_by_its_causes(replying: Round, county: cast.County, client: Client) -> None:
    fai = Indicator.objects.get(code="fai")
    make_figures.figure(county.town, fai, make.PERIOD, "7500", business_date=date(2023, 10, 20),
                        recorded=cast.moment(hour=15).at)  # fmt: skip
    final = make.run(county.assessor, replying, Purpose.FINAL)
    shown = page(client, county.assessor, "unit", replying.pk, "T01",
                 query=f"?run={final.number}")  # fmt: skip
    assert "怎么从第3到第2" in shown
    assert "数据更正" in shown


def test_the_table_is_searched_sorted_narrowed_and_taken_away(
    public: Round, county: cast.County, client: Client
) -> None:
    found = page(client, county.assessor, "round", public.pk, query="?q=石泉")
    assert "共1条" in found or "河湾镇" not in found
    graded = page(client, county.assessor, "round", public.pk, query="?grade=优秀&sort=-total")
    assert "河湾镇" in graded
    assert ">青溪镇<" not in graded
    book = client.get(reverse("assessment:round_sheet", args=[public.pk]))
    assert book.content[:2] == b"PK"


def test_a_run_is_reckoned_anew_and_equal(
    public: Round, county: cast.County, client: Client
) -> None:
    shown = page(client, county.auditor, "recompute", public.pk)
    assert "全部相同" in shown
    assert shown.count("相同</span>") == 3
    assert status(client, county.leader, "recompute", public.pk) == 200


def test_a_score_changed_in_the_database_is_found_by_everyone(
    public: Round, county: cast.County, client: Client
) -> None:
    with guards_lifted(connection):
        RunRow.objects.filter(run=public.result, code="T01").update(total=Decimal(99), rank=1)
    assert not audit_queries.verify().holds
    assert "与存档不同" in page(client, county.auditor, "recompute", public.pk)
    client.logout()
    assert "不能作为依据" in page(client, None, "public_one", public.pk)


def test_a_result_changed_in_the_database_is_found_by_reckoning(
    public: Round, county: cast.County, client: Client
) -> None:
    run = public.result
    assert run is not None
    text = run.result.replace('"grade":"优秀"', '"grade":"合格"')
    with guards_lifted(connection):
        type(run).objects.filter(pk=run.pk).update(result=text)
    assert not audit_queries.verify().holds
    changed = type(run).objects.get(pk=run.pk)
    assert not reckoning.is_whole(changed)
    assert any("重算" in each for each in reckoning.recheck(changed).differences)
    assert "不可信" in page(client, county.assessor, "unit", public.pk, "T03")


def test_facts_that_cannot_be_read_are_told_and_break_nothing(public: Round) -> None:
    run = public.result
    assert run is not None
    with guards_lifted(connection):
        type(run).objects.filter(pk=run.pk).update(inputs="[]")
    differences = reckoning.recheck(type(run).objects.get(pk=run.pk)).differences
    assert any("重算不出来" in each for each in differences)


def test_a_parcel_scores_to_the_same_rows_outside(
    public: Round, county: cast.County, client: Client, tmp_path: Path
) -> None:
    cast.sign_in(client, county.auditor)
    address = reverse("assessment:parcel", args=[public.pk])
    packed = client.get(address).content
    assert client.get(address).content == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as parcel:
        parcel.extractall(tmp_path)  # written by the site itself
    scheme, _ = schemes.read_scheme(tmp_path / "方案.yaml")
    assert scheme is not None
    facts = schemes.read_facts(tmp_path / "facts")
    result = schemes.run(scheme, facts, schemes.Inputs(period=make.PERIOD)).result.as_json()
    assert public.result is not None
    assert result["rows"] == public.result.read()["rows"]
    assert status(client, county.leader, "parcel", public.pk) == 403
    assert status(client, county.supervisor, "parcel", public.pk) == 404


def test_the_public_page_shows_ranks_and_digests_and_no_item(public: Round, client: Client) -> None:
    assert "镇域经济考核" in page(client, None, "public")
    shown = page(client, None, "public_one", public.pk)
    assert public.result is not None
    assert public.result.result_digest in shown
    assert "禾考发〔2023〕11号" in shown
    assert "固定资产投资" not in shown


def test_nothing_is_public_before_the_publication(replying: Round, client: Client) -> None:
    assert client.get(reverse("assessment:public_one", args=[replying.pk])).status_code == 404
    assert "镇域经济考核" not in page(client, None, "public")
