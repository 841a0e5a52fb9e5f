"""A village hands in its short form; the town sees the sum beside its own number, no more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.indicators.models import Charge, Figure, Indicator
from zhenxing.indicators.queries import class_of
from zhenxing.indicators.queries import month as month_of
from zhenxing.kernel.periods import Period
from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.organisation.models import WorkingGroup
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import access, queries, services
from zhenxing.reporting.form import checks
from zhenxing.reporting.form.answers import Content
from zhenxing.reporting.form.questions import Villages
from zhenxing.reporting.models import CorrectionSlip, Submission, Version
from zhenxing.reporting.tests import make, make_slips

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.organisation.models import Unit

pytestmark = pytest.mark.django_db
GROUP = f"T01-V01-{VILLAGE_FORM}"
OCTOBER = Period.parse("2023-10")


def short_form(month: make.Month, of: Unit) -> WorkingGroup:
    """Give a village its short form: two indicators, and its place in both calls."""
    group = make_posts.group(of, VILLAGE_FORM, "村级填报")
    for place, code in enumerate(("works", "reserve", "cases"), 1):
        indicator = Indicator.objects.get(code=code)
        Charge.objects.create(group=group, indicator=indicator, position=place)
    for call in (month.september, month.october):
        services.ensure_submissions(call)
    return group


@pytest.fixture
def village(month: make.Month) -> WorkingGroup:
    """Give the village's short form."""
    return short_form(month, month.county.village)


@pytest.fixture
def second(month: make.Month, village: WorkingGroup) -> User:
    """Give the reporter of a second village, which has the form too."""
    other = make_posts.village(month.county.town, "T01-V02", "上坪村")
    short_form(month, other)
    person = make_accounts.person("t01-v02", "宁远", password=cast.PASSWORD)
    make_posts.post(person, Role.VILLAGE_REPORTER, other)
    return person


def handed_in(month: make.Month, by: User, group: str = GROUP, works: object = 120) -> Version:
    """Hand the village's form in."""
    submission = month.submission(group)
    form = make.filled(make.blank(submission), {"F4": works, "F5": 2, "F6": 1}, {"problems": "无"})
    upload = services.upload(
        form, name="短表.xlsx", submission=submission, scope=cast.scope(by), moment=cast.moment()
    )
    assert not isinstance(upload, services.FormRead), upload.problems
    done = services.submit(
        token=upload.token,
        scope=cast.scope(by),
        moment=cast.moment(),
        base_version=upload.base_version,
    )
    assert isinstance(done, services.Handed), done
    return done.version


def of(person: User) -> Client:
    """Give a browser in which a person has signed in."""
    client = Client()
    cast.sign_in(client, person)
    return client


def test_the_villages_own_reporter_hands_in_and_nobody_else(
    month: make.Month, village: WorkingGroup, second: User
) -> None:
    county = month.county
    assert access.may_submit(cast.scope(county.village_reporter), GROUP)
    others = [person for person in county.people.values() if person != county.village_reporter]
    for person in [*others, second]:
        assert not access.may_submit(cast.scope(person), GROUP)
    assert not access.may_submit(cast.scope(county.village_reporter), "T01-G3")


def test_a_village_hands_in_by_excel_as_it_is(month: make.Month, village: WorkingGroup) -> None:
    version = handed_in(month, month.county.village_reporter)
    assert version.receipt == "T01-V01-202310-GV-0001"
    lines = Figure.objects.filter(document=version.receipt)
    assert {line.unit.code for line in lines} == {"T01-V01"}
    assert lines.get(indicator__code="works").value == Decimal(120)


def test_a_villages_figure_never_counts_for_the_town(
    month: make.Month, village: WorkingGroup
) -> None:
    handed_in(month, month.county.village_reporter)
    told = month_of(
        OCTOBER, make.DAY_AFTER, peers=class_of("T01", cast.TODAY), units=["T01"], codes=["works"]
    )
    assert not isinstance(told.row("T01", "works").value, Decimal)


def test_the_town_sees_the_villages_sum_beside_its_own_number(
    month: make.Month, village: WorkingGroup, second: User
) -> None:
    handed_in(month, month.county.village_reporter)
    form = queries.form_of(month.submission(), cast.TODAY)
    beside = {each.code: each.villages for each in form.questions}
    assert beside["works"] == Villages(Decimal(120), 1, 2)
    assert beside["paid_in"] is None
    assert beside["cases"] is None
    handed_in(month, second, f"T01-V02-{VILLAGE_FORM}", works=80)
    form = queries.form_of(month.submission(), cast.TODAY)
    assert form.questions[0].villages == Villages(Decimal(200), 2, 2)
    shown = of(month.county.reporter).get("/returns/2023-10/T01-G3/fill/").content.decode()
    assert "村级合计 200，2个村已报2" in shown
    rival = queries.form_of(month.submission("T02-G3"), cast.TODAY)
    assert {each.villages for each in rival.questions} == {None}


