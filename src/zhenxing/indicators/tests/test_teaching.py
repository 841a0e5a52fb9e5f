"""The dictionary learns indicators and names from people, never by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators import access, queries, services
from zhenxing.indicators.models import Indicator, Synonym
from zhenxing.indicators.queries import teaching
from zhenxing.indicators.services import NewIndicator
from zhenxing.indicators.tests import make
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User


@pytest.fixture
def fai(county: cast.County) -> Indicator:
    return make.indicator("fai", "固定资产投资", county.statistics)


def described(field: str, **more: object) -> NewIndicator:
    said = NewIndicator(
        code="road_repaired", name="道路硬化", field=field, measure="公里", lead="D01",
        definition="当年新硬化的村组道路，按验收单计；养护不算。",
    )  # fmt: skip
    return replace(said, **more)  # type: ignore[arg-type]


def created(by: User, said: NewIndicator) -> Indicator:
    return services.create_indicator(said=said, scope=cast.scope(by), moment=cast.moment())


def named(by: User, indicator: Indicator, name: str) -> Synonym:
    return services.add_synonym(
        indicator=indicator, name=name, basis="年度计划第3条", scope=cast.scope(by),
        moment=cast.moment(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "own", "others", "anything"),
    [
        ({("K", "H00")}, True, True, True),
        ({("D", "D01")}, True, False, True),
        ({("F", "T01")}, False, False, False),
        ({("K", "H00"), ("X", "H00")}, False, False, False),
        ({("D", "D01"), ("L", "T01")}, False, False, False),
        ({("D", "D01"), ("A", "H00")}, False, False, False),
        (set(), False, False, False),
    ],
)
def test_the_office_and_the_lead_department_teach(
    posts: set[tuple[str, str]],
    own: bool,  # noqa: FBT001  # a row of the table
    others: bool,  # noqa: FBT001  # a row of the table
    anything: bool,  # noqa: FBT001  # a row of the table
) -> None:
    assert access.teaches(posts, "D01") is own
    assert access.teaches(posts, "D02") is others
    assert access.teaches_anything(posts) is anything


@pytest.mark.both_engines
def test_a_new_indicator_is_in_the_dictionary_and_expects_nothing_yet(
    county: cast.County, fai: Indicator
) -> None:
    row = created(county.assessor, described(fai.field.code))
    assert (row.position, row.lead.code) == (fai.position + 1, "D01")
    [known] = queries.definitions(["road_repaired"])
    assert known.release.published_on(known.release.periods(2023)[-1]).year == 2024
    assert not row.targets.exists()
    assert not row.charges.exists()
    assert audit_queries.verify().holds


def test_all_that_is_wrong_with_a_new_indicator_is_told_at_once(
    county: cast.County, fai: Indicator
) -> None:
    said = described(
        "", code="Road!", name="固定资产投资", measure="公李", definition=" ", kind="stock",
        reading="current", nature="统计调查", decimals=None, frequency="sometimes",
        direction="sideways",
    )  # fmt: skip
    with pytest.raises(ActRefusedError) as refusal:
        created(county.assessor, said)
    told = " ".join(each.sentence for each in refusal.value.problems)
    for word in (
        "编码",
        "口径",
        "公李",
        "小数位",
        "当期数",
        "统计局",
        "频率",
        "方向",
        "领域",
        "fai",
    ):
        assert word in told
    assert Indicator.objects.count() == 1


def test_what_stands_in_the_dictionary_is_not_made_twice(
    county: cast.County, fai: Indicator
) -> None:
    named(county.assessor, fai, "固投")
    for said in (described(fai.field.code, code="fai"), described(fai.field.code, name="固投")):
        with pytest.raises(ActRefusedError, match=r"已有指标在用|已经是“固定资产投资”"):
            created(county.assessor, said)


def test_a_name_that_is_too_long_is_refused(county: cast.County, fai: Indicator) -> None:
    with pytest.raises(ActRefusedError, match="超过60字"):
        created(county.assessor, described(fai.field.code, name="路" * 61))
    for name in ("", "路" * 61):
        with pytest.raises(ActRefusedError, match="别名"):
            named(county.assessor, fai, name)


def test_a_department_makes_its_own_indicators_alone(county: cast.County, fai: Indicator) -> None:
    with pytest.raises(ActRefusedError, match="不能为这个部门"):
        created(county.department, described(fai.field.code, lead="D02"))
    assert created(county.department, described(fai.field.code)).lead.code == "D01"
    leads = teaching.leads_for(cast.scope(county.department), cast.TODAY)
    assert [unit.code for unit in leads] == ["D01"]
    assert teaching.leads_for(cast.scope(county.reporter), cast.TODAY) == []


def test_an_indicator_is_led_by_a_department(county: cast.County, fai: Indicator) -> None:
    with pytest.raises(ActRefusedError, match="不是部门"):
        created(county.assessor, described(fai.field.code, lead="T01"))


@pytest.mark.both_engines
def test_a_name_once_taught_is_known_to_the_reader_until_it_is_taken_back(
    county: cast.County, fai: Indicator
) -> None:
    row = named(county.assessor, fai, "  固投 完成额 ")
    assert row.name == "固投 完成额"
    assert queries.synonyms() == {"fai": ["固投 完成额"]}
    assert queries.reader_entries()[0]["synonyms"] == ["固投 完成额"]
    services.remove_synonym(synonym=row, scope=cast.scope(county.assessor), moment=cast.moment())
    assert queries.synonyms() == {}
    with pytest.raises(ActRefusedError, match="已经去掉"):
        services.remove_synonym(
            synonym=row, scope=cast.scope(county.assessor), moment=cast.moment()
        )
    assert audit_queries.verify().holds


def test_a_name_belongs_to_one_indicator(county: cast.County, fai: Indicator) -> None:
    gdp = make.indicator("gdp", "地区生产总值", county.statistics)
    named(county.assessor, fai, "固投")
    for name, words in (("固投", "不用再记"), ("固定资产投资", "不用再记")):
        with pytest.raises(ActRefusedError, match=words):
            named(county.assessor, fai, name)
    for name in ("固投", "固定资产投资"):
        with pytest.raises(ActRefusedError, match="核对是不是同一个指标"):
            named(county.assessor, gdp, name)


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "administrator"])
def test_nobody_else_teaches_names(county: cast.County, fai: Indicator, who: str) -> None:
    with pytest.raises(ActRefusedError, match="不由您记"):
        named(getattr(county, who), fai, "固投")


def test_the_page_of_names_walks_from_a_name_to_its_removal(
    county: cast.County, fai: Indicator, client: Client
) -> None:
    page = "/indicators/fai/names/"
    cast.sign_in(client, county.department)
    assert "还没有别名" in client.get(page).content.decode()
    assert client.post(f"{page}add/", {"name": "固投", "basis": "计划"}).status_code == 302
    refused = client.post(f"{page}add/", {"name": "固投", "basis": "某文件"})
    assert refused.status_code == 422
    assert "某文件" in refused.content.decode()
    row = Synonym.objects.get()
    assert f"{page}{row.pk}/remove/" in client.get(page).content.decode()
    assert "固投" in client.get("/towns/T01/indicators/fai/").content.decode()
    assert client.post(f"{page}{row.pk}/remove/").status_code == 302
    assert client.post(f"{page}{row.pk}/remove/").status_code == 404
    assert not Synonym.objects.exists()


def test_a_department_opens_no_names_of_others(
    county: cast.County, fai: Indicator, client: Client
) -> None:
    make.indicator("grain", "粮食总产量", county.farming)
    cast.sign_in(client, county.department)
    assert client.get("/indicators/grain/names/").status_code == 404
    cast.sign_in(client, county.auditor)
    shown = client.get("/indicators/grain/names/").content.decode()
    assert 'name="basis"' not in shown
