"""Steps of a round from its pages, and what its result leads to."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment import demo
from zhenxing.assessment.choices import JobState, Purpose, RoundState
from zhenxing.assessment.models import Claim, Job, Round, Schedule
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries import shaken
from zhenxing.assessment.services import running
from zhenxing.assessment.tests import rounds_make as make
from zhenxing.assessment.tests.conftest import PUBLISHED
from zhenxing.assessment.tests.rounds_make import page, status
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures

pytestmark = pytest.mark.django_db


def test_a_round_is_begun_run_and_marked_from_its_pages(
    county: cast.County, client: Client
) -> None:
    make.figures(county)
    make.edition(county.county)
    cast.sign_in(client, county.assessor)
    said = {"scheme": "town", "period": "2023-09", "as_of": "2023-10-20", "until": "2023-10-25"}
    wrong = client.post(reverse("assessment:round_open"), said | {"period": "九月"})
    assert wrong.status_code == 422
    assert 'value="九月"' in wrong.content.decode()
    assert client.post(reverse("assessment:round_open"), said).status_code == 302
    round_ = Round.objects.get()
    asked = client.post(reverse("assessment:round_run", args=[round_.pk]),
                        {"purpose": "first", "as_of": "2023-10-20"})  # fmt: skip
    job = Job.objects.get()
    assert asked.headers["Location"] == reverse("assessment:job", args=[job.pk])
    waiting = client.get(asked.headers["Location"])
    assert waiting.headers["Refresh"] == "2"
    running.run_job(job, moment=cast.moment())
    done = client.get(asked.headers["Location"])
    assert "Refresh" not in done.headers
    assert "看第1次测算的结果" in done.content.decode()
    stale = client.post(reverse("assessment:round_mark", args=[round_.pk]), {"number": "7"})
    assert stale.status_code == 422
    client.post(reverse("assessment:round_mark", args=[round_.pk]), {"number": "1"})
    client.post(reverse("assessment:round_reply", args=[round_.pk]), {"until": "2023-10-25"})
    round_.refresh_from_db()
    assert (round_.state, round_.reply_until) == (RoundState.REPLY, date(2023, 10, 25))


def test_it_is_checked_and_published_with_the_password_from_its_pages(
    replying: Round, county: cast.County, second: User, client: Client
) -> None:
    county.site.business_date = date(2023, 10, 23)
    county.site.save()
    cast.sign_in(client, second)
    assert "抽样种子" in page(client, second, "round", replying.pk)
    run = asking.newest_run(replying)
    assert run is not None
    check = reverse("assessment:round_check", args=[replying.pk])
    refused = client.post(check, {"note": "看过"})
    assert refused.status_code == 422
    assert "还有5项没有看过" in refused.content.decode()
    ticked = sorted(asking.draw(replying, run).keys)
    assert client.post(check, {"seen": ticked}).status_code == 302
    publish = reverse("assessment:round_publish", args=[replying.pk])
    wrong = client.post(publish, {"document": "禾考发〔2023〕11号", "password": "不对"})
    assert wrong.status_code == 422
    told = wrong.content.decode()
    assert 'id="publish_password_error"' in told
    assert 'id="revoke_password_error"' not in told
    assert 'value="禾考发〔2023〕11号"' in told
    assert "再输一次，以示本人签名" in told
    second.set_password(cast.PASSWORD)
    second.save()
    cast.sign_in(client, second)
    done = client.post(publish, {"document": "禾考发〔2023〕11号", "password": cast.PASSWORD})
    assert done.status_code == 302
    replying.refresh_from_db()
    assert replying.state == RoundState.PUBLISHED


def test_a_correction_after_the_publication_is_told_to_the_office(
    public: Round, county: cast.County, client: Client
) -> None:
    day = date(2023, 10, 25)
    assert shaken.shaken(public, PUBLISHED) is None
    fai = Indicator.objects.get(code="fai")
    make_figures.figure(county.town, fai, make.PERIOD, "5000", business_date=day)
    assert [each.pk for each in shaken.may_be_shaken(day)] == [public.pk]
    found = shaken.shaken(public, day)
    assert found is not None
    assert [(each.name, each.before, each.after) for each in found.changes] == [
        ("青溪镇", "6000", "5000")
    ]
    assert found.codes == {"T01"}
    county.site.business_date = day
    county.site.save()
    assert "依据变了1处" in page(client, county.assessor, "round", public.pk)
    assert "1个单位的结果会不同" in page(client, county.assessor, "rounds")
    assert "依据变了" not in page(client, county.leader, "round", public.pk)


@pytest.mark.parametrize(("happened", "shakes"), [(date(2023, 9, 30), 1), (date(2023, 10, 1), 0)])
def test_a_claim_shakes_a_published_result_only_with_what_lies_in_its_period(
    public: Round, county: cast.County, happened: date, shakes: int
) -> None:
    Claim.objects.create(
        number="S1", unit=county.town, code="T01", kind="bonus", event="试点示范", day=happened,
        words="试点", state="approved", proposed_by="a", proposed_name="甲",
        proposed_on=date(2023, 10, 24), decided_by="b", decided_on=date(2023, 10, 25),
    )  # fmt: skip
    found = shaken.shaken(public, date(2023, 10, 25))
    assert (len(found.changes) if found else 0) == shakes


def test_marks_stay_blind_until_all_are_in(county: cast.County) -> None:
    make.figures(county)
    text = make.TEXT.replace("bonus:\n", make.JUDGED)
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    make.panel(round_, "satisfaction", {county.leader: {"T01": "90"}}, handed=False)
    blind = make.run(county.assessor, round_, Purpose.TRIAL)
    assert [each.what for each in asking.lacks(round_)] == ["“群众满意度”还没有评完"]
    assert blind.rows.get(code="T01").total is None


def test_marks_that_are_all_in_count(county: cast.County) -> None:
    make.figures(county)
    text = make.TEXT.replace("bonus:\n", make.JUDGED)
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    given = dict.fromkeys(("T01", "T02", "T03"), "90")
    make.panel(
        round_, "satisfaction", {county.leader: given, county.department: given}, handed=True
    )
    run = make.run(county.assessor, round_, Purpose.TRIAL)
    items = {row["unit"]: row["items"] for row in run.read()["rows"]}
    assert items["T01"]["satisfaction"]["score"] == "9.0000"
    assert Job.objects.get(run=run).state == JobState.DONE


def test_a_score_leads_to_its_claim_and_to_its_panel(county: cast.County, client: Client) -> None:
    make.figures(county)
    text = make.TEXT.replace("bonus:\n", make.JUDGED)
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    given = dict.fromkeys(("T01", "T02", "T03"), "90")
    make.panel(round_, "satisfaction", {county.leader: given}, handed=True)
    claim = Claim.objects.create(
        number="S1", unit=county.town, code="T01", kind="bonus", event="试点示范",
        day=date(2023, 8, 1), words="试点", state="approved", proposed_by="a",
        proposed_name="甲", proposed_on=date(2023, 8, 2), decided_by="b",
        decided_on=date(2023, 10, 1),
    )  # fmt: skip
    make.run(county.assessor, round_)
    shown = page(client, county.assessor, "unit", round_.pk, "T01", query="?item=models")
    assert reverse("assessment:claim", args=[claim.pk]) in shown
    shown = page(client, county.assessor, "unit", round_.pk, "T01", query="?item=satisfaction")
    assert reverse("assessment:panel", args=[round_.pk, "satisfaction"]) in shown


def test_a_revoked_round_is_shown_as_such_and_its_scores_to_the_office_alone(
    public: Round, county: cast.County, client: Client
) -> None:
    second = User.objects.get(username="assessment-1")
    second.set_password(cast.PASSWORD)
    second.save()
    cast.sign_in(client, second)
    address = reverse("assessment:round_revoke", args=[public.pk])
    wrong = client.post(address, {"reason": "数据不实", "password": "不对"})
    assert wrong.status_code == 422
    assert 'id="revoke_password_error"' in wrong.content.decode()
    assert 'value="数据不实"' in wrong.content.decode()
    right = client.post(address, {"reason": "数据不实", "password": cast.PASSWORD})
    assert right.status_code == 302
    assert "已撤销：数据不实" in page(client, county.leader, "round", public.pk)
    assert status(client, county.leader, "unit", public.pk, "T01") == 404
    assert status(client, county.assessor, "unit", public.pk, "T01") == 200
    client.logout()
    assert client.get(reverse("assessment:public_one", args=[public.pk])).status_code == 404


def test_a_schemes_rhythm_gives_the_last_day_of_the_replies(
    first: Round, county: cast.County, client: Client
) -> None:
    field = 'name="until" value="{}"'
    assert field.format("") in page(client, county.assessor, "round", first.pk)
    Schedule.objects.create(
        scheme=first.scheme, every="year", days_after=10, reply_days=7, since=date(2023, 1, 1)
    )
    assert field.format("2023-10-27") in page(client, county.assessor, "round", first.pk)
    Schedule.objects.update(active=False)
    assert field.format("") in page(client, county.assessor, "round", first.pk)


def test_a_round_is_led_back_from_its_page_with_a_reason(
    replying: Round, county: cast.County, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    address = reverse("assessment:round_reopen", args=[replying.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "评分有误"}).status_code == 302
    replying.refresh_from_db()
    assert (replying.state, replying.reason) == (RoundState.MARKED, "评分有误")
    bad = client.post(reverse("assessment:round_reply", args=[replying.pk]), {"until": "十月"})
    assert "不是日期" in bad.content.decode()
    empty = client.post(reverse("assessment:round_reply", args=[replying.pk]), {})
    assert empty.status_code == 422


def test_who_does_not_keep_the_scheme_cannot_ask_for_its_steps(
    replying: Round, county: cast.County, client: Client
) -> None:
    cast.sign_in(client, county.supervisor)
    for step in ("run", "mark", "reply", "reopen", "check", "publish", "revoke"):
        address = reverse(f"assessment:round_{step}", args=[replying.pk])
        assert client.post(address, {"reason": "试"}).status_code == 404
    said = client.post(reverse("assessment:round_open"), {"scheme": "town", "period": "2023-08"})
    assert said.status_code == 404


def test_an_unknown_run_or_unit_is_not_there(
    first: Round, county: cast.County, client: Client
) -> None:
    assert status(client, county.assessor, "unit", first.pk, "T99") == 404
    assert status(client, county.assessor, "round", 999) == 404
    shown = page(client, county.assessor, "round", first.pk, query="?run=77")
    assert "第1次测算" in shown
    cast.sign_in(client, county.assessor)
    posted = client.post(reverse("assessment:round_run", args=[first.pk]), {"purpose": "nothing"})
    assert posted.status_code == 422


def test_the_demo_plays_a_published_half_year_only_where_the_scheme_is(
    county: cast.County,
) -> None:
    demo.play(cast.moment().at)
    assert not Round.objects.exists()