@pytest.mark.parametrize(
    ("told", "value", "fits"),
    [
        (Villages(Decimal(200), 2, 2), "200", True),
        (Villages(Decimal(200), 2, 2), "210", False),
        (Villages(Decimal(200), 1, 2), "210", True),
        (Villages(Decimal(200), 1, 2), "190", False),
        (Villages(Decimal(0), 0, 2), "190", True),
        (None, "190", True),
    ],
)
def test_a_whole_that_its_parts_do_not_make_is_remarked_on(
    month: make.Month, told: Villages | None, value: str, *, fits: bool
) -> None:
    form = queries.form_of(month.submission(), cast.TODAY)
    asked = replace(form.questions[0], villages=told, last=None, last_year=None)
    answer = asked.answered(Decimal(value))
    remarks = checks.remarks(
        replace(form, questions=(asked,)), Content({asked.code: answer}, make.PARTS)
    )
    assert any("村级合计" in remark.what for remark in remarks) is not fits
    assert all(not remark.is_error for remark in remarks)


def test_the_short_form_asks_for_one_part_of_text(month: make.Month, village: WorkingGroup) -> None:
    form = queries.form_of(month.submission(GROUP), cast.TODAY)
    assert form.asked_parts == ("problems",)
    assert len(form.questions) == 3
    client = of(month.county.village_reporter)
    shown = client.get(f"/returns/2023-10/{GROUP}/fill/").content.decode()
    assert "存在问题" in shown
    assert "下步措施" not in shown
    assert "镇里审核" in shown
    assert "/towns/T01-V01/indicators/" not in shown
    remarks = checks.remarks(form, Content({}, {}))
    assert [remark.where for remark in remarks] == ["四段文字!B4"]


def test_the_village_reporter_lands_on_their_own_list(
    month: make.Month, village: WorkingGroup, second: User
) -> None:
    client = of(month.county.village_reporter)
    home = client.get("/")
    assert home["Location"] == "/returns/"
    shown = client.get("/returns/").content.decode()
    assert GROUP in shown
    assert "T01-V02" not in shown
    assert "T01-G3" not in shown
    one = client.get(f"/returns/2023-10/{GROUP}/").content.decode()
    assert "村级填报" in one
    for closed in ("/towns/T01/", "/towns/T01/indicators/"):
        assert client.get(closed).status_code in {403, 404}
    for foreign in (f"/returns/2023-10/T01-V02-{VILLAGE_FORM}/", "/returns/2023-10/T01-G3/"):
        assert client.get(foreign).status_code == 404


def test_the_towns_seven_stay_seven(month: make.Month, village: WorkingGroup) -> None:
    scope = cast.scope(month.county.leader)
    dues = queries.dues(month.october, scope)
    assert len(dues) == 7
    assert [due.group.code for due in queries.dues(month.october, scope, villages=True)] == [GROUP]
    shown = of(month.county.leader).get("/returns/?period=2023-10").content.decode()
    assert "全部 7<" in shown
    assert "各村短表" in shown
    villages = of(month.county.reporter).get("/returns/?period=2023-10&villages=1")
    assert GROUP in villages.content.decode()
    assert "未交 1<" in villages.content.decode()


def test_a_villages_missing_form_is_counted_apart_when_the_month_is_closed(
    month: make.Month, village: WorkingGroup
) -> None:
    report = services.closing_report(month.october)
    assert GROUP not in str(report["missing"])
    assert report["villages_missing"] == 1


def test_the_town_reporter_of_an_answering_group_reviews_the_villages_form(
    month: make.Month, village: WorkingGroup
) -> None:
    county = month.county
    submission = Submission.objects.select_related("group__unit__parent").get(
        group=village, call=month.october
    )
    assert access.reviews_village(cast.scope(county.reporter), submission)
    for person in (
        county.farm_reporter, county.stranger, county.village_reporter, county.leader,
        county.group_leader, county.town_office, county.administrator,
    ):  # fmt: skip
        assert not access.reviews_village(cast.scope(person), submission)
    own = month.submission("T01-G3")
    assert not access.reviews_village(cast.scope(county.reporter), own)


def test_a_village_corrects_its_closed_month_by_a_slip_of_its_own(
    month: make.Month, village: WorkingGroup
) -> None:
    address = f"/corrections/new/{GROUP}/works/2023-09/"
    client = of(month.county.village_reporter)
    assert client.get(address).status_code == 200
    answer = client.post(
        f"{address}propose/",
        {
            "new": "130",
            "reason": "漏报一户。",
            "papers": [SimpleUploadedFile("凭证.pdf", make_slips.PDF)],
        },
    )
    assert answer.status_code == 302
    slip = make_slips.advanced(month, CorrectionSlip.objects.get(), "sign", "verify", "approve")
    assert slip.number == "更正-T01-V01-202309-0001"
    assert slip.steps.order_by("pk")[0].role == "V"
    assert Figure.objects.get(document=slip.number).unit.code == "T01-V01"
    shown = client.get(answer["Location"]).content.decode()
    assert "已更正" in shown
    assert of(month.county.stranger).get(answer["Location"]).status_code == 404
